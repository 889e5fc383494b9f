/**
 * npm run vectors -- FOLDER: runs every vector file of a folder and prints one line a file,
 * `ppc64-exec.json: N passed, M failed`, then the failing ids.
 */
import path from 'node:path';
import { judgeFile, plainName, readVectors, VectorFileError, vectorFiles } from '../test/support/vectors.ts';
import { runnerFor } from '../test/support/vectorRunners.ts';

function main([folder = 'test/vectors']: readonly string[]): number {
  let failed = 0;
  for (const file of vectorFiles(folder)) {
    try {
      const vectors = readVectors(path.join(folder, file));
      const { passed, failures, notRun } = judgeFile(file, vectors, runnerFor(plainName(file)));
      const skipped = [...notRun.values()].reduce((sum, count) => sum + count, 0);
      const rest = skipped === 0 ? '' : `, ${skipped} not run (no meaning yet, or only an estimate: ${[...notRun.keys()].join(' ')})`;
      console.log(`${plainName(file)}: ${passed} passed, ${failures.length} failed${rest}`);
      for (const { id, why } of failures) console.log(`  ${id}: ${why}`);
      failed += failures.length;
    } catch (error) {
      if (!(error instanceof VectorFileError)) throw error;
      console.log(error.message);
      failed += 1;
    }
  }
  return failed === 0 ? 0 : 1;
}

try {
  process.exitCode = main(process.argv.slice(2));
} catch (error) {
  if (!(error instanceof VectorFileError)) throw error;
  console.error(error.message);
  process.exitCode = 2;
}
