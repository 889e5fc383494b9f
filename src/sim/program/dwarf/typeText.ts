/** Types as a C programmer writes them. */
import type { CType } from './types.ts';

/** `char *`, `int [4]`, `int (*)(int, char)`; with a name, the declaration of something. */
export function typeText(type: CType, declared = ''): string {
  switch (type.kind) {
    case 'void': return joined('void', declared);
    case 'base':
    case 'typedef':
      return joined(type.name, declared);
    case 'structure': return joined(`${type.keyword} ${type.name ?? '{...}'}`, declared);
    case 'enumeration': return joined(`enum ${type.name ?? '{...}'}`, declared);
    case 'qualified': return qualified(type, declared);
    case 'pointer': return typeText(type.to(), inner(type.to(), `${type.isReference ? '&' : '*'}${declared}`));
    case 'array':
      if (type.isVector) return joined(`__attribute__ ((vector_size(${String(type.count ?? 0)}))) ${typeText(type.element)}`, declared);
      return typeText(type.element, `${declared}[${type.count === undefined ? '' : String(type.count)}]`);
    case 'function': {
      const parameters = [...type.parameters.map((parameter) => typeText(parameter())), ...(type.isVariadic ? ['...'] : [])];
      return typeText(type.result(), `${declared}(${parameters.length > 0 ? parameters.join(', ') : type.isPrototyped ? 'void' : ''})`);
    }
  }
}

function qualified(type: Extract<CType, { kind: 'qualified' }>, declared: string): string {
  // The qualifier of a pointer stands behind its star.
  if (type.of.kind === 'pointer') return typeText(type.of.to(), inner(type.of.to(), joined(`* ${type.qualifier}`, declared)));
  return `${type.qualifier} ${typeText(type.of, declared)}`;
}

/** A pointer to an array or a function stands in parentheses. */
function inner(type: CType, declared: string): string {
  return type.kind === 'array' || type.kind === 'function' ? `(${declared})` : declared;
}

function joined(text: string, declared: string): string {
  if (declared === '') return text;
  return `${text} ${declared}`;
}
