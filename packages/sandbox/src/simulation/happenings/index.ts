import type { Context } from '../context.ts';
import type { CommitEvent } from '../types.ts';
import { documentation } from './documentation.ts';
import { gatewayEntry } from './gatewayEntry.ts';
import { handEdit } from './handEdit.ts';
import { infrastructure } from './infrastructure.ts';
import { lookalike } from './lookalike.ts';
import { policyUpdate } from './policyUpdate.ts';
import type { Happening } from './types.ts';

/** All of them. A new kind is one file and one line here. */
export const HAPPENINGS: Happening[] = [
  documentation,
  infrastructure,
  policyUpdate,
  handEdit,
  lookalike,
  gatewayEntry,
];

const WEIGHTS = HAPPENINGS.reduce<number[]>(
  (sums, { weight }) => [...sums, (sums[sums.length - 1] ?? 0) + weight],
  [],
);

/** Somebody does something to the repository that is no release. */
export function happen(context: Context, at: number): CommitEvent | undefined {
  const happening = HAPPENINGS[context.random.pickIndex(WEIGHTS)];
  const commit = happening.happen(context, at);
  return commit && { type: 'commit', at, commit };
}
