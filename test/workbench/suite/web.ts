/** The suite in a web extension host. */
import './mochaSetup.ts';
import './tests/index.ts';
import { reportOf, tell } from './report.ts';

export async function run(): Promise<void> {
  tell(await reportOf((done) => mocha.run(done)));
}
