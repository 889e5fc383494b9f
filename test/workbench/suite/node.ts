/** The suite in a Node extension host: the server's, or the desktop's. */
import { writeFileSync } from 'node:fs';
import { nodeMocha } from './nodeMocha.ts';
import './tests/index.ts';
import { reportOf, tell } from './report.ts';

export async function run(): Promise<void> {
  const report = await reportOf((done) => nodeMocha.run(done));
  const file = process.env['REFAULT_SUITE_REPORT'];
  if (file !== undefined) writeFileSync(file, JSON.stringify(report));
  tell(report);
}
