/** What a guest has printed, as text. */

export interface Printed {
  readonly stdout: string;
  readonly stderr: string;
}

/** Gathers output for JSON. Bytes that are no UTF-8 become U+FFFD. */
export class OutputText {
  private readonly texts = { stdout: '', stderr: '' };
  private readonly decoders = { stdout: new TextDecoder(), stderr: new TextDecoder() };

  add(stream: 'stdout' | 'stderr', bytes: Uint8Array): void {
    this.texts[stream] += this.decoders[stream].decode(bytes, { stream: true });
  }

  /** Everything: the program has ended. */
  end(): Printed {
    for (const stream of ['stdout', 'stderr'] as const) this.texts[stream] += this.decoders[stream].decode();
    return { ...this.texts };
  }
}
