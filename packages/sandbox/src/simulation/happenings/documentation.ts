import { identityOf } from '../context.ts';
import { humanCommit } from './humanCommit.ts';
import type { Happening } from './types.ts';

const TITLES = [
  'Describe how to roll back',
  'docs: say who is on call',
  'Update README',
  'docs: link the runbooks',
  'Fix typos in the docs',
  // A Git client on another system left its own line ends.
  'docs: remove old section\r',
];

/** People write down how things work. */
export const documentation: Happening = {
  name: 'documentation',
  weight: 4,
  happen({ random, company }, at) {
    const author = identityOf(random.pick(company.platformEngineers));
    const page = random.pick([
      'README.md',
      'docs/rollback.md',
      'docs/on-call.md',
    ]);
    const day = new Date(at * 1000).toISOString().slice(0, 10);
    return humanCommit(author, at, random.pick(TITLES), [
      {
        kind: 'file',
        path: page,
        content: `# Cluster configuration\n\nWhat runs where. Release with \`hamctl\`, not by hand.\n\nLast revised ${day}, revision ${random.integer(
          1,
          9999,
        )}.\n`,
      },
    ]);
  },
};
