import {
  AccessLink,
  LINK_STATES,
  LinkState,
  Verdict,
} from '@ground-control/backstage-plugin-ground-control-common';
import { nameAll } from '../../lib/nameAll';
import { blockFinally, passes, warns } from './sayAccess';
import { AccessFacts } from './types';

const WORDS: Record<LinkState, string> = {
  down: 'down: nothing gets through',
  high: 'much slower than usual, or loses probes',
  elevated: 'slower than usual, or loses some probes',
  stale: 'not heard of lately',
  'never-sampled': 'never measured',
  normal: 'normal',
  'not-linked': 'not linked',
  hidden: 'hidden from you',
};

const worst = (a: AccessLink, b: AccessLink) =>
  LINK_STATES.indexOf(a.state!) - LINK_STATES.indexOf(b.state!);

function describe(links: AccessLink[]): string {
  return links
    .map(({ from, to, state }) => `${from} → ${to} is ${WORDS[state!]}`)
    .join('; ');
}

/**
 * How the links are that its calls will cross. That a pair isn't linked keeps
 * it from working at all; how a link is at the moment is the moment's matter.
 *
 * @returns undefined where no link is asked about
 */
export function decideAccessLinks({
  links,
  wish,
}: AccessFacts): Verdict | undefined {
  if (wish.change === 'remove' || links.length === 0) return undefined;
  const policy = 'link';
  const { cluster } = wish;
  const missing = links.filter(({ state }) => state === 'not-linked');
  if (missing.length > 0) {
    const names = nameAll(missing.map(({ from }) => from));
    return blockFinally({
      policy,
      title: 'Not linked',
      reason: `There is no link from ${names} to ${cluster}, so nothing is mirrored there.`,
      remedy: `Have platform engineers link ${names} with ${cluster}, or choose clusters that are linked.`,
    });
  }
  const unknown = links.filter(({ state }) => state === null);
  if (unknown.length > 0) {
    const names = nameAll(unknown.map(({ from }) => from));
    return warns(
      {
        policy,
        title: 'Links aren’t known',
        reason: `It isn't known whether ${names} and ${cluster} are linked, because the links of ${names} can't be read.`,
        remedy:
          'Look at the clusters’ page for why, or wait until it is known.',
      },
      true,
    );
  }
  const unwell = links.filter(({ state }) => state !== 'normal').sort(worst);
  if (unwell.length > 0) {
    const isUnmeasured = unwell.every(
      ({ state }) => state === 'stale' || state === 'never-sampled',
    );
    return warns(
      {
        policy,
        title: isUnmeasured ? 'Link isn’t measured' : 'Link isn’t well',
        reason: `${describe(unwell)}.`,
        remedy:
          'Look at the link’s page, and wait until it is normal, or accept it.',
      },
      true,
    );
  }
  return passes(
    {
      policy,
      title: links.length > 1 ? 'Links are normal' : 'Link is normal',
      reason: `${describe(links)}.`,
    },
    true,
  );
}
