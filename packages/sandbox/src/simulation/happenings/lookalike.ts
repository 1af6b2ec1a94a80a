import { identityOf } from '../context.ts';
import { humanCommit } from './humanCommit.ts';
import type { Happening } from './types.ts';

const TITLES = [
  '[docs/readme] fix typo',
  '[infra/flux] bump to v2.4.0',
  '[dev/ledger-api] look at this again',
  '[prod/ingress] raise timeout by hand',
];

/** A title with the form of a release, on a commit that releases nothing. */
export const lookalike: Happening = {
  name: 'lookalike',
  weight: 1,
  happen({ random, company }, at) {
    const author = identityOf(random.pick(random.pick(company.squads).members));
    return humanCommit(author, at, random.pick(TITLES), [
      {
        kind: 'file',
        path: 'docs/notes.md',
        content: `# Notes\n\nNote ${random.integer(1, 99999)}.\n`,
      },
    ]);
  },
};
