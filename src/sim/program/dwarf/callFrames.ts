/** Call frame information: how the registers of a caller are found (DWARF 5, 6.4): `.debug_frame`, and `.eh_frame` (LSB Core, 10.6). */
import { OutOfBytes, sound } from '../bigEndian.ts';
import { lastAtMost } from '../search.ts';
import { Cursor } from './cursor.ts';
import { runFrameProgram } from './frameProgram.ts';
import type { DebugSections } from './sections.ts';

export type RegisterRule =
  | { readonly kind: 'undefined' }
  | { readonly kind: 'same' }
  /** Saved at the call frame address plus an offset; or it is that number itself. */
  | { readonly kind: 'offset' | 'valueOffset'; readonly offset: number }
  | { readonly kind: 'register'; readonly register: number }
  /** Saved where an expression says; or it is what the expression gives. */
  | { readonly kind: 'expression' | 'valueExpression'; readonly expression: Uint8Array };

/** What holds at one place of the code. */
export interface FrameRow {
  readonly cfa: { readonly register: number; readonly offset: number } | { readonly expression: Uint8Array };
  readonly rules: ReadonlyMap<number, RegisterRule>;
  /** The column that holds the return address. */
  readonly returnAddress: number;
  /** A signal's trampoline: the frame below was interrupted, it made no call. */
  readonly isSignal: boolean;
}

/** Common information entry. */
export interface FrameTemplate {
  readonly codeAlignment: number;
  readonly dataAlignment: number;
  readonly returnAddress: number;
  readonly isSignal: boolean;
  readonly hasAugmentation: boolean;
  readonly pointerEncoding: number;
  readonly addressSize: number;
  readonly program: Cursor;
}

/** Frame description entry. */
interface FrameDescription {
  readonly start: number;
  readonly end: number;
  readonly template: FrameTemplate;
  readonly program: Cursor;
}

/** Whose pointers count from where. */
interface FrameSection {
  readonly bytes: Uint8Array;
  readonly isEh: boolean;
  readonly address: number;
  readonly addressSize: number;
}

const PE = { absent: 0xff, pcRelative: 0x10, indirect: 0x80, formMask: 0x0f, absptr: 0, uleb: 1, udata2: 2, udata4: 3, udata8: 4, signed: 8, sleb: 9 } as const;
const ADDRESS_SIZE = 8;

export class CallFrames {
  private descriptions: { readonly starts: readonly number[]; readonly all: readonly FrameDescription[] } | undefined;

  constructor(private readonly sections: DebugSections) {}

  /** Undefined where nothing is said about `pc`, or what is said is damaged. */
  rowAt(pc: number): FrameRow | undefined {
    const { starts, all } = this.descriptions ??= readAll(this.sections);
    const description = all[lastAtMost(starts, pc)];
    if (!description || pc >= description.end) return undefined;
    const { template } = description;
    const found = sound(() => runFrameProgram(template, restarted(template.program), restarted(description.program), description.start, pc));
    return found && { ...found, returnAddress: template.returnAddress, isSignal: template.isSignal };
  }
}

function restarted(cursor: Cursor): Cursor {
  return cursor.within(cursor.end);
}

function readAll({ frame, eh_frame: eh }: DebugSections): { starts: number[]; all: FrameDescription[] } {
  const all: FrameDescription[] = [];
  // Of two descriptions of one function the later counts: `.debug_frame`, which is written for debuggers. `.eh_frame` has to be right only where exceptions can come from.
  if (eh) readSection({ bytes: eh.bytes, isEh: true, address: eh.address, addressSize: ADDRESS_SIZE }, all);
  if (frame) readSection({ bytes: frame, isEh: false, address: 0, addressSize: ADDRESS_SIZE }, all);
  const sorted = all.filter(({ start, end }) => end > start).sort((a, b) => a.start - b.start);
  return { starts: sorted.map(({ start }) => start), all: sorted };
}

/** What comes before damage stays. */
function readSection(section: FrameSection, all: FrameDescription[]): void {
  const templates = new Map<number, FrameTemplate | undefined>();
  const cursor = new Cursor(section.bytes, 0, section.bytes.length);
  sound(() => {
    while (!cursor.atEnd) {
      const start = cursor.offset;
      const { length, offsetSize } = cursor.unitLength();
      if (length === 0) {
        if (section.isEh) return;
        continue;
      }
      const entry = cursor.within(cursor.offset + length);
      cursor.advance(length);
      const idAt = entry.offset;
      const id = entry.unsigned(section.isEh ? 4 : offsetSize);
      const isTemplate = section.isEh ? id === 0 : id >= (offsetSize === 4 ? 0xffff_ffff : 2 ** 64);
      if (isTemplate) continue;
      const templateAt = section.isEh ? idAt - id : id;
      if (!templates.has(templateAt)) templates.set(templateAt, templateOf(section, templateAt));
      const template = templates.get(templateAt);
      if (template && start !== templateAt) all.push(readDescription(entry, template, section));
    }
  });
}

function templateOf(section: FrameSection, offset: number): FrameTemplate | undefined {
  return sound(() => {
    const cursor = new Cursor(section.bytes, offset, section.bytes.length);
    const { length, offsetSize } = cursor.unitLength();
    const entry = cursor.within(cursor.offset + length);
    entry.advance(section.isEh ? 4 : offsetSize);
    return readTemplate(entry, section);
  });
}

function readTemplate(cursor: Cursor, section: FrameSection): FrameTemplate {
  const version = cursor.u8();
  const augmentation = cursor.text();
  let { addressSize } = section;
  if (version >= 4) {
    addressSize = cursor.u8();
    cursor.advance(1);
  }
  const codeAlignment = cursor.uleb();
  const dataAlignment = cursor.sleb();
  const returnAddress = version === 1 ? cursor.u8() : cursor.uleb();
  const hasAugmentation = augmentation.startsWith('z');
  let pointerEncoding: number = PE.absptr;
  if (hasAugmentation) {
    const length = cursor.uleb();
    const data = cursor.within(cursor.offset + length);
    cursor.advance(length);
    for (const letter of augmentation.slice(1)) {
      if (letter === 'R') pointerEncoding = data.u8();
      else if (letter === 'L') data.u8();
      else if (letter === 'P') readPointer(data, data.u8(), { ...section, addressSize });
    }
  }
  return {
    codeAlignment, dataAlignment, returnAddress, isSignal: augmentation.includes('S'), hasAugmentation, pointerEncoding, addressSize, program: cursor,
  };
}

function readDescription(cursor: Cursor, template: FrameTemplate, section: FrameSection): FrameDescription {
  const { pointerEncoding, addressSize } = template;
  const encoding = section.isEh ? pointerEncoding : PE.absptr;
  const start = readPointer(cursor, encoding, { ...section, addressSize });
  const length = readPointer(cursor, encoding & PE.formMask, { ...section, addressSize });
  if (template.hasAugmentation) cursor.advance(cursor.uleb());
  return { start, end: start + length, template, program: cursor };
}

function readPointer(cursor: Cursor, encoding: number, { address, addressSize }: FrameSection): number {
  if (encoding === PE.absent) return 0;
  const at = address + cursor.offset;
  const value = readEncoded(cursor, encoding & PE.formMask, addressSize);
  return (encoding & PE.pcRelative) !== 0 && (encoding & PE.indirect) === 0 ? at + value : value;
}

function readEncoded(cursor: Cursor, form: number, addressSize: number): number {
  switch (form) {
    case PE.absptr: return cursor.unsigned(addressSize);
    case PE.uleb: return cursor.uleb();
    case PE.sleb: return cursor.sleb();
    default: {
      const size = { [PE.udata2]: 2, [PE.udata4]: 4, [PE.udata8]: 8 }[form & 7];
      if (size === undefined) throw new OutOfBytes(`pointer encoding ${String(form)} does not exist`);
      const value = cursor.unsigned64(size);
      return Number((form & PE.signed) !== 0 ? BigInt.asIntN(size * 8, value) : value);
    }
  }
}
