/** Assertions that run in every extension host: node:assert does not exist in a web worker. */

export function equal<T>(actual: T, expected: T, what: string): void {
  const [left, right] = [JSON.stringify(actual), JSON.stringify(expected)];
  if (left !== right) throw new Error(`${what}: expected ${right}, got ${left}`);
}

export function ok(condition: boolean, what: string): asserts condition {
  if (!condition) throw new Error(what);
}
