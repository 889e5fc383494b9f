/** Texts of a page by their names, in the user's language. */
export type Texts = Readonly<Record<string, string>>;

/** Gives a text with `{0}`, `{1}` replaced. */
export type Say = (name: string, ...values: readonly (string | number)[]) => string;

export function sayFrom(texts: Texts): Say {
  return (name, ...values) => (texts[name] ?? name).replace(/\{(\d+)\}/g, (_, index: string) => String(values[Number(index)] ?? ''));
}
