// What Jest's `--json` says of a run, counted by file, so that the second run of
// a file can take the place of its first.

const isFailed = file => file.status === 'failed';
const has = status => test => test.status === status;

/** The files of which something failed, or that didn't load. */
export function readFailedFiles(results) {
  return results.testResults.filter(isFailed).map(({ name }) => name);
}

function countFile({ status, assertionResults }) {
  const count = (...all) =>
    assertionResults.filter(one => all.includes(one.status)).length;
  const failed = count('failed');
  return {
    passed: count('passed'),
    // One that doesn't load, or whose end fails, counts as one failure.
    failed: status === 'failed' ? Math.max(failed, 1) : failed,
    skipped: count('pending', 'todo', 'skipped', 'disabled'),
  };
}

/** Names of what failed at first, of a file that then passed. */
function nameUnsteady(before, after) {
  if (!before || !isFailed(before) || isFailed(after)) return [];
  const names = before.assertionResults
    .filter(has('failed'))
    .map(({ fullName }) => fullName);
  return names.length > 0 ? names : [before.name];
}

/**
 * Counts tests of a run, and of its failed files' second one where there was
 * one. What failed first and passed then has passed, and is `unsteady`.
 */
export function countResults(first, second = { testResults: [] }) {
  const again = new Map(second.testResults.map(file => [file.name, file]));
  const counts = { passed: 0, failed: 0, skipped: 0, unsteady: [] };
  for (const before of first.testResults) {
    const file = again.get(before.name) ?? before;
    const { passed, failed, skipped } = countFile(file);
    counts.passed += passed;
    counts.failed += failed;
    counts.skipped += skipped;
    counts.unsteady.push(...nameUnsteady(before, file));
  }
  return counts;
}
