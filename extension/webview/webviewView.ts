/** A webview in a view of the workbench: it comes and goes as the user shows and hides it, what it shows stays with the extension. */
import * as vscode from 'vscode';
import { type Page, loadPage } from './page.ts';

/** What a page sends as soon as it can be told anything; again whenever it was hidden and comes back. */
interface Ready {
  readonly kind: 'ready';
}

/** @typeParam ToPage, FromPage messages of the page, from `messages/`; `FromPage` beside `ready`. */
export abstract class WebviewView<ToPage, FromPage extends { readonly kind: string }> implements vscode.WebviewViewProvider, vscode.Disposable {
  readonly #registration: vscode.Disposable;
  readonly #extension: vscode.Uri;
  #view: vscode.WebviewView | undefined;

  constructor(id: string, extension: vscode.Uri) {
    this.#extension = extension;
    this.#registration = vscode.window.registerWebviewViewProvider(id, this);
  }

  protected abstract readonly page: Page;
  /** The page is new and knows nothing. */
  protected abstract pageReady(): void;
  protected abstract received(message: FromPage): void;
  /** The page is in sight again, or no longer. */
  protected abstract visibilityChanged(isVisible: boolean): void;

  /** Whether anybody sees it: what nobody sees is not computed. */
  protected get isVisible(): boolean {
    return this.#view?.visible ?? false;
  }

  resolveWebviewView(view: vscode.WebviewView): void {
    this.#view = view;
    view.webview.onDidReceiveMessage((message: FromPage | Ready) => {
      if (isReady(message)) this.pageReady();
      else this.received(message);
    });
    view.onDidChangeVisibility(() => this.visibilityChanged(view.visible));
    view.onDidDispose(() => { if (this.#view === view) this.#view = undefined; });
    loadPage(view.webview, this.#extension, this.page);
  }

  dispose(): void {
    this.#registration.dispose();
  }

  /** Tells the page something, where there is one. */
  protected post(message: ToPage): void {
    void this.#view?.webview.postMessage(message);
  }

  /** The line beside the title. */
  protected describe(text: string): void {
    if (this.#view) this.#view.description = text;
  }
}

function isReady(message: { readonly kind: string }): message is Ready {
  return message.kind === 'ready';
}
