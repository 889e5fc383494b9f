/** Each snippet, as VS Code inserts it, assembles and does what its description says: programs by themselves, the others in a program that needs them. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { Stop } from '../../src/sim/run/stop.ts';
import { machineFor } from '../support/machine.ts';

interface Snippet {
  readonly prefix: readonly string[];
  readonly description: string;
  readonly body: readonly string[];
}

const { contributes } = JSON.parse(readFileSync('package.json', 'utf8')) as { contributes: { snippets: readonly { path: string }[] } };
const SNIPPETS = new Map(contributes.snippets.flatMap(({ path }) => Object.entries(JSON.parse(readFileSync(path, 'utf8')) as Record<string, Snippet>)));

/** What is inserted where nobody types over a placeholder: the snippet syntax of VS Code as far as it has `$1` and `${1:text}`. */
function inserted(title: string): string {
  const texts = new Map<string, string>();
  const plain = (text: string): string => text.replace(/\\([\\$}])/g, '$1');
  return SNIPPETS.get(title)?.body.join('\n').replace(/\\([\\$}])|\$\{(\d+):((?:\\.|[^}])*)\}|\$(\d+)/g, (_, escaped: string | undefined, stop: string | undefined, text: string | undefined, again: string | undefined) => {
    if (escaped !== undefined) return escaped;
    if (stop !== undefined) texts.set(stop, plain(text ?? ''));
    return texts.get(stop ?? again ?? '') ?? '';
  }) ?? `No snippet has the title ${title}.`;
}

const exit = (code: number): Stop => ({ kind: 'exit', exit: { kind: 'exit', code } });

function ended(source: string, name = 'snippet.s'): { readonly stop: Stop; readonly stdout: string } {
  const { machine, out } = machineFor({ name, source });
  return { stop: machine.run(50_000_000), stdout: out.stdout };
}

/** A program that exits with what its code leaves in r3. */
const ppe = (code: string, rest = ''): string => `        .text\n        .globl _start\n_start:\n${code}\n        li r0, 234\n        sc\n${rest}\n`;

/**
 * Makes the context "program", gives its mailbox a 5, and runs it: SPU code that leaves a number in $3. The number lies in its interrupting mailbox
 * when the PowerPC code follows, with the SPE stopped.
 */
const spe = (spu: string, ppc: string, rest = ''): string => ppe(`
        li r0, 279; lis r3, context@ha; addi r3, r3, context@l; li r4, 0; li r5, 0755; sc
        mr r30, r3
${inserted('PPE: write to the mailbox of an SPE').replace('.long   1', '.long   5').replaceAll('wbox_', 'first_')}
        li r0, 5; lis r3, memory@ha; addi r3, r3, memory@l; li r4, 2; sc
        lis r4, program@ha; addi r4, r4, program@l; li r5, program_end - program; li r0, 4; sc
        mr r3, r30; lis r4, npc@ha; addi r4, r4, npc@l; li r5, 0; li r0, 278; sc
${ppc}`, `
context: .asciz "/spu/program"
memory: .asciz "/spu/program/mem"
        .data
npc:    .long 0
${rest}
        .section .spu.program, "ax"
        ila $sp, 0x3fff0
${spu}
        wrch $SPU_WrOutIntrMbox, $3
        stop 0`);

const BUFFER = inserted('Data: buffer').replace('.bss', '.data').replace('.space  4096', '.long 42\n.space  4092');
/** Ends with the number that the SPU code leaves. */
const spu = (code: string): string => spe(code, `${inserted('PPE: read the mailbox of an SPE')}\n mr r3, r31`, `${BUFFER}\n${inserted('SPU: data')}`);
/** Ends with the first word of the buffer in main storage, behind SPU code. */
const spuToBuffer = (code: string): string => spe(`${code}\n il $3, 0`, 'lis r4, buffer@ha; lwz r3, buffer@l(r4)', `${BUFFER}\n${inserted('SPU: data')}`);

/** A program for each title that is no whole program, and the number that it exits with. */
const USES: Readonly<Record<string, readonly [use: (snippet: string) => string, code: number]>> = {
  'PPE: system call': [(text) => ppe(`${text}\n subf r3, r3, r31`), 0],
  'PPE: signal handler with sigaction': [(text) => ppe(`${text}\n li r0, 20; sc; li r0, 37; li r4, 14; sc`), 0],
  'PPE: map the problem state of an SPE and touch it': [(text) => spe('il $3, 0', `${text}\n lwz r3, 0xc(r28)`), 1],
  'PPE: write to the mailbox of an SPE': [(text) => spe('il $3, 0', text), 4],
  'PPE: read the mailbox of an SPE': [(text) => spe('il $3, 7', `${text}\n mr r3, r31`), 7],
  'PPE: atomic increment': [(text) => ppe(`lis r3, word@ha; addi r3, r3, word@l\n${text}\n lwz r3, 0(r3)`, '.data\nword: .long 6'), 7],
  'PPE: loop that counts': [(text) => ppe(`li r3, 0\n${text.replace('nop', 'addi r3, r3, 1')}`), 10],
  'PPE: function': [(text) => ppe('li r31, 3; li r3, 6; bl function; add r3, r3, r31', text.replace('nop', 'li r31, 9')), 9],
  'PPE: thread with clone': [(text) => ppe(`${text.replace('thread:\nnop', 'thread:\nlis r4, word@ha; li r5, 8; stw r5, word@l(r4)')}\n lis r4, word@ha; lwz r3, word@l(r4)`, '.data\nword: .long 0'), 8],
  'PPE: load an address': [(text) => ppe(`${text}\n lwz r3, 0(r3)`, '.data\nsymbol: .long 6'), 6],
  'Macro': [(text) => `${text}\n${ppe('address r3, word; lwz r3, 0(r3)', '.data\nword: .long 6')}`, 6],
  'Data: text that is only read': [(text) => ppe('li r3, text_size', text), 6],
  'Data: words and doublewords': [(text) => ppe('lis r4, table@ha; lwz r3, table+8@l(r4)', text), 3],
  'Data: buffer': [(text) => ppe('lis r3, buffer@ha; addi r3, r3, buffer@l; lwz r4, 4092(r3); andi. r3, r3, 127; add r3, r3, r4', text), 0],
  'Data: function descriptor': [(text) => ppe('lis r4, function_descriptor@ha; addi r4, r4, function_descriptor@l; ld r4, 0(r4); mtctr r4; li r3, 6; bctrl', `${inserted('PPE: function')}\n${text}`), 6],
  'SPU: program in a section': [(text) => `${spe('il $3, 0', 'srwi r3, r3, 16', '').replace(/ {8}\.section \.spu[^]*/, '')}${text.replace('stop    0', 'stop    6')}`, 6],
  'SPU: data': [() => spu('lqr $3, constants; rotqbyi $3, $3, 8'), 3],
  'SPU: DMA get': [(text) => spu(`${text}\n lqr $3, local_buffer`), 42],
  'SPU: DMA put': [(text) => spuToBuffer(`il $9, 7; stqr $9, local_buffer\n${text}`), 7],
  'SPU: read the mailbox': [spu, 5],
  'SPU: write to the mailbox': [(text) => spu(`${text}\n rchcnt $3, $SPU_WrOutMbox; ai $3, $3, 9`), 9],
  'SPU: atomic increment': [spuToBuffer, 43],
  'SPU: loop that counts': [(text) => spu(`il $4, 0\n${text.replace('nop', 'ai $4, $4, 1')}\n ori $3, $4, 0`), 10],
  'SPU: function': [(text) => spu(`il $80, 3; il $3, 6; brsl $lr, function; a $3, $3, $80; br over\n${text.replace('nop', 'il $80, 9')}\nover:`), 9],
};

describe('snippets', () => {
  it('of whole programs run to their end', () => {
    expect(ended(inserted('PPE: program')).stop).toEqual(exit(0));
    expect(ended(inserted('PPE: program that prints text'))).toEqual({ stop: exit(0), stdout: 'Hello\n' });
    expect(ended(inserted('PPE and SPE: program that runs an SPE program')).stop).toEqual(exit(0));
    expect(ended(inserted('PPE and SPE: program that runs an SPE program').replace('stop    0', 'stop    6')).stop).toEqual(exit(6));
    expect(ended(inserted('SPU: program in a file of its own'), 'alone.spu.s').stop).toEqual(exit(0));
  });

  it.each(Object.entries(USES))('%s does its work in a program', (title, [use, code]) => {
    expect(ended(use(inserted(title))).stop).toEqual(exit(code));
  });

  it('are all tried here', () => {
    const whole = ['PPE: program', 'PPE: program that prints text', 'PPE and SPE: program that runs an SPE program', 'SPU: program in a file of its own'];
    expect([...whole, ...Object.keys(USES)].sort()).toEqual([...SNIPPETS.keys()].sort());
  });
});
