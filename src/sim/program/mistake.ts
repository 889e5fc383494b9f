/** Mistakes that an editor can mend, by their codes, each with what that takes. Words are as they are written, `meant` what they were probably meant to be. */

interface Word {
  readonly written: string;
  readonly meant: string | undefined;
}

interface MistakeData {
  /** No instruction of the PowerPC, in a program that needs some. */
  'no-code': object;
  'unknown-instruction': Word;
  'unknown-directive': Word;
  'unknown-register': Word;
  /** In the SPU program of this name; '' is the PowerPC program. */
  'undefined-symbol': Word & { readonly program: string };
  /** `mnemonic` is the one without the hint. */
  'useless-hint': { readonly written: string; readonly mnemonic: string };
  'other-processor': { readonly written: string };
  /** `end` is what closes it. */
  'not-closed': { readonly end: string };
  'out-of-range': { readonly mnemonic: string; readonly value: number; readonly isAddress: boolean };
}

export type Mistake = { readonly [Code in keyof MistakeData]: { readonly code: Code } & MistakeData[Code] }[keyof MistakeData];
