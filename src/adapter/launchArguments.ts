/**
 * What a launch configuration may say. The schema and the descriptions in package.json are
 * generated from this file (`npm run manifest`): the comments are what users read.
 */
import type { ChoiceName } from '../sim/kernel/profile/choices.ts';
import type { Profile } from '../sim/kernel/profile/profile.ts';

export interface LaunchArguments {
  /** The program to debug: an assembly file (`.s`), a list of assembly files or a folder of them that make one program, or a statically linked big-endian ppc64 or SPU ELF file. An SPU program (also source in a `.spu.s` file) runs in a context of its own; what it writes to its mailboxes is printed. */
  readonly program: string | readonly string[];
  /** Arguments of the program. Its name, argv[0], comes by itself. */
  readonly args?: readonly string[];
  /** Environment variables of the program, and no others. */
  readonly env?: Readonly<Record<string, string>>;
  /**
   * The kernel whose page-fault path the program meets: the name of a profile, or a profile with single choices changed. `2.6.18` has no NOPAGE_RETRY: an interrupted wait for an SPE ends in SIGBUS.
   * @names profile
   * @default "2.6.18-retry"
   */
  readonly kernel?: string | KernelArguments;
  /** The simulated machine. */
  readonly machine?: MachineArguments;
  /** Devices of your own under `/dev`, whose page faults are answered from a list: the list itself, or the path of a JSON file that holds it. */
  readonly devices?: string | readonly DeviceArguments[];
  /**
   * Stop at the program's first instruction.
   * @default false
   */
  readonly stopOnEntry?: boolean;
  /**
   * What Step Into enters at an instruction that faults or calls the system: `kernel` goes through the kernel's path, a line of its listing at a time; `user` runs the kernel through.
   * @default "user"
   */
  readonly stepInto?: 'user' | 'kernel';
  /**
   * Megabytes for the history of the program, in which stepping back and reverse execution go: with less of them going back takes longer. 0 keeps none.
   * @minimum 0
   * @maximum 4096
   * @default 256
   */
  readonly history?: number;
  /** A folder that the program can read under `/host`. */
  readonly hostFolder?: string;
}

/** The choices have their comments where the kernel model has them. */
export interface KernelArguments extends Partial<Pick<Profile, ChoiceName>> {
  /**
   * The profile whose choices hold where nothing else is said.
   * @names profile
   * @default "2.6.18-retry"
   */
  readonly base?: string;
}

export interface MachineArguments {
  /**
   * Physical SPEs.
   * @minimum 0
   * @maximum 16
   * @default 8
   */
  readonly spes?: number;
  /**
   * Memory: bytes, or a number with K, M or G.
   * @default "256M"
   */
  readonly memory?: string | number;
  /**
   * Size of a page.
   * @default "4K"
   */
  readonly pageSize?: '4K' | '64K';
  /**
   * Hardware threads of the PPE.
   * @minimum 1
   * @maximum 2
   * @default 2
   */
  readonly ppeThreads?: number;
  /**
   * Cycles in a second of simulated time.
   * @minimum 1
   * @default 79800000
   */
  readonly cyclesPerSecond?: number;
  /**
   * User and group number of the program. 0 is root: it may have real-time priorities, lock memory without limit, and map `mss`, `mfc` and `cntl` of an SPE context where the kernel asks for CAP_SYS_RAWIO.
   * @minimum 0
   * @default 1000
   */
  readonly uid?: number;
  /** Memory limits of single mappings by name (`[heap]`, `/tmp/data`), as sizes with K, M or G: a fault beyond one is answered with OOM. */
  readonly mappingLimits?: Readonly<Record<string, string>>;
  /**
   * Size of the swap device: bytes, or a number with K, M or G.
   * @default 0
   */
  readonly swap?: string | number;
  /**
   * Size of the disk that files are on: bytes, or a number with K, M or G. Writing more is refused with ENOSPC.
   * @default "1G"
   */
  readonly disk?: string | number;
  /**
   * Run the program as process 1, which the kernel never kills for lack of memory.
   * @default false
   */
  readonly init?: boolean;
  /** Pages that a disk cannot read or write, first writes that a driver refuses, and pages that a hypervisor does not let into the hashed page table. */
  readonly failures?: readonly FailureArguments[];
}

export interface FailureArguments {
  /** Full path of the file or device in the guest, also of a file of an SPE context; `swap` for the swap device. */
  readonly path: string;
  /** What fails: reading a page, writing it back, or the driver's `page_mkwrite` before a shared page is first written to, or the hypervisor's consent to the hash-table entry of a page (`hpte`). */
  readonly operation: 'read' | 'write' | 'mkwrite' | 'hpte';
  /** Pages by number, from 0 (slots of the swap device from 1): `2`, `2-5`, or `2*1` to fail once only. */
  readonly pages: string;
}

export interface DeviceArguments {
  /** Its name under `/dev`. */
  readonly name: string;
  /**
   * Its size in bytes.
   * @minimum 1
   * @default 65536
   */
  readonly size?: number;
  /** What its `nopage` answers, fault after fault. The last answer holds for all that follow. */
  readonly nopage: readonly DeviceAnswerArguments[];
}

export interface DeviceAnswerArguments {
  /** `page`: a page of memory. `install`: it installs the PTE itself and answers NOPAGE_RETRY. `wait`: it sleeps before it goes on to the next answer. */
  readonly answer: 'page' | 'sigbus' | 'oom' | 'retry' | 'install' | 'wait';
  /**
   * How many faults are answered so.
   * @minimum 1
   * @default 1
   */
  readonly count?: number;
  /**
   * For `wait`: how long, in cycles.
   * @minimum 1
   */
  readonly cycles?: number;
  /**
   * For `wait`: whether a signal ends it.
   * @default true
   */
  readonly interruptible?: boolean;
}
