/** Makes elements. Texts are set as texts, never as markup. */
type Attributes = Readonly<Record<string, string | number | boolean | undefined>>;

/** `true` stands for an attribute without a value; `false` and undefined for none. */
export function element<K extends keyof HTMLElementTagNameMap>(tag: K, attributes: Attributes = {}, children: readonly (Node | string)[] = []): HTMLElementTagNameMap[K] {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== undefined && value !== false) made.setAttribute(name, value === true ? '' : String(value));
  }
  made.append(...children);
  return made;
}
