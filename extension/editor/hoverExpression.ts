/** An expression for the debugger and the columns [start, end) of the source text that it stands for. */
export interface HoverExpression {
  readonly expression: string;
  readonly start: number;
  readonly end: number;
}

const token =
  /"(?:\\.|[^"\\])*"?|#.*|\/\/.*|\/\*.*?(?:\*\/|$)|(-?(?:0x[\da-f]+|\d+))\(%?r(\d+)\)|%?\br(\d+)\b|\$(\d+)\b|([A-Za-z_.][\w.]*)@(?:ha|h|l)\b/gi;

/** What the text at a column of one `cell-asm` line means to the debugger; nothing in comments and strings. */
export function hoverExpression(line: string, column: number): HoverExpression | undefined {
  for (const match of line.matchAll(token)) {
    const end = match.index + match[0].length;
    if (column < match.index || column >= end) continue;
    const [, offset, base, register, spuRegister, symbol] = match;
    const expression =
      offset !== undefined && base !== undefined ? memory(offset, base)
      : register !== undefined ? `$r${register}`
      : spuRegister !== undefined ? `$${spuRegister}`
      : symbol;
    return expression === undefined ? undefined : { expression, start: match.index, end };
  }
  return undefined;
}

function memory(offset: string, base: string): string {
  // Power ISA Book I, D-form addresses: RA = 0 stands for the value zero, not for r0.
  if (Number(base) === 0) return `[${offset}:8]`;
  return `[$r${base}${offset.startsWith('-') ? '' : '+'}${offset}:8]`;
}
