/**
 * The debugger's own reads and writes. They go by what is mapped, never fault, and change no
 * counter; registers of SPEs are not memory to it, since reading them may change them.
 */
import { LOCAL_STORE_BYTES } from '../../sim/engine/layout.ts';
import { TASK_SIZE } from '../../sim/kernel/mm/state.ts';
import type { SpuContext } from '../../sim/kernel/spufs/state.ts';
import type { Machine } from '../../sim/machine.ts';
import type { MemorySpace } from './reference.ts';

export interface Memory {
  /** First address behind its end. */
  readonly end: number;
  /** As many bytes as can be read from an address on. */
  read(address: number, count: number): Uint8Array;
  /** How many bytes could be written. */
  write(address: number, bytes: Uint8Array): number;
}

const FRAME_BYTES = 4096;
const PHYSICAL_END = 0x400_0000_0000;

/** Undefined where the task or the context is gone. */
export function memoryOf(machine: Machine, space: MemorySpace): Memory | undefined {
  switch (space.kind) {
    case 'ea': {
      const task = machine.state.tasks.get(space.tid);
      return task && {
        end: TASK_SIZE,
        read: (address, count) => machine.peek(task, address, count),
        write: (address, bytes) => machine.poke(task, address, bytes),
      };
    }
    case 'ls': {
      const context = machine.state.spufs.contexts.get(space.context);
      return context && localStore(machine, context);
    }
    case 'pa': return physicalMemory(machine);
  }
}

export function localStore(machine: Machine, context: SpuContext): Memory {
  return {
    end: LOCAL_STORE_BYTES,
    read: (address, count) => (address < 0 ? new Uint8Array(0) : machine.readLocalStore(context, address, count)),
    write: (address, bytes) => (address < 0 ? 0 : machine.writeLocalStore(context, address, bytes)),
  };
}

function physicalMemory({ kernel }: Machine): Memory {
  const piecewise = (address: number, count: number, visit: (host: number, done: number, piece: number) => void): number => {
    let done = 0;
    while (done < count) {
      const at = address + done;
      const host = at < 0 ? undefined : kernel.mmu.hostOffset(Math.floor(at / FRAME_BYTES));
      if (host === undefined) break;
      const within = at % FRAME_BYTES;
      const piece = Math.min(count - done, FRAME_BYTES - within);
      visit(host + within, done, piece);
      done += piece;
    }
    return done;
  };
  return {
    end: PHYSICAL_END,
    read: (address, count) => {
      const bytes = new Uint8Array(count);
      const done = piecewise(address, count, (host, at, piece) => { bytes.set(kernel.memory.subarray(host, host + piece), at); });
      return bytes.subarray(0, done);
    },
    write: (address, bytes) => piecewise(address, bytes.length, (host, at, piece) => {
      kernel.memory.set(bytes.subarray(at, at + piece), host);
      kernel.mmu.written(address + at, piece);
    }),
  };
}
