/** Which SPU program is in a context's local store: found by comparing its instructions with the store. */
import { localStoreFrame } from '../../sim/mmu/physical.ts';
import type { SpuContext } from '../../sim/kernel/spufs/state.ts';
import type { Machine } from '../../sim/machine.ts';
import type { SpuImage } from '../../sim/program/program.ts';
import type { CodeUnit } from './codeUnit.ts';

const WORD = 4;
/** Instructions that are compared, spread over the program. */
const SAMPLES = 256;
/** A program that changes a few of its own instructions is still itself. */
const LEAST_SHARE = 0.9;
/** Instructions that are looked at again each time, to notice that another program was loaded. */
const CHECKS = 4;

interface Sample {
  readonly address: number;
  readonly word: number;
}
interface Candidate {
  readonly unit: CodeUnit;
  readonly samples: readonly Sample[];
}

export class LoadedImages {
  private readonly candidates: readonly Candidate[];
  private readonly known = new Map<number, Candidate>();
  private readonly latest = new Map<string, CodeUnit>();

  constructor(private readonly machine: Machine, images: readonly CodeUnit[]) {
    this.candidates = images.flatMap((unit) => {
      const samples = unit.image ? samplesOf(unit.image) : [];
      return samples.length > 0 ? [{ unit, samples }] : [];
    });
  }

  /** The program in a context's local store, as far as it is one of this program's. */
  imageOf(context: SpuContext): CodeUnit | undefined {
    if (this.candidates.length === 0) return undefined;
    const known = this.known.get(context.id);
    if (known && this.share(context, known.samples, CHECKS) >= LEAST_SHARE) return known.unit;
    const found = this.best(context);
    if (found) {
      this.known.set(context.id, found);
      this.latest.set(context.name, found.unit);
    } else this.known.delete(context.id);
    return found?.unit;
  }

  /** The program that was in a context of this name when it was looked at last. */
  latestOf(name: string): CodeUnit | undefined {
    return this.latest.get(name);
  }

  private best(context: SpuContext): Candidate | undefined {
    let best: Candidate | undefined;
    let bestShare = 0;
    for (const candidate of this.candidates) {
      const share = this.share(context, candidate.samples, candidate.samples.length);
      if (share >= LEAST_SHARE && share > bestShare) [best, bestShare] = [candidate, share];
    }
    return best;
  }

  /** Share of the first samples that the store has. Reads memory in place: an SPU with breakpoints asks at every turn. */
  private share({ spe, imageFrame }: SpuContext, samples: readonly Sample[], count: number): number {
    const { mmu, memory } = this.machine.kernel;
    const store = mmu.hostOffset(spe === undefined ? imageFrame : localStoreFrame(spe));
    if (store === undefined) return 0;
    const asked = Math.min(count, samples.length);
    let same = 0;
    for (let i = 0; i < asked; i += 1) {
      const sample = samples[i];
      if (wordAt(memory, store + (sample?.address ?? 0)) === sample?.word) same += 1;
    }
    return same / asked;
  }
}

function wordAt(memory: Uint8Array, at: number): number {
  return (((memory[at] ?? 0) << 24) | ((memory[at + 1] ?? 0) << 16) | ((memory[at + 2] ?? 0) << 8) | (memory[at + 3] ?? 0)) >>> 0;
}

/** Instructions of an image at even distances, those at its entry first. */
function samplesOf(image: SpuImage): Sample[] {
  const samples: Sample[] = [];
  for (const { address, bytes, executable } of image.segments) {
    if (!executable) continue;
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
    const words = Math.floor(bytes.length / WORD);
    const stride = Math.max(Math.floor(words / SAMPLES), 1);
    for (let i = 0; i < words; i += stride) {
      const word = view.getUint32(i * WORD);
      if (word !== 0) samples.push({ address: address + i * WORD, word });
    }
  }
  return samples.sort((a, b) => Number(b.address >= image.entry) - Number(a.address >= image.entry) || a.address - b.address);
}
