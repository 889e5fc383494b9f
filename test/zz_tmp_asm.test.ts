import { test } from 'vitest';
import { assembleFiles } from './support/assembly.ts';
import { readFileSync } from 'node:fs';
test('p', () => {
  const body = readFileSync('/work/main/test/sim/program/asm/samples/compiled.s', 'utf8').split('\n').filter((l) => /^\t[a-z]/.test(l) && !/\b\.?L|bl |savegpr|restgpr/.test(l));
  for (const n of [10000, 10000, 10000, 100000]) {
    const lines = ['_start:'];
    while (lines.length < n) { const i = lines.length; lines.push(i % 10 === 0 ? `label${i}: bne label${Math.max(10, i - 100)} # back` : i % 33 === 0 ? `\tlis 4,label10@ha; addi 4,4,label10@l` : body[i % body.length]!); }
    const text = lines.join('\n');
    const t = performance.now();
    const { program } = assembleFiles({ 'a.s': text });
    console.log(n, program.lines.lines.length, performance.now() - t);
  }
  const t = performance.now();
  const errs = Array.from({ length: 10000 }, (_, i) => `\tfrob${i} 3,4`).join('\n');
  try { assembleFiles({ 'a.s': errs }); } catch (e) { console.log('errors', (e as any).errors.length, performance.now() - t); }
  const t2 = performance.now();
  assembleFiles({ 'a.s': '_start:\n.rept 100000\naddi 3,3,1\n.endr' }); console.log('rept 100000', performance.now() - t2);
});
