/** The `mfc` file: proxy DMA (facts 3.2). */
import { describe, expect, it } from 'vitest';
import { faultsOf, KERNELS, runSpufs } from './programs.ts';

const EINTR = 4;
const EIO = 5;
const EAGAIN = 11;
const EBUSY = 16;
const EINVAL = 22;
const PUT = 0x20;
const GET = 0x40;

interface Command {
  readonly lsa?: string | number;
  readonly ea?: string;
  readonly size?: number;
  readonly tag?: number;
  readonly mfcClass?: number;
  readonly opcode: number;
}

/** struct mfc_dma_command. */
const command = (label: string, { lsa = 0x100, ea = 'source', size = 128, tag = 3, mfcClass = 0, opcode }: Command): string => `
        .data
        .balign 8
${label}: .long 0, ${String(lsa)}
        .quad   ${ea}
        .short  ${String(size)}, ${String(tag)}, ${String(mfcClass)}, ${String(opcode)}
        .text`;

const OPEN = `
        create  a
        mr      r30, r3
        open_file a_mfc, O_RDWR
        mr      r29, r3`;
const MEMORY = `
        .data
        .balign 128
source: .long   0xcafe, 2, 3, 4
        .space  112
        .bss
        .balign 4096
target: .space  4096
        .text`;

describe('opening it', () => {
  it('is for one at a time', () => {
    const run = runSpufs(`${OPEN}
        open_file a_mfc, O_RDWR
        show
        close_file r29
        open_file a_mfc, O_RDWR
        show
        quit    0`);
    expect(run.shown).toEqual([-EBUSY, 4]);
  });

});

describe('a command', () => {
  const refused: readonly (readonly [string, Command])[] = [
    ['a list command', { opcode: 0x44 }],
    ['putr, a result', { opcode: 0x30 }],
    ['another place in the quadword', { opcode: GET, lsa: 0x104 }],
    ['3 bytes', { opcode: GET, size: 3 }],
    ['4 bytes at an odd place', { opcode: GET, size: 4, lsa: 0x102, ea: 'source + 2' }],
    ['whole quadwords at 8', { opcode: GET, size: 16, lsa: 0x108, ea: 'source + 8' }],
    ['more than 16 KiB', { opcode: GET, size: 16400 }],
    ['a tag of the kernel', { opcode: GET, tag: 16 }],
    ['a class', { opcode: GET, mfcClass: 1 }],
  ];
  const accepted: readonly (readonly [string, Command])[] = [
    ['putb', { opcode: PUT + 1 }], ['getf', { opcode: GET + 2 }], ['1 byte', { opcode: GET, size: 1, lsa: 0x10f, ea: 'source + 15' }],
    ['2 bytes', { opcode: GET, size: 2, lsa: 0x10e, ea: 'source + 14' }], ['8 bytes', { opcode: PUT, size: 8, lsa: 0x108, ea: 'source + 8' }],
    ['tag 15', { opcode: GET, tag: 15 }], ['nothing', { opcode: GET, size: 0 }],
  ];
  const tryIt = (made: Command): number | undefined => runSpufs(`${OPEN}
        write_bytes r29, tried, 24
        show
        quit    0
        ${command('tried', made)}${MEMORY}`).shown[0];

  it.each(refused)('with %s is EIO', (_what, made) => { expect(tryIt(made)).toBe(-EIO); });
  it.each(accepted)('with %s is taken', (_what, made) => { expect(tryIt(made)).toBe(24); });

  it('has 24 bytes', () => {
    const run = runSpufs(`${OPEN}
        write_bytes r29, tried, 23
        show
        write_bytes r29, tried, 48
        show
        quit    0
        ${command('tried', { opcode: GET })}${command('again', { opcode: GET })}${MEMORY}`);
    expect(run.shown).toEqual([-EINVAL, -EINVAL]);
  });
});

describe('the DMA', () => {
  it.each(KERNELS)('moves memory there and back; a read waits for the tag, and has the mask of those that are done: %s', (kernel) => {
    const run = runSpufs(`${OPEN}
        address r5, source
        lwz     r5, 0(r5)
        address r5, target
        stw     r5, 0(r5)
        write_bytes r29, to_spe, 24
        show
        read_bytes r29, word, 4
        show_word word
        write_bytes r29, from_spe, 24
        read_bytes r29, word, 4
        show_word word
        show_word target
        open_file a_phys_id, O_RDONLY
        mr      r28, r3
        read_bytes r28, buffer, 100
        show
        quit    0
        ${command('to_spe', { opcode: GET })}${command('from_spe', { opcode: PUT, ea: 'target', tag: 5 })}${MEMORY}`, { kernel });
    // Writing a command has put the context onto the SPE: "0x0\n".
    expect(run.shown).toEqual([24, 1 << 3, 1 << 5, 0xcafe, 4]);
  });

  it('reading wants 4 bytes; with O_NONBLOCK nothing done is EAGAIN', () => {
    const run = runSpufs(`
        create  a
        open_file a_mfc, O_RDWR | O_NONBLOCK
        mr      r29, r3
        read_bytes r29, word, 4
        show
        read_bytes r29, buffer, 8
        show
        quit    0`);
    expect(run.shown).toEqual([-EAGAIN, -EINVAL]);
  });

  it('a read that waits is ended by a signal', () => {
    const run = runSpufs(`
        handle  SIGALRM, alarm_action
        ${OPEN}
        set_alarm in5ms
        read_bytes r29, word, 4
        show
        quit    0`);
    expect(run.shown).toEqual([-EINTR]);
  });

  it('eight commands fill the queue: the ninth is EAGAIN with O_NONBLOCK, and waits without', () => {
    // The page is missing, so none is done until a thread is in spu_run.
    const body = (flags: string): string => `
        create  a
        mr      r30, r3
        load_program a_mem, spin, spin_end
        open_file a_mfc, ${flags}
        mr      r29, r3
        start_thread runner, stack1_top, tid1
        ${Array.from({ length: 9 }, () => 'write_bytes r29, to_spe, 24\nshow').join('\n')}
        quit    0
runner: sleep_for ms5
        run_context r30, npc, status
        end_thread
        ${command('to_spe', { opcode: GET, ea: 'target', lsa: 0x8000 })}${MEMORY}`;
    expect(runSpufs(body('O_RDWR | O_NONBLOCK')).shown).toEqual([...Array<number>(8).fill(24), -EAGAIN]);
    const waiting = runSpufs(body('O_RDWR'));
    expect(waiting.shown).toEqual(Array(9).fill(24));
    expect(waiting.machine.cycle).toBeGreaterThan(399_000);
  });

  it('a page that is missing is brought in by a thread in spu_run, not before there is one', () => {
    const run = runSpufs(`${OPEN}
        load_program a_mem, spin, spin_end
        write_bytes r29, from_spe, 24
        show
        sleep_for ms5
        run_context r30, npc, status
        read_bytes r29, word, 4
        show_word word
        show_word target
        quit    0
        ${command('from_spe', { opcode: PUT, ea: 'target', lsa: 0, size: 16 })}${MEMORY}`);
    // The first word of the program: ilhu $3, 12.
    expect(run.shown).toEqual([24, 1 << 3, 0x4100_0603]);
    const [fault] = faultsOf(run.machine).filter(({ origin }) => origin === 'mfc');
    expect(fault).toMatchObject({ access: 'write', context: 'a', spe: 0, command: 'put', outcome: 'MINOR' });
    // Served when spu_run began, 5 ms after the command: 399,000 cycles.
    expect(fault?.cycle).toBeGreaterThan(399_000);
  });

  it('poll: OUT while there is a free place, IN when a tag is done', () => {
    const poll = `
        address r3, pollfd
        stw     r29, 0(r3)
        li      r4, 1
        li      r5, 0
        system  167
        show_word pollfd + 4`;
    const run = runSpufs(`
        address r5, source
        lwz     r5, 0(r5)
        ${OPEN}
        ${poll}
        write_bytes r29, to_spe, 24
        sleep_for ms1
        ${poll}
        read_bytes r29, word, 4
        ${poll}
        quit    0
        .data
        .balign 8
pollfd: .long   0
        .short  5, 0
        .text
        ${command('to_spe', { opcode: GET })}${MEMORY}`);
    expect(run.shown).toEqual([0x5_0004, 0x5_0005, 0x5_0004]);
  });
});
