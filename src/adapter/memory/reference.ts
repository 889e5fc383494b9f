/** Memory references: `ea:TASK:0x...`, `ls:CONTEXT:0x...`, `pa:0x...`; an address alone is that of the program. */
export type MemorySpace =
  | { readonly kind: 'ea'; readonly tid: number }
  | { readonly kind: 'ls'; readonly context: string }
  | { readonly kind: 'pa' };

export interface MemoryPlace {
  readonly space: MemorySpace;
  readonly address: number;
}

/** Lower numbers are rarely addresses. */
const LEAST_ADDRESS = 0x1000n;
const USER_END = 1n << 44n;

/** Whether a number of the PPE may be the address of something. */
export function mayBeAddress(value: bigint): boolean {
  return value >= LEAST_ADDRESS && value < USER_END;
}

export function referenceOf({ space, address }: MemoryPlace): string {
  const at = address < 0 ? `-0x${(-address).toString(16)}` : `0x${address.toString(16)}`;
  switch (space.kind) {
    case 'ea': return `ea:${String(space.tid)}:${at}`;
    case 'ls': return `ls:${space.context}:${at}`;
    case 'pa': return `pa:${at}`;
  }
}

/** Undefined for what is no reference. `tid` is the task of an address alone. */
export function parseReference(text: string, tid: number): MemoryPlace | undefined {
  const alone = addressOf(text);
  if (alone !== undefined) return { space: { kind: 'ea', tid }, address: alone };
  const [kind = '', ...rest] = text.split(':');
  const address = addressOf(rest.at(-1) ?? '');
  if (address === undefined) return undefined;
  const name = rest.slice(0, -1).join(':');
  switch (kind) {
    case 'ea': return /^\d+$/.test(name) ? { space: { kind: 'ea', tid: Number(name) }, address } : undefined;
    case 'ls': return name === '' ? undefined : { space: { kind: 'ls', context: name }, address };
    case 'pa': return rest.length === 1 ? { space: { kind: 'pa' }, address } : undefined;
    default: return undefined;
  }
}

/** Whether a reference names no address space: then it means that of the program. */
export function isAddressAlone(text: string): boolean {
  return addressOf(text) !== undefined;
}

function addressOf(text: string): number | undefined {
  if (!/^(0x[\da-f]+|\d+)$/i.test(text)) return undefined;
  const address = Number(text);
  return Number.isSafeInteger(address) ? address : undefined;
}
