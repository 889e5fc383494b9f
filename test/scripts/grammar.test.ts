import { describe, expect, it } from 'vitest';
import { grammar } from '../../scripts/manifest/grammar.ts';
import { PPC } from '../../src/sim/ppe/instructionSet.ts';
import { SPU } from '../../src/sim/spe/instructionSet.ts';

interface Rule {
  readonly match: string;
}

const ppc = [...PPC.instructions, ...PPC.aliases].map(({ mnemonic }) => mnemonic);
const spu = [...SPU.instructions, ...SPU.aliases].map(({ mnemonic }) => mnemonic);
const { repository } = grammar({ ppc, spu }) as { repository: Record<string, Rule> };

/** The text that the first group of a rule takes from a line. */
function found(rule: string, line: string): string | undefined {
  return new RegExp(repository[rule]?.match ?? '(?!)').exec(line)?.[1];
}

describe('grammar', () => {
  it('knows every mnemonic of both instruction tables', () => {
    const unknown = [
      ...ppc.filter((word) => found('ppc-instruction', `  ${word} r3, r4`)?.length !== word.replace(/[+-]$/, '').length),
      ...spu.filter((word) => found('spu-instruction', `  ${word} $3, $4`) !== word),
    ];
    expect(unknown).toEqual([]);
  });

  it('takes a mnemonic for one only where a statement begins', () => {
    expect(found('ppc-instruction', '        add.    r3, r4, r5')).toBe('add.');
    expect(found('ppc-instruction', '        bdnz+   1b')).toBe('bdnz');
    expect(found('ppc-instruction', 'loop: addi r3, r3, 1')).toBe('addi');
    expect(found('ppc-instruction', '        bl      add')).toBe('bl');
    expect(found('ppc-instruction', '        .long   add')).toBeUndefined();
    expect(found('ppc-instruction', 'add:    blr')).toBe('blr');
    expect(found('ppc-instruction', '        b = 3')).toBeUndefined();
  });

  it('tells registers from symbols that begin like them', () => {
    const register = (rule: string, line: string): string | undefined => new RegExp(repository[rule]?.match ?? '(?!)').exec(line)?.[0];
    expect(register('ppc-register', 'li r31, 0')).toBe('r31');
    expect(register('ppc-register', 'li r32, r3x, 0')).toBeUndefined();
    expect(register('spu-register', 'il $127, 0')).toBe('$127');
    expect(register('spu-register', 'il $128, 0')).toBeUndefined();
    expect(register('spu-register', 'rdch $3, $MFC_RdTagStat')).toBe('$3');
  });
});
