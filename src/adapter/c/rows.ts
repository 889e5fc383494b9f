/** Values of C in the variables view: members, elements and what pointers lead to unfold. */
import { stripped } from '../../sim/program/dwarf/types.ts';
import { typeText } from '../../sim/program/dwarf/typeText.ts';
import type { Value } from '../evaluate/value.ts';
import { mayBeAddress, type MemorySpace } from '../memory/reference.ts';
import { type Container, namedRows, numberedRows, type Row } from '../variables/container.ts';
import type { NumberFormat } from '../variables/format.ts';
import { type CObject, DEEPEST_UNNAMED, elementOf, integerOf, memberOf, pointedTo } from './object.ts';
import { assign } from './operators.ts';
import { type SymbolOf, valueText } from './text.ts';
import type { Variable } from './variables.ts';
import { watchableOf } from './watchable.ts';

/** What rows need from the frame that they belong to. */
export interface RowContext {
  readonly symbolOf: SymbolOf;
  readonly space: MemorySpace;
  /** What the user wrote, as a value. Throws `ExpressionError`. */
  readonly read: (text: string) => Value;
}

/** An array of more is unfolded in pages anyway; a length that a damaged file made up is not counted out. */
const MOST_ELEMENTS = 1 << 24;

/** The variables of a block, made when they are asked for. */
export function variablesContainer(make: () => readonly Variable[], context: RowContext): Container {
  return namedObjects(() => make().map(({ name, object }) => ({ name, object, path: name })), context);
}

/** What is inside an object; undefined where nothing is. */
export function insideOf(object: CObject, path: string, context: RowContext): Container | undefined {
  const type = stripped(object.type);
  switch (type.kind) {
    case 'structure': return namedObjects(() => members(object, `${path}.`), context);
    case 'array': {
      const { element, count } = type;
      if (count === undefined || count === 0 || object.storage.kind === 'optimizedOut') return undefined;
      return elements(object, element, Math.min(count, MOST_ELEMENTS), path, context);
    }
    case 'pointer': {
      const target = followable(object);
      if (!target) return undefined;
      const isStructure = stripped(target.type).kind === 'structure';
      return namedObjects(() => (isStructure ? members(target, `${path}->`) : [{ name: `*${path}`, object: target, path: `(*${path})` }]), context);
    }
    default: return undefined;
  }
}

interface Named {
  readonly name: string;
  readonly object: CObject;
  /** An expression that means it. */
  readonly path: string;
}

function namedObjects(make: () => readonly Named[], context: RowContext): Container {
  const set: Container['set'] = (name, text, format) => {
    const found = make().find((named) => named.name === name);
    if (!found) return undefined;
    assign(found.object, context.read(text));
    return rowOf(make().find((named) => named.name === name) ?? found, context, format);
  };
  return namedRows((format) => make().map((named) => rowOf(named, context, format)), set);
}

function elements(object: CObject, element: CObject['type'], count: number, path: string, context: RowContext): Container {
  const named = (index: number): Named => ({ name: `[${String(index)}]`, object: elementOf(object, element, index), path: `${path}[${String(index)}]` });
  return {
    ...numberedRows(count, (index, format) => rowOf(named(index), context, format)),
    set: (name, text, format) => {
      const index = Number(/^\[(\d+)\]$/.exec(name)?.[1] ?? NaN);
      if (!(index < count)) return undefined;
      const { object: target } = named(index);
      assign(target, context.read(text));
      return rowOf(named(index), context, format);
    },
  };
}

function rowOf({ name, object, path }: Named, context: RowContext, format: NumberFormat): Row {
  const { storage } = object;
  const children = insideOf(object, path, context);
  const address = memoryAddress(object);
  const isFixed = storage.kind === 'optimizedOut' || storage.kind === 'broken' || storage.kind === 'pointer' || (storage.kind === 'bytes' && !storage.write);
  return {
    name, value: valueText(object, format, context.symbolOf), type: typeText(object.type), evaluateName: path,
    ...(children ? { children } : {}),
    ...(address === undefined ? {} : { memory: { space: context.space, address } }),
    watchable: { space: context.space, own: watchableOf(object, path) },
    ...(isFixed ? { readOnly: true } : {}),
  };
}

/** The memory of a structure or an array, and what a pointer points to. */
export function memoryAddress(object: CObject): number | undefined {
  const type = stripped(object.type);
  if (type.kind === 'pointer') {
    const value = integerOf(object);
    return value !== undefined && mayBeAddress(value) ? Number(value) : undefined;
  }
  const { storage } = object;
  return storage.kind === 'memory' && !object.bits ? storage.address : undefined;
}

function members(object: CObject, prefix: string, depth = 0): readonly Named[] {
  const type = stripped(object.type);
  if (type.kind !== 'structure' || depth > DEEPEST_UNNAMED) return [];
  return type.members().flatMap((member): readonly Named[] => {
    const inside = memberOf(object, member);
    return member.name === undefined ? members(inside, prefix, depth + 1) : [{ name: member.name, object: inside, path: `${prefix}${member.name}` }];
  });
}

function followable(object: CObject): CObject | undefined {
  const target = pointedTo(object);
  const kind = target && stripped(target.type).kind;
  if (!target || kind === 'void' || kind === 'function') return undefined;
  return target.storage.kind === 'memory' && target.storage.address === 0 ? undefined : target;
}
