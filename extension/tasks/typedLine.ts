/** The line that is being typed in a terminal without a shell: what there is of a line discipline (termios(3), ICANON). */

export interface TypedKeys {
  /** What the terminal shows of it. */
  readonly echo: string;
  /** Lines that are whole, with their ends. */
  readonly lines: readonly string[];
  /** Ctrl+C. */
  readonly interrupted: boolean;
  /** Ctrl+D on an empty line. */
  readonly ended: boolean;
}

const INTERRUPT = '\x03';
const END = '\x04';
const ERASE = '\x7f';
const SEQUENCE = new RegExp(`${String.fromCharCode(27)}(?:\\[[\\d;]*[A-Za-z~]|O[A-Z])`, 'g');

export class TypedLine {
  #line: readonly string[] = [];

  type(keys: string): TypedKeys {
    const lines: string[] = [];
    let echo = '';
    // Arrows and function keys have no meaning here.
    for (const key of keys.replace(SEQUENCE, '').replaceAll('\r\n', '\r')) {
      if (key === INTERRUPT) return { echo: `${echo}^C\r\n`, lines, interrupted: true, ended: false };
      if (key === END) {
        if (this.#line.length === 0) return { echo, lines, interrupted: false, ended: true };
      } else if (key === ERASE) {
        if (this.#line.length > 0) echo += '\b \b';
        this.#line = this.#line.slice(0, -1);
      } else if (key === '\r' || key === '\n') {
        lines.push(`${this.#line.join('')}\n`);
        this.#line = [];
        echo += '\r\n';
      } else if (key >= ' ' || key === '\t') {
        this.#line = [...this.#line, key];
        echo += key;
      }
    }
    return { echo, lines, interrupted: false, ended: false };
  }
}
