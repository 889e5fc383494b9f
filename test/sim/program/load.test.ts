import { describe, expect, it } from 'vitest';
import { loadProgram, loadProgramFiles } from '../../../src/sim/program/load.ts';
import { type ProgramError, ProgramErrors } from '../../../src/sim/program/program.ts';
import { buildElf, smallPpcPlan } from '../../support/elfBuilder.ts';
import { readGuest } from '../../support/guests.ts';

const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);

function errorsOf(load: () => unknown): readonly ProgramError[] {
  try {
    load();
  } catch (error) {
    if (error instanceof ProgramErrors) return error.errors;
    throw error;
  }
  return [];
}

const MAIN = '\t.include "lib/exit.inc"\n\t.text\n\t.globl _start\n_start:\n\tli 3, CODE\n\tsc\n\t.data\n\t.incbin "lib/data.bin"\n';
const FILES: Readonly<Record<string, Uint8Array>> = {
  '/guest/main.s': utf8(MAIN),
  '/guest/lib/exit.inc': utf8('\t.include "code.inc"\n'),
  '/guest/lib/code.inc': utf8('\t.equ CODE, 9\n'),
  '/guest/lib/data.bin': Uint8Array.of(1, 2, 3),
};

describe('loadProgram', () => {
  it('tells ELF from assembler source by its first bytes, whatever the name', () => {
    expect(loadProgram({ name: 'program.s', bytes: readGuest('hello_asm') }).program).toMatchObject({ name: 'program.s', isa: 'ppc', entry: 0x1000_0148 });
    const { program, warnings } = loadProgram({ name: 'program', bytes: utf8('\t.globl _start\n_start:\tsc\n') });
    expect(program.segments[0]?.bytes.subarray(0, 4)).toEqual(Uint8Array.of(0x44, 0, 0, 2));
    expect(program.lines.files).toEqual(['program']);
    expect(warnings).toEqual([]);
  });

  it('passes on what could not be read of an ELF file', () => {
    const bytes = buildElf(smallPpcPlan(undefined, { sections: [{ name: '.zdebug_line', type: 1, bytes: utf8('no header') }] }));
    expect(loadProgram({ name: 'guest', bytes }).warnings).toHaveLength(1);
  });

  it('looks for included files beside the file that asks', () => {
    const asked: string[] = [];
    const { program } = loadProgram({
      name: '/guest/main.s',
      bytes: utf8(MAIN),
      readInclude: (path) => {
        asked.push(path);
        return FILES[path];
      },
    });
    expect(new Set(asked)).toEqual(new Set(['/guest/lib/exit.inc', '/guest/lib/code.inc', '/guest/lib/data.bin']));
    expect(program.segments.some(({ bytes }) => bytes.length === 3 && bytes[2] === 3)).toBe(true);
  });

  it.each([
    ['empty.s', new Uint8Array(0), 'The file is empty; it should be an ELF program or assembler source.'],
    ['core', Uint8Array.of(1, 2, 0, 4), 'The file is neither an ELF program nor text; Refault runs ELF programs and assembler source.'],
    ['prog', utf8('\x7fELF'), 'The file is damaged: it ends inside its ELF header, after 4 bytes; copy or build it again.'],
    ['libc.a', utf8('!<arch>\n'), 'This is a library of object files, not a program; link it into one (powerpc64-linux-gnu-gcc -static).'],
    ['prog.gz', Uint8Array.of(0x1f, 0x8b, 8), 'This file is compressed; unpack it with gunzip.'],
    ['prog.c', utf8('int main(void) { return 0; }\n'), 'This is C source; compile it (powerpc64-linux-gnu-gcc -mcpu=cell -O1 -g -static) and run the program that comes out.'],
  ])('says what %s is instead', (name, bytes, message) => {
    expect(errorsOf(() => loadProgram({ name, bytes }))).toEqual([{ file: name, line: 0, column: 0, message }]);
  });

  it('names the line that is not UTF-8', () => {
    const bytes = new Uint8Array([...utf8('\tnop\n# caf'), 0xe9, ...utf8('\n\tsc\n')]);
    expect(errorsOf(() => loadProgram({ name: 'latin.s', bytes }))).toEqual([{ file: 'latin.s', line: 2, column: 1, message: 'This line is not UTF-8 text; save the file as UTF-8.' }]);
  });

  it('reports every mistake of a source at once', () => {
    const errors = errorsOf(() => loadProgram({ name: 'bad.s', bytes: utf8('\tadd 1\n\tnop\n\tfrobnicate 3\n') }));
    expect(errors.map(({ file, line }) => [file, line])).toEqual([['bad.s', 1], ['bad.s', 3]]);
  });

  it('says which included file is no text', () => {
    const readInclude = (): Uint8Array => Uint8Array.of(0, 1);
    const errors = errorsOf(() => loadProgram({ name: 'a.s', bytes: utf8('\t.include "b.o"\n'), readInclude }));
    expect(errors).toMatchObject([{ file: 'b.o', message: 'The file is neither an ELF program nor text; Refault runs ELF programs and assembler source.' }]);
  });
});

describe('loadProgramFiles', () => {
  const read = (path: string): Promise<Uint8Array> => (FILES[path] ? Promise.resolve(FILES[path]) : Promise.reject(new Error(`no ${path}`)));

  it('reads what is included, and what that includes', async () => {
    const { program } = await loadProgramFiles(['/guest/main.s'], read);
    expect(program).toEqual(loadProgram({ name: '/guest/main.s', bytes: utf8(MAIN), readInclude: (path) => FILES[path] }).program);
  });

  it('rejects as reading the program does', async () => {
    await expect(loadProgramFiles(['/guest/other.s'], read)).rejects.toThrow('no /guest/other.s');
  });

  it('leaves it to the assembler to say that an included file is missing', async () => {
    const lost = (path: string): Promise<Uint8Array> => (path === '/guest/main.s' ? read(path) : Promise.reject(new Error('lost')));
    await expect(loadProgramFiles(['/guest/main.s'], lost)).rejects.toThrow(/main\.s:1:\d+: .*exit\.inc/);
  });
});
