/** Speed of what an editor asks for while one types, in a source of 10,000 lines. */
import { proposalsAt } from '../src/language/completion.ts';
import { diagnosticsOf } from '../src/language/diagnostics.ts';
import { formattedLines } from '../src/language/format/format.ts';
import { hoverAt } from '../src/language/instructionHelp.ts';
import { semanticTokens } from '../src/language/semanticTokens.ts';
import { newMnemonics, SourceAnalysis } from '../src/language/sourceAnalysis.ts';
import { milliseconds, reportTimes } from './figures.ts';

const LINES = 10_000;
const TIMES = 40;
/** Lines that an editor shows at once. */
const SHOWN = 60;
const FORMAT = { tabSize: 8, insertSpaces: true };

const PIECE_LINES = 20;

/** A function and its table. */
const piece = (number: number): string => `
# Adds up the words of a table until one is zero.
sum_${String(number)}:
        mflr    r0
        std     r0, 16(r1)
        stdu    r1, -112(r1)
        li      r4, 0                           # the sum
1:      lwz     r5, 0(r3)
        cmpwi   r5, 0
        beq     2f
        add     r4, r4, r5
        addi    r3, r3, 4                       # the next word
        b       1b
2:      mr      r3, r4
        addi    r1, r1, 112
        ld      r0, 16(r1)
        mtlr    r0
        blr
        .pushsection .data
words_${String(number)}: .long ${String(number)}, 2, 3, 0; .popsection

`.slice(1);

const text = `        .globl  _start\n_start: bl sum_0\n${Array.from({ length: LINES / PIECE_LINES }, (_, number) => piece(number)).join('')}`;
const lines = text.split('\n');
const mnemonics = newMnemonics();
const analysed = (): SourceAnalysis => new SourceAnalysis('bench.s', text, mnemonics, { text: () => undefined, bytes: () => undefined });

function measure(what: string, work: () => void): void {
  work();
  reportTimes(what, Array.from({ length: TIMES }, () => milliseconds(work)));
}

const analysis = analysed();
if (diagnosticsOf(analysis).length > 0) throw new Error('The source of the benchmark has mistakes.');
const middle = lines.findIndex((line, index) => index > LINES / 2 && line.includes('addi    r3, r3, 4')) + 1;

console.log(`A source of ${String(lines.length)} lines:`);
measure('analysis', analysed);
measure('mistakes and hints of an analysis', () => { diagnosticsOf(analysis); });
measure('completion of a mnemonic', () => { proposalsAt(analysis, { line: middle, column: 11 }); });
measure('completion of an operand', () => { proposalsAt(analysis, { line: middle, column: 18 }); });
measure('hover', () => { hoverAt(analysis, { line: middle, column: 10 }); });
measure('formatting, the whole file', () => { formattedLines(lines, FORMAT); });
measure('formatting a line as it is ended', () => { formattedLines(lines, FORMAT, middle, middle); });
measure('tokens, the whole file', () => { semanticTokens(analysis); });
measure('tokens of the lines that are shown', () => { semanticTokens(analysis, middle, middle + SHOWN); });
