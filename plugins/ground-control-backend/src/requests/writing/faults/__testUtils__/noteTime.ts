import { appendFileSync } from 'node:fs';
import { basename } from 'node:path';

/**
 * Notes how long something took in the running test, where the environment
 * names a file for it: `yarn bench --only faults` makes its figures of these.
 */
export function noteTime(ms: number): void {
  const file = process.env.GROUND_CONTROL_FAULT_TIMES;
  if (!file) return;
  const { testPath = '', currentTestName } = expect.getState();
  const fault = basename(testPath, '.test.ts');
  appendFileSync(
    file,
    `${JSON.stringify({ fault, test: currentTestName, ms })}\n`,
  );
}
