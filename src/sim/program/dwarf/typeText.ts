/** Types as a C programmer writes them. */
import type { CType } from './types.ts';

/** Types that are made of themselves come from damaged files. */
const DEEPEST = 24;

/** `char *`, `int [4]`, `int (*)(int, char)`. */
export function typeText(type: CType): string {
  return declaration(type, '', 0);
}

function declaration(type: CType, declared: string, depth: number): string {
  if (depth > DEEPEST) return joined('...', declared);
  const further = (of: CType, text = ''): string => declaration(of, text, depth + 1);
  switch (type.kind) {
    case 'void': return joined('void', declared);
    case 'base':
    case 'typedef':
      return joined(type.name, declared);
    case 'structure': return joined(`${type.keyword} ${type.name ?? '{...}'}`, declared);
    case 'enumeration': return joined(`enum ${type.name ?? '{...}'}`, declared);
    case 'qualified': return qualified(type, declared, further);
    case 'pointer': return further(type.to(), inner(type.to(), `${type.isReference ? '&' : '*'}${declared}`));
    case 'array':
      if (type.isVector) return joined(`__attribute__ ((vector_size(${String(type.count ?? 0)}))) ${further(type.element)}`, declared);
      return further(type.element, `${declared}[${type.count === undefined ? '' : String(type.count)}]`);
    case 'function': {
      const parameters = [...type.parameters.map((parameter) => further(parameter())), ...(type.isVariadic ? ['...'] : [])];
      return further(type.result(), `${declared}(${parameters.length > 0 ? parameters.join(', ') : type.isPrototyped ? 'void' : ''})`);
    }
  }
}

function qualified(type: Extract<CType, { kind: 'qualified' }>, declared: string, further: (of: CType, text: string) => string): string {
  // The qualifier of a pointer stands behind its star.
  if (type.of.kind === 'pointer') return further(type.of.to(), inner(type.of.to(), joined(`* ${type.qualifier}`, declared)));
  return `${type.qualifier} ${further(type.of, declared)}`;
}

/** A pointer to an array or a function stands in parentheses. */
function inner(type: CType, declared: string): string {
  return type.kind === 'array' || type.kind === 'function' ? `(${declared})` : declared;
}

function joined(text: string, declared: string): string {
  if (declared === '') return text;
  return `${text} ${declared}`;
}
