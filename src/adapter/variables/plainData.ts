/** Plain data of the kernel as rows: the locals of a path, whatever it is. */
import { type Container, namedRows, numberedRows, type Row } from './container.ts';
import { hex, type NumberFormat } from './format.ts';

/** Members that lead far away: the machine's whole state hangs together. They are named, not unfolded. */
const NAMED_ONLY = 3;

export function dataContainer(data: object, depth = 0): Container {
  return namedRows((format) => Object.entries(data)
    .filter(([, value]) => typeof value !== 'function')
    .map(([name, value]) => dataRow(name, value as unknown, format, depth)));
}

function dataRow(name: string, value: unknown, format: NumberFormat, depth: number): Row {
  const base = { name, readOnly: true };
  switch (typeof value) {
    case 'number': return { ...base, value: numberText(value, format), type: 'number' };
    case 'bigint': return { ...base, value: format.hex === false ? String(value) : hex(BigInt.asUintN(64, value)), type: 'u64' };
    case 'string': return { ...base, value: JSON.stringify(value), type: 'text' };
    case 'boolean': return { ...base, value: String(value), type: 'truth' };
    case 'object': return value === null ? { ...base, value: 'none' } : objectRow(base, value, depth);
    default: return { ...base, value: 'none' };
  }
}

function objectRow(base: { readonly name: string; readonly readOnly: boolean }, value: object, depth: number): Row {
  if (ArrayBuffer.isView(value)) return bytesRow(base, new Uint8Array(value.buffer, value.byteOffset, value.byteLength));
  if (value instanceof Map || value instanceof Set) return { ...base, value: `${String(value.size)} entries` };
  if (Array.isArray(value)) {
    const items: readonly unknown[] = value;
    const row = (index: number, format: NumberFormat): Row => dataRow(`[${String(index)}]`, items[index], format, depth + 1);
    return { ...base, value: `${String(items.length)} entries`, ...(items.length > 0 && depth < NAMED_ONLY ? { children: numberedRows(items.length, row) } : {}) };
  }
  return { ...base, value: summary(value), ...(depth < NAMED_ONLY ? { children: dataContainer(value, depth + 1) } : {}) };
}

function bytesRow(base: { readonly name: string; readonly readOnly: boolean }, bytes: Uint8Array): Row {
  const row = (index: number, format: NumberFormat): Row => ({ name: `[${String(index)}]`, value: numberText(bytes[index] ?? 0, format), type: 'u8', readOnly: true });
  return { ...base, value: `${String(bytes.length)} bytes`, ...(bytes.length > 0 ? { children: numberedRows(bytes.length, row) } : {}) };
}

/** An object in few words, by what it has: `/spu/other`, task 3, 0x10000000-0x10001000. */
function summary(value: object): string {
  if ('tid' in value) return `task ${String(value.tid)}`;
  if ('start' in value && 'end' in value && 'name' in value) return `${String(value.name)} ${range(value.start, value.end)}`;
  for (const key of ['path', 'name', 'kind'] as const) if (key in value) return String((value as Readonly<Record<string, unknown>>)[key]);
  return '{...}';
}

function range(start: unknown, end: unknown): string {
  return typeof start === 'number' && typeof end === 'number' ? `${hex(start)}-${hex(end)}` : '';
}

function numberText(value: number, format: NumberFormat): string {
  if (!Number.isInteger(value) || format.hex === false) return String(value);
  return value < 0 ? `-${hex(-value)}` : hex(value);
}
