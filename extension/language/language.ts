/** The language's id in the manifest. */
export const LANGUAGE = 'cell-asm';
