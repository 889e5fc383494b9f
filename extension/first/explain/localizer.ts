/** Texts in the user's language: `vscode.l10n` in the extension, and what plays its part in tests. */
export interface Localizer {
  t(message: string, ...args: readonly (string | number)[]): string;
}
