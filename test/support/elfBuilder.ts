/** Makes small ELF files for tests, byte by byte after the System V ABI, chapters 4 and 5. */

interface BuiltSegment {
  readonly type?: number;
  readonly flags: number;
  readonly address: number;
  readonly bytes: Uint8Array;
  readonly memorySize?: number;
}

interface BuiltSection {
  readonly name: string;
  readonly type?: number;
  readonly flags?: number;
  readonly address?: number;
  readonly bytes: Uint8Array;
  readonly link?: number;
}

interface BuiltSymbol {
  readonly name: string;
  readonly value: number;
  readonly size?: number;
  /** `STT_FUNC` 2, `STT_OBJECT` 1, `STT_NOTYPE` 0. */
  readonly type?: number;
  readonly global?: boolean;
  /** Section number; section 1 is the first of `sections`. */
  readonly section?: number;
}

export interface ElfPlan {
  readonly machine: 'ppc' | 'spu';
  readonly entry: number;
  readonly segments: readonly BuiltSegment[];
  readonly sections?: readonly BuiltSection[];
  readonly symbols?: readonly BuiltSymbol[];
}

export const R = 4;
export const RW = 6;
export const RX = 5;
export const PT_NOTE = 4;

/** Big-endian bytes, written from front to back. */
export class Writer {
  private readonly bytes: number[] = [];

  get length(): number {
    return this.bytes.length;
  }

  unsigned(value: number, size: number): this {
    const digits = BigInt(value).toString(16).padStart(size * 2, '0');
    for (let i = 0; i < size; i += 1) this.bytes.push(Number.parseInt(digits.slice(i * 2, i * 2 + 2), 16));
    return this;
  }

  text(value: string): this {
    return this.raw(new TextEncoder().encode(`${value}\0`));
  }

  raw(bytes: Iterable<number>): this {
    for (const byte of bytes) this.bytes.push(byte);
    return this;
  }

  pad(to: number): this {
    while (this.bytes.length < to) this.bytes.push(0);
    return this;
  }

  done(): Uint8Array {
    return Uint8Array.from(this.bytes);
  }
}

export const bytes = (...parts: readonly (readonly [value: number, size: number])[]): Uint8Array =>
  parts.reduce((writer, [value, size]) => writer.unsigned(value, size), new Writer()).done();

/** Segments lie at file offsets that agree with their addresses within a page of 4 KiB. */
export function buildElf(plan: ElfPlan): Uint8Array {
  const is64 = plan.machine === 'ppc';
  const wide = is64 ? 8 : 4;
  const sizes = is64 ? { header: 64, program: 56, section: 64 } : { header: 52, program: 32, section: 40 };
  const body = new Writer().pad(sizes.header + sizes.program * plan.segments.length);
  const segments = plan.segments.map((segment) => {
    const offset = is64 ? body.length + ((((segment.address - body.length) % 4096) + 4096) % 4096) : body.length;
    body.pad(offset).raw(segment.bytes);
    return { ...segment, offset };
  });
  const sections = withTables(plan, is64).map((section) => {
    const holder = segments.find((s) => (section.address ?? 0) > 0 && s.address <= (section.address ?? 0) && (section.address ?? 0) + section.bytes.length <= s.address + s.bytes.length);
    const offset = holder ? holder.offset + (section.address ?? 0) - holder.address : body.length;
    if (!holder) body.raw(section.bytes);
    return { ...section, offset };
  });
  const sectionOffset = sections.length === 0 ? 0 : body.length;
  const names = new Writer();
  for (const section of sections) {
    const name = sections.slice(0, sections.indexOf(section)).reduce((at, { name: before }) => at + before.length + 1, 0);
    body.unsigned(name, 4).unsigned(section.type ?? 1, 4).unsigned(section.flags ?? 0, wide).unsigned(section.address ?? 0, wide);
    body.unsigned(section.offset, wide).unsigned(section.bytes.length, wide).unsigned(section.link ?? 0, 4).unsigned(0, 4);
    body.unsigned(1, wide).unsigned(section.name === '.symtab' ? (is64 ? 24 : 16) : 0, wide);
    names.text(section.name);
  }
  const head = new Writer().raw([0x7f, 0x45, 0x4c, 0x46, is64 ? 2 : 1, 2, 1]).pad(16);
  head.unsigned(2, 2).unsigned(is64 ? 21 : 23, 2).unsigned(1, 4).unsigned(plan.entry, wide).unsigned(sizes.header, wide).unsigned(sectionOffset, wide);
  head.unsigned(is64 ? 1 : 0, 4).unsigned(sizes.header, 2).unsigned(sizes.program, 2).unsigned(segments.length, 2);
  head.unsigned(sizes.section, 2).unsigned(sections.length, 2).unsigned(Math.max(sections.length - 1, 0), 2);
  for (const { type = 1, flags, address, offset, bytes: { length }, memorySize = length } of segments) {
    head.unsigned(type, 4);
    if (is64) head.unsigned(flags, 4);
    head.unsigned(offset, wide).unsigned(address, wide).unsigned(address, wide).unsigned(length, wide).unsigned(memorySize, wide);
    if (!is64) head.unsigned(flags, 4);
    head.unsigned(1, wide);
  }
  const file = body.done();
  file.set(head.done());
  return file;
}

function withTables({ sections = [], symbols = [] }: ElfPlan, is64: boolean): BuiltSection[] {
  if (sections.length === 0 && symbols.length === 0) return [];
  const names = new Writer().unsigned(0, 1);
  const table = new Writer().pad(is64 ? 24 : 16);
  for (const { name, value, size = 0, type = 0, global = false, section = 1 } of symbols) {
    const info = (global ? 16 : 0) + type;
    table.unsigned(names.length, 4);
    if (is64) table.unsigned(info, 1).unsigned(0, 1).unsigned(section, 2).unsigned(value, 8).unsigned(size, 8);
    else table.unsigned(value, 4).unsigned(size, 4).unsigned(info, 1).unsigned(0, 1).unsigned(section, 2);
    names.text(name);
  }
  const all: BuiltSection[] = [
    { name: '', type: 0, bytes: new Uint8Array(0) },
    ...sections,
    { name: '.symtab', type: 2, bytes: table.done(), link: sections.length + 2 },
    { name: '.strtab', type: 3, bytes: names.done() },
  ];
  const sectionNames = all.reduce((writer, { name }) => writer.text(name), new Writer()).text('.shstrtab').done();
  return [...all, { name: '.shstrtab', type: 3, bytes: sectionNames }];
}

/** A program whose entry descriptor leads to `code` at 0x10000400; data follow at 0x10011000. */
export function smallPpcPlan(code: Uint8Array = bytes([0x4400_0002, 4]), more: Partial<ElfPlan> & { readonly data?: Uint8Array } = {}): ElfPlan {
  const { data = new Uint8Array(0), ...rest } = more;
  const descriptor = bytes([0x1000_0400, 8], [0x1001_9000, 8], [0, 8]);
  return {
    machine: 'ppc',
    entry: 0x1001_0800,
    segments: [
      { address: 0x1000_0400, bytes: code, flags: RX },
      { address: 0x1001_0800, bytes: new Writer().raw(descriptor).pad(0x800).raw(data).done(), flags: RW },
    ],
    ...rest,
  };
}
