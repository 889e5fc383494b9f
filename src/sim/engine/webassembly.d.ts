/**
 * The part of the WebAssembly JavaScript API that the engine uses. Node and browsers both
 * have it, but of TypeScript's libraries only DOM declares it, with the whole browser.
 */
declare namespace WebAssembly {
  class Memory {
    /** Sizes in pages of 64 KiB. */
    constructor(size: { readonly initial: number; readonly maximum?: number });
    readonly buffer: ArrayBuffer;
  }
  interface Module {}
  /** Compiles synchronously; throws a `CompileError` for invalid bytes. */
  const Module: new (bytes: Uint8Array<ArrayBuffer>) => Module;
  class Instance {
    constructor(module: Module, imports: Readonly<Record<string, Readonly<Record<string, unknown>>>>);
    readonly exports: Readonly<Record<string, unknown>>;
  }
}
