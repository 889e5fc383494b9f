/** What names of C mean in a frame: variables, enumerators, functions. */
import { bytesOfNumber } from '../../sim/program/bigEndian.ts';
import type { CType } from '../../sim/program/dwarf/types.ts';
import type { TypeName } from '../evaluate/expression.ts';
import type { CodeFrame } from './context.ts';
import type { CObject } from './object.ts';
import { memberNamed } from './operators.ts';
import { typeNamed } from './typeNames.ts';
import { globalsOf, localNamed, localsOf, objectOf } from './variables.ts';

/** `point`, and `point.x` with the dots that names of registers and fields may have too. */
export function objectNamed(frame: CodeFrame, activation: number, name: string): CObject | undefined {
  const [first = '', ...members] = name.split('.');
  const object = first === '' ? undefined : variableNamed(frame, activation, first);
  return object && members.reduce(memberNamed, object);
}

export function typeInFrame(frame: CodeFrame, activation: number, name: TypeName): CType | undefined {
  return typeNamed(name, frame.debug, frame.activations[activation]?.entry.unit);
}

/** Names of the variables that a function sees, and of the others of its file. */
export function namesIn(frame: CodeFrame, activation: number): readonly string[] {
  const current = frame.activations[activation];
  return current ? [...localsOf(frame, current), ...globalsOf(frame, current.entry.unit)].map(({ name }) => name) : [];
}

function variableNamed(frame: CodeFrame, activation: number, name: string): CObject | undefined {
  const { debug } = frame;
  const current = frame.activations[activation];
  const local = current && localNamed(frame, current, name);
  if (local) return local;
  const unit = current?.entry.unit;
  const global = debug.globals.variable(name, unit);
  if (global) return objectOf(frame, global);
  const enumeration = debug.globals.enumerator(name, unit);
  const type = enumeration && debug.types.ofEntry(enumeration);
  if (type?.kind !== 'enumeration') return undefined;
  const value = type.values.find((enumerator) => enumerator.name === name)?.value ?? 0n;
  return { type, storage: { kind: 'bytes', bytes: bytesOfNumber(value, type.bytes) }, memory: frame.memory };
}
