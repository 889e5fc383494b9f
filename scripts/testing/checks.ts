/** Checks of the sources: each counts as one test. */
import { runNode, tool } from './command.ts';
import { type Result, failed, passed } from './tally.ts';

interface Check {
  readonly name: string;
  readonly args: readonly string[];
}

const typeCheck = (name: string, project: string): Check => ({ name, args: [tool('typescript/bin/tsc'), '-p', project, '--pretty', 'false'] });

/** Pages of webviews have the DOM, which nothing else may touch. */
export const typeChecks: readonly Check[] = [
  typeCheck('type check', 'tsconfig.json'), typeCheck('type check: pages of webviews', 'extension/webview/client/tsconfig.json'),
];

export const lintChecks: readonly Check[] = [
  { name: 'lint: strict rules, file length', args: [tool('eslint/bin/eslint.js'), '.', '--max-warnings', '0'] },
  { name: 'lint: rings, import cycles', args: [tool('dependency-cruiser/bin/dependency-cruise.mjs'), 'src', 'extension', 'test', 'scripts', '--config', '.dependency-cruiser.cjs'] },
  { name: 'lint: unused exports and dependencies', args: [tool('knip/bin/knip.js'), '--no-progress'] },
  { name: 'lint: the manifest is what its sources make it', args: ['scripts/run.mjs', 'manifest', '--check'] },
];

async function runCheck({ name, args }: Check): Promise<Result> {
  const { status, output } = await runNode(args);
  return status === 0 ? passed(name) : failed(name, output.trim());
}

/** Runs checks two at a time: they are bound by the processor, and small machines have two. */
export async function runChecks(checks: readonly Check[], report: (result: Result) => void): Promise<Result[]> {
  const waiting = [...checks];
  const results: Result[] = [];
  const work = async (): Promise<void> => {
    for (let check = waiting.shift(); check; check = waiting.shift()) {
      const result = await runCheck(check);
      report(result);
      results.push(result);
    }
  };
  await Promise.all([work(), work()]);
  return results;
}
