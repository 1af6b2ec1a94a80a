import {
  AccessUser,
  formatServiceRef,
  Verdict,
} from '@ground-control/backstage-plugin-ground-control-common';
import { nameAll } from '../../lib/nameAll';
import { passes, warns } from './sayAccess';
import { AccessFacts, AccessUsers } from './types';

const REMEDY =
  'Have them stop calling it first, or accept that their calls will fail.';

function nameUser({ caller, from, squad }: AccessUser): string {
  const who = caller
    ? formatServiceRef(caller)
    : (squad ?? 'somebody').replace(/^.*\//, '');
  return `${who} in ${from}`;
}

/** Those that aren't named, as part of a list of names. */
function nameOthers({ hidden, isCounted }: AccessUsers): string[] {
  if (hidden === 0) return [];
  if (!isCounted) return [`${hidden} whom you may not see`];
  return [hidden === 1 ? '1 caller' : `${hidden} callers`];
}

/**
 * Who loses what is to be removed.
 *
 * @returns undefined where nothing is removed
 */
export function decideAccessUsers({
  users,
  wish,
}: AccessFacts): Verdict | undefined {
  if (wish.change !== 'remove' || !users) return undefined;
  const policy = 'users';
  const { calling, mirroredIn, seen, trafficMissing } = users;
  const names = [...new Set(seen.map(nameUser))];
  const others = nameOthers(users);
  const all = nameAll([...names, ...others]);
  if (calling > 0) {
    return warns(
      {
        policy,
        title: 'Still in use',
        reason: `Calls were counted lately. Known to use it: ${all}.`,
        remedy: REMEDY,
      },
      true,
    );
  }
  if (names.length + others.length > 0) {
    return warns(
      {
        policy,
        title: 'May still be in use',
        reason: `${
          trafficMissing === null
            ? 'No calls were counted lately'
            : `Whether it is called isn't known: ${trafficMissing}`
        }; by catalog and entries it may be used by ${all}.`,
        remedy: REMEDY,
      },
      true,
    );
  }
  if (trafficMissing !== null || wish.kind === 'ingress') {
    return warns(
      {
        policy,
        title: 'Use isn’t known',
        reason:
          trafficMissing === null
            ? 'Nobody is seen to call it over a link, and calls from outside of the mesh aren’t counted.'
            : `Nobody is known to use it, and calls aren't counted: ${trafficMissing}.`,
        remedy: 'Ask around before it goes, or accept that it isn’t known.',
      },
      true,
    );
  }
  const where =
    mirroredIn.length > 0 ? ` It is mirrored in ${nameAll(mirroredIn)}.` : '';
  return passes(
    {
      policy,
      title: 'Nobody uses it',
      reason: `No calls were counted lately, and nothing says that somebody may call it.${where}`,
    },
    true,
  );
}
