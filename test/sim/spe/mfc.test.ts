import { expect, test } from 'vitest';
import { CHANNEL } from '../../../src/sim/spe/assemblerNames.ts';
import { channelCount } from '../../../src/sim/spe/channels.ts';
import { EVENT } from '../../../src/sim/spe/events.ts';
import { MFC_DSISR, purgeMfc, restartDma, suspendMfc } from '../../../src/sim/spe/mfc.ts';
import { BUS_BYTES, COMMAND_LATENCY } from '../../../src/sim/spe/mfcQueue.ts';
import { type Command, EA, enter, machineWithPage, PAGE_NUMBER, tagStatus, take } from '../../support/mfcCommands.ts';
import { program, type SpuLine } from '../../support/spuProgram.ts';
import { SpeMachine } from '../../support/speMachine.ts';

const PUT = 0x20;
const GET = 0x40;
const BARRIER = 1;
const FENCE = 2;
const ANY = 1;
const ALL = 2;

test('get brings memory into the local store, in blocks, each at its cycle', () => {
  const machine = machineWithPage();
  enter(machine, { opcode: GET, ea: EA + 0x3c0, lsa: 0x23c0, size: 192 });
  const firstBlock = COMMAND_LATENCY + 64 / BUS_BYTES;
  machine.passUntil(firstBlock - 1);
  expect(machine.localBytes(0x23c0, 192).every((byte) => byte === 0)).toBe(true);
  machine.passUntil(firstBlock);
  expect([...machine.localBytes(0x23c0, 64)]).toEqual(Array.from({ length: 64 }, (_, i) => (0xc0 + i) % 256));
  expect(machine.localBytes(0x2400, 128).every((byte) => byte === 0)).toBe(true);
  machine.passUntil(firstBlock + 128 / BUS_BYTES);
  expect([...machine.localBytes(0x23c0, 192)]).toEqual(Array.from({ length: 192 }, (_, i) => (0xc0 + i) % 256));
  expect(machine.spe.state.mfc.queues.spu.commands).toEqual([]);
});

test('put takes the local store to memory', () => {
  const machine = machineWithPage();
  machine.localBytes(0x800, 32).fill(0xee);
  enter(machine, { opcode: PUT, ea: EA + 16, lsa: 0x800, size: 32 });
  machine.passUntil(1000);
  expect([...machine.ramBytes(3).subarray(12, 52)]).toEqual([12, 13, 14, 15, ...Array<number>(32).fill(0xee), 48, 49, 50, 51]);
});

test.each([1, 2, 4, 8])('%i bytes move at their natural alignment', (size) => {
  const machine = machineWithPage();
  enter(machine, { opcode: GET, ea: EA + 0x18, lsa: 0x38, size });
  machine.passUntil(1000);
  expect([...machine.localBytes(0x38, 9)]).toEqual([...Array.from({ length: size }, (_, i) => 0x18 + i), ...Array<number>(9 - size).fill(0)]);
  expect(machine.interrupts).toEqual([]);
});

test('a transfer wraps at the end of the local store', () => {
  const machine = machineWithPage();
  enter(machine, { opcode: GET, lsa: 0x3fff0, size: 48 });
  machine.passUntil(1000);
  expect([...machine.localBytes(0x3fff0, 16)]).toEqual(Array.from({ length: 16 }, (_, i) => i));
  expect([...machine.localBytes(0, 32)]).toEqual(Array.from({ length: 32 }, (_, i) => 16 + i));
});

test('a transfer of nothing completes', () => {
  const machine = machineWithPage();
  enter(machine, { opcode: GET, size: 0, ea: 0, tag: 4 });
  expect(tagStatus(machine, 1 << 4, 0)).toBe(0);
  machine.passUntil(1000);
  expect(tagStatus(machine, 1 << 4, 0)).toBe(1 << 4);
});

test.each([
  ['places in the quadword that differ', { opcode: GET, lsa: 0x1004, size: 4 }],
  ['an unnatural alignment', { opcode: GET, lsa: 0x1002, ea: EA + 2, size: 4 }],
  ['a size between', { opcode: PUT, size: 24 }],
  ['a size of 3', { opcode: PUT, size: 3 }],
  ['quadwords off their boundary', { opcode: PUT, lsa: 0x1008, ea: EA + 8, size: 16 }],
  ['more than 16 KiB', { opcode: GET, size: 16400 }],
] as const)('%s is an alignment error', (_, command) => {
  const machine = machineWithPage();
  enter(machine, command);
  machine.passUntil(1000);
  expect(machine.interrupts).toEqual(['class 0: 0x1']);
  expect(machine.spe.state.mfc.queues.spu.commands).toHaveLength(1);
});

test.each([
  ['an unknown opcode', { opcode: 0x01 }],
  ['fence and barrier at once', { opcode: GET | BARRIER | FENCE }],
  ['a start form from the SPU', { opcode: GET | 0x08 }],
  ['a get with result', { opcode: GET | 0x10 }],
  ['a list that starts the SPU', { opcode: GET | 0x0c }],
  ['a put with result that starts the SPU', { opcode: PUT | 0x18 }],
  ['an opcode of more than a byte', { opcode: GET | 0x100 }],
  ['tag 32', { opcode: GET, tag: 32 }],
] as const)('%s is an invalid command', (_, command) => {
  const machine = machineWithPage();
  enter(machine, command);
  expect(machine.interrupts).toEqual(['class 0: 0x2']);
});

test('a bad command holds up its queue, again after a restart, until it is purged', () => {
  const machine = machineWithPage();
  enter(machine, { opcode: 0x01, tag: 1 });
  enter(machine, { opcode: GET, tag: 2 });
  machine.passUntil(1000);
  restartDma(machine.spe, machine.cycle);
  expect(machine.interrupts).toEqual(['class 0: 0x2', 'class 0: 0x2']);
  machine.passUntil(2000);
  expect(tagStatus(machine, 0b110, 0)).toBe(0);
  purgeMfc(machine.spe);
  expect(tagStatus(machine, 0b110, 0)).toBe(0b110);
  enter(machine, { opcode: GET, tag: 2 });
  machine.passUntil(3000);
  expect(machine.localBytes(0x1000, 2)).toEqual(Uint8Array.of(0, 1));
});

test('MFC_RdTagStat waits for any or all of the groups in the mask', () => {
  const machine = machineWithPage();
  enter(machine, { opcode: GET, tag: 3, size: 128 });
  enter(machine, { opcode: GET, tag: 5, size: 256, lsa: 0x2000 });
  expect(tagStatus(machine, 0b101000, 0)).toBe(0);
  expect(tagStatus(machine, 0b101001, 0)).toBe(0b000001);
  expect(tagStatus(machine, 0b101000, ANY)).toBeUndefined();
  machine.passUntil(COMMAND_LATENCY + 128 / BUS_BYTES);
  expect(take(machine, CHANNEL.MFC_RdTagStat)).toBe(0b001000);
  expect(tagStatus(machine, 0b101000, ALL)).toBeUndefined();
  machine.passUntil(COMMAND_LATENCY + 384 / BUS_BYTES);
  expect(take(machine, CHANNEL.MFC_RdTagStat)).toBe(0b101000);
  expect(machine.spe.state.events.pending & EVENT.tagStatus).toBe(EVENT.tagStatus);
});

test('an SPU program gets, changes and puts data, waiting for its tags', () => {
  const machine = machineWithPage();
  const command = (opcode: number): SpuLine[] => [
    ['il', 10, opcode], ['wrch', CHANNEL.MFC_LSA, 3], ['wrch', CHANNEL.MFC_EAH, 4], ['wrch', CHANNEL.MFC_EAL, 5],
    ['wrch', CHANNEL.MFC_Size, 6], ['wrch', CHANNEL.MFC_TagID, 7], ['wrch', CHANNEL.MFC_Cmd, 10],
    ['wrch', CHANNEL.MFC_WrTagMask, 8], ['wrch', CHANNEL.MFC_WrTagUpdate, 9], ['rdch', 11, CHANNEL.MFC_RdTagStat],
  ];
  machine.load(0, program(
    ['ila', 3, 0x1000], ['il', 4, 0], ['ilhu', 5, EA >>> 16], ['iohl', 5, EA & 0xffff], ['il', 6, 16], ['il', 7, 31],
    ['ilhu', 8, 0x8000], ['il', 9, ALL],
    ...command(GET),
    ['lqa', 12, 0x1000], ['ai', 12, 12, 1], ['stqa', 12, 0x1000],
    ...command(PUT),
    ['stop', 0],
  ));
  machine.start(0);
  machine.run();
  expect(machine.registers.get(11)).toBe(0x8000_0000n << 96n);
  expect([...machine.ramBytes(3).subarray(0, 20)]).toEqual([0, 1, 2, 4, 4, 5, 6, 8, 8, 9, 10, 12, 12, 13, 14, 16, 16, 17, 18, 19]);
  expect(machine.cycle).toBeGreaterThan(2 * COMMAND_LATENCY);
});

test('17 commands do not fit: the SPU waits for a place, and the event tells of it', () => {
  const machine = machineWithPage();
  for (let i = 0; i < 16; i++) expect(enter(machine, { opcode: GET, lsa: 0x1000 + 128 * i })).toBe(0);
  expect(channelCount(machine.spe, CHANNEL.MFC_Cmd)).toBe(0);
  machine.load(0, program(['il', 3, GET], ['wrch', CHANNEL.MFC_Cmd, 3], ['stop', 0]));
  machine.start(0);
  machine.run();
  expect(machine.spe.state.run.status).toBe(0x2);
  expect(machine.cycle).toBe(COMMAND_LATENCY + 128 / BUS_BYTES + 2);
  expect(machine.spe.state.events.pending & EVENT.queueSpace).toBe(EVENT.queueSpace);
});

test('commands that come later do not hold up a block on its way', () => {
  const machine = machineWithPage();
  const done = COMMAND_LATENCY + 128 / BUS_BYTES;
  enter(machine, { opcode: GET });
  machine.passUntil(done - 2);
  enter(machine, { opcode: GET, lsa: 0x2000 });
  machine.passUntil(done);
  expect(machine.localBytes(0x1000, 2)).toEqual(Uint8Array.of(0, 1));
});

/** Ids of commands, numbered by entry, in the order in which they complete. */
function completionOrder(commands: readonly Command[]): readonly number[] {
  const machine = machineWithPage();
  commands.forEach((command, i) => { enter(machine, { lsa: 0x1000 + 0x400 * i, ...command }); });
  const waiting = (): number[] => machine.spe.state.mfc.queues.spu.commands.map(({ id }) => id);
  const order: number[] = [];
  for (let before = waiting(); before.length > 0 && machine.cycle < 10_000;) {
    machine.passUntil(machine.cycle + 1);
    const after = waiting();
    order.push(...before.filter((id) => !after.includes(id)));
    before = after;
  }
  return order;
}

const LONG: Command = { opcode: GET, size: 4096, tag: 1 };
const SHORT: Command = { opcode: GET, size: 16, tag: 1 };

test.each<readonly [string, readonly Command[], readonly number[]]>([
  ['a short command overtakes a long one', [LONG, SHORT], [1, 0]],
  ['commands of one length go in order of entry', [LONG, LONG, SHORT], [2, 0, 1]],
  ['a fenced command waits for its group', [LONG, { ...SHORT, opcode: GET | FENCE }], [0, 1]],
  ['a fenced command does not hold up later ones', [LONG, { ...LONG, opcode: GET | FENCE }, SHORT], [2, 0, 1]],
  ['a fenced command does not wait for other groups', [LONG, { ...SHORT, opcode: GET | FENCE, tag: 2 }], [1, 0]],
  ['a barrier command waits for its group', [LONG, { ...SHORT, opcode: GET | BARRIER }], [0, 1]],
  ['a barrier command holds up later ones of its group', [LONG, { ...LONG, opcode: GET | BARRIER }, SHORT, { ...SHORT, tag: 2 }], [3, 0, 1, 2]],
  ['the barrier command orders all groups', [LONG, { opcode: 0xc0, tag: 9 }, { ...SHORT, tag: 2 }], [0, 1, 2]],
  ['sync and eieio order their group', [LONG, { opcode: 0xcc, tag: 1 }, { opcode: 0xc8, tag: 1 }, SHORT, { ...SHORT, tag: 2 }], [4, 0, 1, 2, 3]],
])('%s', (_, commands, order) => {
  expect(completionOrder(commands)).toEqual(order);
});

test('a page that is missing stops the queue with DAR and DSISR, and a restart goes on from that line', () => {
  const machine = machineWithPage();
  enter(machine, { opcode: PUT, ea: EA + 0xf80, size: 256, tag: 1 });
  machine.localBytes(0x1000, 256).fill(0x55);
  enter(machine, { opcode: GET | FENCE, ea: EA, lsa: 0x2000, size: 16, tag: 1 });
  machine.passUntil(5000);
  expect(machine.interrupts).toEqual(['class 1: 0x2']);
  expect(machine.spe.state.mfc).toMatchObject({ faulted: 0, dar: BigInt(EA + 0x1000), dsisr: MFC_DSISR.notFound | MFC_DSISR.put });
  expect(machine.spe.state.mfc.queues.spu.commands.map(({ transferred }) => transferred)).toEqual([128, 0]);
  expect(machine.ramBytes(3)[0xfff]).toBe(0x55);

  machine.pages.set(PAGE_NUMBER + 1, 4);
  restartDma(machine.spe, machine.cycle);
  machine.passUntil(6000);
  expect(machine.ramBytes(4)[127]).toBe(0x55);
  expect(tagStatus(machine, 0b10, 0)).toBe(0b10);
  expect(machine.interrupts).toEqual(['class 1: 0x2']);
});

test('a restart without a remedy faults again', () => {
  const machine = new SpeMachine();
  enter(machine, { opcode: GET });
  machine.passUntil(1000);
  restartDma(machine.spe, 1000);
  machine.passUntil(2000);
  expect(machine.interrupts).toEqual(['class 1: 0x2', 'class 1: 0x2']);
});

test('a page that may not be written is a storage fault with access denied', () => {
  const machine = machineWithPage();
  machine.readOnly.add(PAGE_NUMBER);
  enter(machine, { opcode: PUT });
  machine.passUntil(1000);
  expect(machine.spe.state.mfc.dsisr).toBe(MFC_DSISR.accessDenied | MFC_DSISR.put);
});

test('a missing segment is a segment fault', () => {
  const machine = machineWithPage();
  machine.missingSegments.add(EA >>> 28);
  enter(machine, { opcode: GET });
  machine.passUntil(1000);
  expect(machine.interrupts).toEqual(['class 1: 0x1']);
  expect(machine.spe.state.mfc.dar).toBe(BigInt(EA));
  machine.missingSegments.clear();
  restartDma(machine.spe, 1000);
  machine.passUntil(2000);
  expect(machine.localBytes(0x1000, 2)).toEqual(Uint8Array.of(0, 1));
});

test('addresses beyond 4 GiB carry into the high word', () => {
  const machine = new SpeMachine();
  machine.pages.set(0xfffff, 1);
  machine.pages.set(0x100000, 2);
  machine.ramBytes(2).fill(9);
  enter(machine, { opcode: GET, ea: 0xffff_ff80, size: 256 });
  machine.passUntil(1000);
  expect(machine.localBytes(0x1080, 128).every((byte) => byte === 9)).toBe(true);
});

test('a suspended MFC moves nothing until it is resumed', () => {
  const machine = machineWithPage();
  suspendMfc(machine.spe, true, 0);
  enter(machine, { opcode: GET });
  machine.passUntil(5000);
  expect(machine.localBytes(0x1000, 2)).toEqual(Uint8Array.of(0, 0));
  suspendMfc(machine.spe, false, 5000);
  machine.passUntil(5000 + 128 / BUS_BYTES);
  expect(machine.localBytes(0x1000, 2)).toEqual(Uint8Array.of(0, 1));
});

test('code that DMA brings in replaces code that was decoded before', () => {
  const machine = machineWithPage();
  machine.load(0x1000, program(['stop', 1]));
  machine.start(0x1000);
  machine.run();
  const words = new DataView(machine.memory.buffer, machine.layout.ram + 3 * 4096);
  program(['stop', 2]).forEach((word, i) => { words.setUint32(4 * i, word); });
  enter(machine, { opcode: GET, size: 16 });
  machine.passUntil(1000);
  machine.start(0x1000);
  machine.run();
  expect(machine.spe.state.run.status).toBe(0x2_0002);
});

test('registers of an SPE are written and read as bytes of theirs', () => {
  const machine = new SpeMachine();
  machine.registerPages.set(PAGE_NUMBER, 0);
  machine.localBytes(0x100c, 4).set([1, 2, 3, 4]);
  enter(machine, { opcode: PUT, ea: EA + 0xc, lsa: 0x100c, size: 4 });
  machine.passUntil(1000);
  expect([...machine.registerBytes.subarray(8, 20)]).toEqual([0, 0, 0, 0, 1, 2, 3, 4, 0, 0, 0, 0]);
  enter(machine, { opcode: GET, ea: EA + 0xc, lsa: 0x200c, size: 4 });
  machine.passUntil(2000);
  expect([...machine.localBytes(0x200c, 4)]).toEqual([1, 2, 3, 4]);
  expect(machine.interrupts).toEqual([]);
});
