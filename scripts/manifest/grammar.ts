/** The TextMate grammar of both assembly languages, with the mnemonics of the instruction tables. */

export interface Mnemonics {
  readonly ppc: readonly string[];
  readonly spu: readonly string[];
}

const SYMBOL = '[A-Za-z_.$][\\w.$]*';
const STATEMENT_START = '(?:^|(?<=[:;]))\\s*';
const WORD_END = '(?![\\w.$]|\\s*[:=])';

export function grammar({ ppc, spu }: Mnemonics): object {
  return {
    name: 'Cell Assembly',
    scopeName: 'source.cell-asm',
    patterns: [{ include: '#spu-section' }, { include: '#ppc-instruction' }, { include: '#spu-instruction' }, { include: '#common' }],
    repository: {
      'spu-section': {
        name: 'meta.section.spu.cell-asm',
        begin: '^\\s*(\\.section)\\s+("?\\.spu\\.[\\w.$]+"?)',
        beginCaptures: { 1: { name: 'keyword.control.directive.cell-asm' }, 2: { name: 'entity.name.section.spu.cell-asm' } },
        end: '^(?=\\s*\\.(?:section|text|data|bss|previous|pushsection|popsection)\\b)',
        patterns: [{ include: '#spu-instruction' }, { include: '#spu-register' }, { include: '#common' }],
      },
      'ppc-instruction': instruction(ppc, 'ppc', '[+-]?'),
      'spu-instruction': instruction(spu, 'spu', ''),
      'common': {
        patterns: ['#comment', '#string', '#label', '#directive', '#macro-argument', '#relocation', '#ppc-register', '#spu-register', '#number', '#operator']
          .map((include) => ({ include })),
      },
      'comment': {
        patterns: [
          { name: 'comment.block.cell-asm', begin: '/\\*', end: '\\*/' },
          { name: 'comment.line.number-sign.cell-asm', match: '#.*$' },
          { name: 'comment.line.double-slash.cell-asm', match: '//.*$' },
        ],
      },
      'string': {
        name: 'string.quoted.double.cell-asm',
        begin: '"',
        end: '"|$',
        patterns: [{ name: 'constant.character.escape.cell-asm', match: '\\\\(?:[bfnrt"\\\\]|x[0-9A-Fa-f]+|[0-7]{1,3})' }],
      },
      'label': {
        match: `${STATEMENT_START}(${SYMBOL}|\\d+)\\s*(:)`,
        captures: { 1: { name: 'entity.name.function.label.cell-asm' }, 2: { name: 'punctuation.separator.label.cell-asm' } },
      },
      'directive': { match: `${STATEMENT_START}(\\.[A-Za-z]\\w*)\\b`, captures: { 1: { name: 'keyword.control.directive.cell-asm' } } },
      'macro-argument': { name: 'variable.parameter.cell-asm', match: '\\\\(?:@|\\w+)' },
      'relocation': { name: 'storage.modifier.relocation.cell-asm', match: '@(?:l|h|ha|higher|highera|highest|highesta|toc|got|ppu)\\b' },
      'ppc-register': { name: 'variable.language.register.ppc.cell-asm', match: '(?<![\\w.$])%?(?:r(?:[12]?\\d|3[01])|f(?:[12]?\\d|3[01])|v(?:[12]?\\d|3[01])|cr[0-7]|sp|toc|lr|ctr|xer)(?![\\w.$])' },
      'spu-register': { name: 'variable.language.register.spu.cell-asm', match: '(?<![\\w.$])\\$(?:1[01]\\d|12[0-7]|\\d{1,2}|sp|lr|ch\\d{1,3}|SPU_\\w+|MFC_\\w+)(?![\\w.$])' },
      'number': {
        patterns: [
          { name: 'constant.numeric.hex.cell-asm', match: '(?<![\\w.$])0[xX][0-9A-Fa-f]+\\b' },
          { name: 'constant.numeric.binary.cell-asm', match: '(?<![\\w.$])0[bB][01]+\\b' },
          { name: 'constant.other.reference.label.cell-asm', match: '(?<![\\w.$])\\d+[fb]\\b' },
          { name: 'constant.numeric.decimal.cell-asm', match: '(?<![\\w.$])\\d+(?:\\.\\d+)?(?:[eE][+-]?\\d+)?\\b' },
          { name: 'constant.character.cell-asm', match: '\'(?:\\\\.|[^\\\\])\'?' },
        ],
      },
      'operator': { name: 'keyword.operator.cell-asm', match: '<<|>>|==|!=|<=|>=|&&|\\|\\||[-+*/%&|^~!<>=]' },
    },
  };
}

function instruction(mnemonics: readonly string[], set: string, suffix: string): object {
  // Branch hints are the suffix; the dot of `add.` belongs to the word.
  const words = [...new Set(mnemonics.map((word) => word.replace(/[+-]$/, '')))].sort().map((word) => word.replaceAll('.', '\\.')).join('|');
  return { match: `${STATEMENT_START}(?:(${words})${suffix})${WORD_END}`, captures: { 1: { name: `keyword.mnemonic.${set}.cell-asm` } } };
}
