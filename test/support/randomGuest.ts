/**
 * Random guests as assembler source: threads, signals and timers, mappings that come and go, accesses to what is mapped
 * and what is not, and SPE contexts with DMA, mailboxes and problem state. They end by themselves or are cut off.
 */
import { Random } from './randomPrograms/random.ts';

export interface RandomGuest {
  readonly name: string;
  readonly source: string;
}

/** Pages that the guest maps, unmaps and touches. */
const REGION_PAGES = 8;
const DATA = ['r20', 'r21', 'r22', 'r23', 'r24'] as const;
const SPU_DATA = ['$20', '$21', '$22', '$23'] as const;

export function randomGuest(seed: number): RandomGuest {
  const random = new Random(seed);
  const threads = random.below(3);
  const contexts = random.below(3);
  const labels = new Labels();
  const runners = Array.from({ length: contexts }, (_, n) => runner(random, n));
  const workers = Array.from({ length: threads }, (_, n) => `worker${String(n)}:\n${body(random, labels, contexts, 5)}${sys('exit', ['0'])}`);
  const clones = [...runners.map((_, n) => clone(`runner${String(n)}`, n)), ...workers.map((_, n) => clone(`worker${String(n)}`, contexts + n))];
  return {
    name: `random-${String(seed)}.s`,
    source: [
      `# refault: spes=${String(random.between(1, 2))}`,
      NUMBERS, '.text', '.globl _start', '_start:',
      sys('rt_sigaction', ['11', 'fault_action', '0', '8']), sys('rt_sigaction', ['7', 'fault_action', '0', '8']),
      sys('rt_sigaction', ['14', random.chance(2) ? 'alarm_action' : 'alarm_restarting', '0', '8']), sys('rt_sigaction', ['10', 'alarm_action', '0', '8']),
      map('region', REGION_PAGES), 'address r14, region', 'address r15, shared',
      ...Array.from({ length: contexts }, (_, n) => context(n)),
      ...(random.chance(2) ? [sys('setitimer', ['0', 'timer', '0'])] : []),
      ...clones,
      body(random, labels, contexts, 8), sys('exit_group', [String(random.below(256))]),
      ...runners.map(({ ppe }) => ppe), ...workers, HANDLERS,
      '.section .rodata', '.balign 8',
      `timer: .quad 0, ${String(random.between(20, 400))}, 0, ${String(random.between(20, 900))}`,
      'pause_time: .quad 0, 40000',
      'fault_action: .quad fault_descriptor, 4, 0, 0', 'alarm_action: .quad alarm_descriptor, 4, 0, 0', 'alarm_restarting: .quad alarm_descriptor, 0x10000004, 0, 0',
      'fault_descriptor: .quad on_fault, 0, 0', 'alarm_descriptor: .quad on_alarm, 0, 0',
      ...Array.from({ length: contexts }, (_, n) => paths(n)),
      '.data', '.balign 8', 'alarms: .quad 0', 'texts: .ascii "random guest\\n"',
      ...runners.map((_, n) => `.balign 4\nnpc${String(n)}: .long 0`),
      '.bss', '.balign 4096', 'shared: .space 8192', 'input: .space 64', 'word: .space 16',
      ...clones.map((_, n) => `.balign 16\ntid${String(n)}: .space 16\n.space 8192\nstack${String(n)}: .space 64`),
      ...runners.map(({ spu }) => spu),
    ].join('\n'),
  };
}

class Labels {
  private count = 0;

  next(): string {
    this.count += 1;
    return `at${String(this.count)}`;
  }
}

const NUMBERS = `
        .equ SYS_exit, 1
        .equ SYS_read, 3
        .equ SYS_write, 4
        .equ SYS_open, 5
        .equ SYS_getpid, 20
        .equ SYS_kill, 37
        .equ SYS_mmap, 90
        .equ SYS_munmap, 91
        .equ SYS_setitimer, 104
        .equ SYS_clone, 120
        .equ SYS_mprotect, 125
        .equ SYS_sched_yield, 158
        .equ SYS_nanosleep, 162
        .equ SYS_rt_sigaction, 173
        .equ SYS_exit_group, 234
        .equ SYS_spu_run, 278
        .equ SYS_spu_create, 279
        .equ region, 0x20000000
        .macro address register, symbol
        lis \\register, \\symbol@ha
        addi \\register, \\register, \\symbol@l
        .endm`;

/** A bad access brings the page, whatever it was; an alarm counts. */
const HANDLERS = `
on_fault:
        ld r3, 16(r4)
        clrrdi r3, r3, 12
        li r0, SYS_mmap
        li r4, 4096
        li r5, 3
        li r6, 0x32
        li r7, -1
        li r8, 0
        sc
        blr
on_alarm:
        address r5, alarms
        ld r6, 0(r5)
        addi r6, r6, 1
        std r6, 0(r5)
        blr
`;

/** Arguments are registers, numbers or symbols. */
function sys(name: string, args: readonly string[]): string {
  const set = args.map((value, i) => {
    const register = `r${String(3 + i)}`;
    if (/^r\d+$/.test(value)) return `mr ${register}, ${value}`;
    return /^-?\d{1,4}$/.test(value) ? `li ${register}, ${value}` : `address ${register}, ${value}`;
  });
  return [...set, `li r0, SYS_${name}`, 'sc', ''].join('\n');
}

function map(at: string, pages: number): string {
  return sys('mmap', [at, String(pages * 4096), '3', '50', '-1', '0']);
}

function clone(entry: string, n: number): string {
  return ['li r0, SYS_clone', 'lis r3, 0x350f00@h', 'ori r3, r3, 0x350f00@l', `address r4, stack${String(n)}`, `address r5, tid${String(n)}`, 'li r6, 0', 'mr r7, r5', 'sc', 'cmpwi r3, 0', `beq ${entry}`].join('\n');
}

function paths(n: number): string {
  const files = ['mem', 'signal1', 'wbox', 'ibox', 'mbox'].map((file) => `path_${file}${String(n)}: .asciz "/spu/c${String(n)}/${file}"`);
  return [`path${String(n)}: .asciz "/spu/c${String(n)}"`, ...files].join('\n');
}

/** A context with its program; registers of context `n`: its directory r28 + n, its register page r16 + 2 n, its local store behind that; its mailboxes lie in r26 + n. */
function context(n: number): string {
  const open = (file: string): string => sys('open', [`path_${file}${String(n)}`, String(2 | 0o4000)]);
  const mapped = (register: number, pages: number): string => [
    'mr r7, r3', 'li r3, 0', `li r4, ${String(pages * 4096)}`, 'li r5, 3', 'li r6, 1', 'li r8, 0', 'li r0, SYS_mmap', 'sc', `mr r${String(register)}, r3`,
  ].join('\n');
  return [
    sys('spu_create', [`path${String(n)}`, '0', String(0o755)]), `mr r${String(28 + n)}, r3`,
    open('mem'), 'mr r25, r3', 'li r0, SYS_write', `address r4, spu${String(n)}`, `address r5, spu${String(n)}_end`, 'subf r5, r4, r5', 'sc', 'mr r3, r25', mapped(17 + 2 * n, 4),
    open('signal1'), mapped(16 + 2 * n, 1),
    open('wbox'), `mr r${String(26 + n)}, r3`,
    open('mbox'), `mr r${String(30 + n)}, r3`,
  ].join('\n');
}

function body(random: Random, labels: Labels, contexts: number, rounds: number): string {
  const lines = [`li r13, ${String(random.between(3, rounds))}`, ...DATA.map((register) => `li ${register}, ${String(random.between(-999, 999))}`)];
  const again = labels.next();
  lines.push(`${again}:`);
  for (let i = 0; i < random.between(6, 16); i += 1) lines.push(statement(random, labels, contexts));
  lines.push('addi r13, r13, -1', 'cmpwi r13, 0', `bne ${again}`, '');
  return lines.join('\n');
}

function statement(random: Random, labels: Labels, contexts: number): string {
  const kinds = [
    () => arithmetic(random), () => loop(random, labels), () => access(random), () => access(random), () => access(random), () => call(random), () => call(random),
  ];
  if (contexts > 0) kinds.push(() => toContext(random, random.below(contexts)), () => toContext(random, random.below(contexts)));
  return random.pick(kinds)();
}

function arithmetic(random: Random): string {
  const [to, a, b] = [random.pick(DATA), random.pick(DATA), random.pick(DATA)];
  return `${random.pick(['add', 'subf', 'xor', 'mulld', 'and', 'nor', 'srd', 'divw'])} ${to}, ${a}, ${b}`;
}

function loop(random: Random, labels: Labels): string {
  const again = labels.next();
  const inside = Array.from({ length: random.between(1, 4) }, () => (random.chance(3) ? access(random) : arithmetic(random)));
  return [`li r12, ${String(random.between(5, 300))}`, 'mtctr r12', `${again}:`, ...inside, `bdnz ${again}`].join('\n');
}

/** Of the region, mapped or not, or of what all threads and contexts share. */
function access(random: Random): string {
  const word = random.pick([`${random.pick(['lwz', 'stw', 'std', 'ld', 'stb', 'lha'])} ${random.pick(DATA)}, `]);
  if (random.chance(3)) return `${word}${String(random.below(500) * 8)}(r15)`;
  return [`addis r11, r14, 0`, `addi r11, r11, ${String(random.below(REGION_PAGES) * 4096 + random.below(6) * 8)}`, `${word}0(r11)`].join('\n');
}

function call(random: Random): string {
  const page = random.below(REGION_PAGES);
  const at = (lines: string): string => `addi r11, r14, ${String(page * 4096)}\n${lines}`;
  return random.pick([
    () => at(sys('munmap', ['r11', '4096'])), () => at(sys('mprotect', ['r11', '4096', String(random.pick([0, 1, 3]))])),
    () => map('region', random.between(1, 3)), () => sys('write', ['1', 'texts', '13']), () => sys('sched_yield', []),
    () => sys('nanosleep', ['pause_time', '0']), () => `${sys('getpid', [])}${sys('kill', ['r3', '10'])}`,
    ...(random.chance(4) ? [() => `${sys('read', ['0', 'input', '8'])}address r11, input\nld r20, 0(r11)`] : []),
  ])();
}

function toContext(random: Random, n: number): string {
  return random.pick([
    () => `stw ${random.pick(DATA)}, 12(r${String(16 + 2 * n)})`,
    () => `${random.pick(['lwz', 'stw'])} ${random.pick(DATA)}, ${String(4096 * random.between(2, 3) + random.below(8) * 16)}(r${String(17 + 2 * n)})`,
    () => `address r4, word\nstw r20, 0(r4)\nmr r3, r${String(26 + n)}\nli r5, 4\nli r0, SYS_write\nsc`,
    () => `address r4, word\nmr r3, r${String(30 + n)}\nli r5, 4\nli r0, SYS_read\nsc`,
  ])();
}

/** A thread that runs its context a few times, and the program of the context. */
function runner(random: Random, n: number): { readonly ppe: string; readonly spu: string } {
  const ppe = [
    `runner${String(n)}:`, `li r20, ${String(random.between(1, 3))}`, `running${String(n)}:`, 'li r0, SYS_spu_run', `mr r3, r${String(28 + n)}`, `address r4, npc${String(n)}`, 'li r5, 0', 'stw r5, 0(r4)', 'sc',
    'addi r20, r20, -1', 'cmpwi r20, 0', `bne running${String(n)}`, sys('exit', ['0']),
  ].join('\n');
  const statements = Array.from({ length: random.between(3, 9) }, (_, i) => spuStatement(random, `in${String(n)}_${String(i)}`));
  const spu = [
    `.section .spu.spu${String(n)}, "ax"`, `il $10, ${String(random.between(2, 30))}`, 'il $9, 0', 'il $8, 0x4000', ...SPU_DATA.map((register) => `il ${register}, ${String(random.below(999))}`), `again${String(n)}:`,
    ...statements, 'ai $10, $10, -1', `brnz $10, again${String(n)}`, 'stop 1',
  ].join('\n');
  return { ppe, spu };
}

function spuStatement(random: Random, label: string): string {
  const [to, a, b] = [random.pick(SPU_DATA), random.pick(SPU_DATA), random.pick(SPU_DATA)];
  const guarded = (channel: string, line: string): string => [`rchcnt $3, ${channel}`, `brz $3, ${label}`, line, `${label}:`].join('\n');
  return random.pick([
    () => `${random.pick(['a', 'sf', 'xor', 'mpy', 'and'])} ${to}, ${a}, ${b}`,
    () => `stqd ${a}, ${String(random.below(8) * 16)}($8)`, () => `lqd ${to}, ${String(random.below(8) * 16)}($8)`,
    () => [`il $4, ${String(random.between(5, 200))}`, `${label}: ai $4, $4, -1`, `a ${to}, ${a}, ${b}`, `brnz $4, ${label}`].join('\n'),
    () => guarded('$SPU_WrOutMbox', `wrch $SPU_WrOutMbox, ${a}`), () => guarded('$SPU_RdInMbox', `rdch ${to}, $SPU_RdInMbox`), () => guarded('$SPU_RdSigNotify1', `rdch ${to}, $SPU_RdSigNotify1`),
    () => `rdch ${to}, $SPU_RdDec`, () => `wrch $SPU_WrDec, ${a}`,
    () => transfer(random), () => transfer(random), () => transfer(random),
  ])();
}

/** Between the local store and shared memory, or the region's pages, which may be mapped or not; waits for its end. */
function transfer(random: Random): string {
  const size = random.pick([16, 128, 1024, 4096]);
  const ea = random.chance(2) ? ['ilhu $4, (shared@ppu)@h', 'iohl $4, (shared@ppu)@l'] : [`ilhu $4, ${String(0x2000)}`, `iohl $4, ${String(random.below(REGION_PAGES) * 4096)}`];
  return [
    'wrch $MFC_LSA, $8', ...ea, `il $5, ${String(size)}`, `il $6, ${random.pick(['0x20', '0x40'])}`, 'il $7, 3',
    'wrch $MFC_EAH, $9', 'wrch $MFC_EAL, $4', 'wrch $MFC_Size, $5', 'wrch $MFC_TagID, $7', 'wrch $MFC_Cmd, $6',
    ...(random.chance(2) ? ['il $7, 8', 'wrch $MFC_WrTagMask, $7', 'il $7, 2', 'wrch $MFC_WrTagUpdate, $7', 'rdch $7, $MFC_RdTagStat'] : []),
  ].join('\n');
}
