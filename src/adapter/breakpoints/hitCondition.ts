/** Hit conditions: `5` or `== 5` stops at the fifth hit, `>= 5` from it on, `% 5` at every fifth. */
export type HitCondition = (hits: number) => boolean;

/** A sentence where the text is no hit condition. */
export function parseHitCondition(text: string): HitCondition | string {
  const [, operator = '', digits = ''] = /^\s*(>=|>|==|=|<=|<|%)?\s*(\d+)\s*$/.exec(text) ?? [];
  const count = digits === '' ? 0 : Number(digits);
  if (count < 1) return `The hit count "${text}" is none; write a number such as 5, or >= 5, > 5, < 5, % 5.`;
  switch (operator) {
    case '>=': return (hits) => hits >= count;
    case '>': return (hits) => hits > count;
    case '<=': return (hits) => hits <= count;
    case '<': return (hits) => hits < count;
    case '%': return (hits) => hits % count === 0;
    default: return (hits) => hits === count;
  }
}
