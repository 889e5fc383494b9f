/** The document of a webview: one script and one style sheet of the extension's own, texts for its labels, and nothing from anywhere else. */
import * as vscode from 'vscode';

/** What a page consists of. `name` is that of its files in dist/webview. */
export interface Page {
  readonly name: string;
  readonly title: string;
  /** Texts of the page by the names its script asks for, in the user's language. */
  readonly texts: Readonly<Record<string, string>>;
}

/** Loads a page into a webview, which then may run the extension's scripts and read dist/webview alone. */
export function loadPage(webview: vscode.Webview, extension: vscode.Uri, { name, title, texts }: Page): void {
  const folder = vscode.Uri.joinPath(extension, 'dist', 'webview');
  const file = (extensionName: string): string => webview.asWebviewUri(vscode.Uri.joinPath(folder, `${name}.${extensionName}`)).toString();
  webview.options = { enableScripts: true, localResourceRoots: [folder] };
  const policy = `default-src 'none'; script-src ${webview.cspSource}; style-src ${webview.cspSource}; font-src 'none'; base-uri 'none'; form-action 'none'`;
  webview.html = `<!DOCTYPE html>
<html lang="${attribute(vscode.env.language)}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${attribute(policy)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${attribute(title)}</title>
<link rel="stylesheet" href="${attribute(file('css'))}">
</head>
<body data-texts="${attribute(JSON.stringify(texts))}">
<script src="${attribute(file('js'))}"></script>
</body>
</html>`;
}

function attribute(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
