/** Programs that run for tasks, in the code that a worker runs; statuses are those of docs/commandline.md. */
import { describe, expect, it, onTestFinished } from 'vitest';
import type { Files } from '../../extension/debug/hostFiles.ts';
import { runInPlace } from '../../extension/debug/inPlace.ts';
import { ProgramTask } from '../../extension/tasks/programTask.ts';
import type { PlacedMistake } from '../../extension/tasks/placedMistake.ts';
import { TypedLine } from '../../extension/tasks/typedLine.ts';
import { nodeClock } from '../../extension/worker/nodeClock.ts';

/** Copies its input to its output, up to its end. */
const ECHO = `_start: li      0, 3
        li      3, 0
        lis     4, buffer@ha
        addi    4, 4, buffer@l
        li      5, 64
        sc
        cmpwi   3, 0
        ble     end
        mr      5, 3
        li      0, 4
        li      3, 1
        sc
        b       _start
end:    li      0, 234
        li      3, 3
        sc
        .bss
buffer: .space  64
`;

function newTask(text: string): { readonly task: ProgramTask; readonly printed: () => string; readonly mistakes: readonly PlacedMistake[] } {
  const files: Files = { readFile: () => Promise.resolve(new TextEncoder().encode(text)), listFolder: () => Promise.resolve([]) };
  let printed = '';
  const mistakes: PlacedMistake[] = [];
  const task = new ProgramTask({
    start: runInPlace(nodeClock), files, launch: { program: '/p.s' },
    print: (part) => { printed += part; },
    tell: (mistake) => { mistakes.push(mistake); },
    leftOutText: (count) => `${String(count)} left out.`,
  });
  onTestFinished(() => { task.dispose(); });
  return { task, printed: () => printed, mistakes };
}

describe('a program that runs for a task', () => {
  it('gets what is typed, prints what it writes, then its faults as the command does, and has its own status', async () => {
    const { task, printed } = newTask(ECHO);
    const running = task.run();
    task.give({ text: 'one  two\n' });
    await expect.poll(printed, { timeout: 10_000 }).toContain('one  two\n');
    task.give({});
    expect(await running).toBe(3);
    expect(printed()).toMatch(/\n# +cycle +outcome +by +access +address[^]*\bMINOR\b/);
  });

  it('has the status 123 where nothing can run any more and no input would help', async () => {
    const { task, printed } = newTask('_start: li 0,221\n lis 3,word@ha\n addi 3,3,word@l\n li 4,0\n li 5,0\n li 6,0\n sc\n .data\nword: .long 0\n');
    expect(await task.run()).toBe(123);
    expect(printed()).toContain('No thread can run and no event is due.');
  });

  it('has the status 128 + N of the signal that kills it', async () => {
    expect(await newTask('_start: li 3,0\n stw 3,0(3)\n').task.run()).toBe(128 + 11);
  });

  it('prints every mistake of a program once, tells where it is, and has the status 125', async () => {
    const { task, printed, mistakes } = newTask('_start: lwzz r3, 0(r1)\n li r3\n');
    expect(await task.run()).toBe(125);
    expect(mistakes.map(({ path, line, column }) => [path, line, column])).toEqual([['/p.s', 1, 9], ['/p.s', 2, expect.any(Number)]]);
    expect(printed()).toBe(mistakes.map(({ path, line, column, message }) => `${path}:${String(line)}:${String(column)}: ${message}\n`).join(''));
  });

  it('takes nothing that a program prints for a mistake', async () => {
    const { task, printed, mistakes } = newTask(`_start: li 0, 4
        li      3, 1
        lis     4, text@ha
        addi    4, 4, text@l
        li      5, end - text
        sc
        li      0, 234
        li      3, 0
        sc
text:   .ascii  "/p.s:1:2: no mistake\\n"
end:
`);
    expect(await task.run()).toBe(0);
    expect(printed()).toContain('/p.s:1:2: no mistake');
    expect(mistakes).toEqual([]);
  });
});

describe('typing in a task\'s terminal', () => {
  it('hands over whole lines, and takes characters back', () => {
    const line = new TypedLine();
    expect(line.type('ab\x7fc')).toMatchObject({ echo: 'ab\b \bc', lines: [] });
    expect(line.type('\x1b[A\r')).toMatchObject({ echo: '\r\n', lines: ['ac\n'] });
    expect(line.type('x\ry\r\nz')).toMatchObject({ lines: ['x\n', 'y\n'] });
  });

  it('knows Ctrl+C, and Ctrl+D on an empty line', () => {
    const line = new TypedLine();
    expect(line.type('a\x04')).toMatchObject({ ended: false });
    expect(line.type('\r\x04')).toMatchObject({ lines: ['a\n'], ended: true });
    expect(line.type('b\x03')).toMatchObject({ interrupted: true });
  });
});
