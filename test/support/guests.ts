import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';

const FOLDER = new URL('../guests/', import.meta.url);

/** Static ppc64 programs made with the GNU tools; `README.md` beside them says how. */
export const GUESTS = ['hello_asm', 'hello_printf', 'sieve', 'sieve_O0', 'sieve_dw2', 'sieve_dw4', 'qsortmalloc', 'protnone'] as const;
/** One small program in every DWARF version; `lines_gz` with compressed debug sections. */
export const LINE_GUESTS = ['lines_dw2', 'lines_dw4', 'lines_dw5', 'lines_dw5_64', 'lines_gz'] as const;
/** Programs that try out the system calls of threads, signals and files; without debug information. */
export const SYSTEM_GUESTS = ['threads', 'signals', 'files'] as const;
export type GuestName = (typeof GUESTS)[number] | (typeof LINE_GUESTS)[number] | 'records' | 'steps' | 'values' | (typeof SYSTEM_GUESTS)[number];

/** The bytes of a guest's ELF file. */
export function readGuest(name: GuestName): Uint8Array {
  return new Uint8Array(gunzipSync(readFileSync(new URL(`${name}.gz`, FOLDER))));
}

/** What a guest prints on standard output. */
export function expectedOutput(name: (typeof GUESTS)[number] | (typeof SYSTEM_GUESTS)[number]): string {
  return readFileSync(new URL(`${name.replace(/_(O0|dw\d)$/, '')}.expected`, FOLDER), 'utf8');
}
