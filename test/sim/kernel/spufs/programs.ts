/** Guest programs for tests of spufs: macros around contexts, mappings and threads, and what a run left behind. */
import type { FaultRecord } from '../../../../src/sim/kernel/fault/state.ts';
import { readFault } from '../../../../src/sim/kernel/fault/log.ts';
import type { Machine } from '../../../../src/sim/machine.ts';
import { type AssemblyRun, type RunOptions, runAssembly } from '../assembly.ts';

export const KERNELS = ['2.6.18', '2.6.18-retry'] as const;

/**
 * Paths are given without `/spu/`: `create a` makes `/spu/a` and `open_file a_mem, O_RDWR` opens
 * `/spu/a/mem`. Every result is in r3, errors are negative.
 */
const MACROS = `
        .equ    O_RDONLY, 0
        .equ    O_WRONLY, 1
        .equ    O_RDWR, 2
        .equ    O_NONBLOCK, 04000
        .equ    MAP_SHARED, 1
        .equ    MAP_PRIVATE, 2
        .equ    SIGNAL1, 0xc
        .equ    SIGALRM, 14
        .equ    THREAD_FLAGS, 0x350f00

        .macro  transfer lsa, eah       # in an SPU program: the command in $6 with the address $4 and $5 bytes, to its end; the tag in $2 is 0
        wrch    $MFC_LSA, \\lsa
        wrch    $MFC_EAH, \\eah
        wrch    $MFC_EAL, $4
        wrch    $MFC_Size, $5
        wrch    $MFC_TagID, $2
        wrch    $MFC_Cmd, $6
        il      $8, 1
        wrch    $MFC_WrTagMask, $8
        il      $8, 2
        wrch    $MFC_WrTagUpdate, $8
        rdch    $9, $MFC_RdTagStat
        .endm

        .macro  create path
        address r3, \\path
        li      r4, 0
        li      r5, 0755
        system  279
        .endm

        .macro  open_file path, flags
        address r3, \\path
        li      r4, \\flags
        system  5
        .endm

        .macro  close_file fd
        mr      r3, \\fd
        system  6
        .endm

        .macro  write_bytes fd, label, count
        mr      r3, \\fd
        address r4, \\label
        li      r5, \\count
        system  4
        .endm

        .macro  read_bytes fd, label, count
        mr      r3, \\fd
        address r4, \\label
        li      r5, \\count
        system  3
        .endm

        # the program of a section .spu.PROGRAM to address 0 of a file mem
        .macro  load_program mem, program, end
        open_file \\mem, O_RDWR
        mr      r14, r3
        address r4, \\program
        address r5, \\end
        subf    r5, r4, r5
        system  4
        close_file r14
        .endm

        .macro  map_file fd, length, how=MAP_SHARED, offset=0
        mr      r7, \\fd
        li      r3, 0
        lis     r4, (\\length)@h
        ori     r4, r4, (\\length)@l
        li      r5, 3
        li      r6, \\how
        lis     r8, (\\offset)@h
        ori     r8, r8, (\\offset)@l
        system  90
        .endm

        .macro  run_context fd, npc, status
        mr      r3, \\fd
        address r4, \\npc
        address r5, \\status
        system  278
        .endm

        # a thread that begins at a label and is waited for by its tid word
        .macro  start_thread entry, stack_top, tid
        lis     r3, THREAD_FLAGS@h
        ori     r3, r3, THREAD_FLAGS@l
        address r4, \\stack_top
        address r5, \\tid
        li      r6, 0
        mr      r7, r5
        system  120
        cmpdi   r3, 0
        beq     \\entry
        .endm

        .macro  join_thread tid
2:      address r3, \\tid
        lwz     r5, 0(r3)
        cmpwi   r5, 0
        beq     3f
        li      r4, 0
        li      r6, 0
        system  221
        b       2b
3:
        .endm

        .macro  end_thread
        li      r3, 0
        system  1
        .endm

        .macro  sleep_for time
        address r3, \\time
        li      r4, 0
        system  162
        .endm

        .macro  set_alarm time
        li      r3, 0
        address r4, \\time
        li      r5, 0
        system  104
        .endm

        .macro  handle signal, action
        li      r3, \\signal
        address r4, \\action
        li      r5, 0
        li      r6, 8
        system  173
        .endm

        .macro  show_word label
        address r3, \\label
        lwz     r3, 0(r3)
        show
        .endm

        .macro  keep_word register, label
        address r15, \\label
        stw     \\register, 0(r15)
        .endm
`;

/** What programs use: two contexts, words, times, stacks, a handler of SIGALRM that counts. */
const DATA = `
# Handlers are called with a stack of their own frame; r2 and others belong to nobody here.
on_alarm: address r5, alarms
        lwz     r6, 0(r5)
        addi    r6, r6, 1
        stw     r6, 0(r5)
        blr

# SIGBUS, SIGILL, SIGSEGV: keeps si_signo, si_code and si_addr, and ends the program with 77.
on_fault: lwz   r5, 0(r4)
        keep_word r5, fault_signal
        lwz     r5, 8(r4)
        keep_word r5, fault_code
        ld      r5, 16(r4)
        address r6, fault_address
        std     r5, 0(r6)
        show_word fault_signal
        address r3, fault_code
        lwa     r3, 0(r3)
        show
        address r3, fault_address
        ld      r3, 0(r3)
        show
        quit    77

        .section .rodata
a:      .asciz  "/spu/a"
b:      .asciz  "/spu/b"
${['a', 'b'].map((name) => ['mem', 'regs', 'mbox', 'ibox', 'wbox', 'mbox_stat', 'ibox_stat', 'wbox_stat', 'signal1', 'signal2',
  'signal1_type', 'signal2_type', 'mss', 'mfc', 'cntl', 'npc', 'fpcr', 'decr', 'decr_status', 'spu_tag_mask', 'event_mask', 'srr0']
  .map((file) => `${name}_${file}: .asciz "/spu/${name}/${file}"`).join('\n')).join('\n')}
a_phys_id: .asciz "/spu/a/phys-id"
b_phys_id: .asciz "/spu/b/phys-id"
        .balign 8
ms1:    .quad   0, 1000000
ms5:    .quad   0, 5000000
ms20:   .quad   0, 20000000
in5ms:  .quad   0, 0, 0, 5000
every5ms: .quad 0, 5000, 0, 5000
alarm_action: .quad alarm_descriptor, 0, 0, 0
alarm_restarts: .quad alarm_descriptor, 0x10000000, 0, 0
alarm_descriptor: .quad on_alarm, 0, 0
fault_action: .quad fault_descriptor, 4, 0, 0
fault_descriptor: .quad on_fault, 0, 0
alarm_mask: .quad 1 << (SIGALRM - 1)
        .data
        .balign 8
zero:   .long   0, 0
npc:    .long   0, 0
npc2:   .long   0, 0
status: .long   0x5a5a5a5a, 0
status2: .long  0x5a5a5a5a, 0
word:   .long   0, 0
word2:  .long   0, 0
alarms: .long   0, 0
result: .long   0, 0
result2: .long  0, 0
fault_signal: .long 0, 0
fault_code: .long 0, 0
fault_address: .quad 0
        .bss
        .balign 16
buffer: .space  4096
tid1:   .space  16
tid2:   .space  16
tid3:   .space  16
stack1: .space  16384
stack1_top: .space 64
stack2: .space  16384
stack2_top: .space 64
stack3: .space  16384
stack3_top: .space 64

# SPU programs: one stops at once, one after about 20 ms, one never.
        .section .spu.halt_now, "ax"
        stop    0x11
        .section .spu.spin, "ax"
        ilhu    $3, 12
1:      ai      $3, $3, -1
        brnz    $3, 1b
        stop    0x22
        .section .spu.forever, "ax"
1:      br      1b
        .section .spu.listen, "ax"
        rdch    $3, $SPU_RdInMbox
        stop    0x33
        .text
`;

export function runSpufs(body: string, options: RunOptions = {}): AssemblyRun {
  return runAssembly(MACROS + body + DATA, { ...options, configuration: { spes: 1, ...options.configuration } });
}

export function faultsOf(machine: Machine): FaultRecord[] {
  const { faults } = machine.state;
  return Array.from({ length: faults.count }, (_, id) => readFault(faults, id)).filter((record) => record !== undefined);
}

/** Faults in mappings of spufs files. */
export function spufsFaults({ machine }: AssemblyRun): FaultRecord[] {
  return faultsOf(machine).filter(({ mapping }) => mapping.startsWith('/spu/'));
}

/** Names of the paths of a trail, in order, each once where its steps follow each other. */
export function pathsOf({ trail }: FaultRecord): string[] {
  return trail.map(({ path }) => path).filter((path, i, all) => path !== all[i - 1]);
}
