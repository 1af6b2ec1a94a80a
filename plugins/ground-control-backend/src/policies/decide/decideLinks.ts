import { isUsedCall } from '@ground-control/backstage-plugin-ground-control-common';
import { nameAll } from '../../lib/nameAll';
import { isBad } from '../../links/calls/isBad';
import { ServiceCalls } from '../../links/calls/types';
import { describeRule } from '../rules';
import {
  CrossedLink,
  groupByLink,
  joinClauses,
  sayState,
} from './crossedLinks';
import { findLinkGaps, LinkGap } from './findLinkGaps';
import { fitTitle } from './formatSpan';
import { block, pass, warn } from './say';
import { Decide, Saying } from './types';

const ROLLBACK = {
  title: 'No links for a rollback',
  reason: 'A rollback goes to what ran here before.',
};

const sayUnwell = ({ link, name, callees }: CrossedLink) =>
  `${name} is ${sayState(link)}, and the service calls ${nameAll(
    callees,
  )} over it`;

const sayGaps = (gaps: LinkGap[]) => joinClauses(gaps.map(({ why }) => why));

/** Links that aren't well, and that only the catalog has calls over. */
function findDeclared({ calls }: ServiceCalls): CrossedLink[] {
  return groupByLink(
    calls.filter(call => isBad(call.state) && !isUsedCall(call)),
  );
}

/** Whoever knows that such a call is made may still wait. */
function sayOnlyDeclared(known: ServiceCalls): string {
  const links = findDeclared(known);
  if (links.length === 0) return '';
  const each = links.map(
    ({ link, name, callees }) =>
      `${nameAll(callees)} over ${name}, which is ${sayState(link)}`,
  );
  return ` By the catalog it may call ${joinClauses(each)}; ${
    known.trafficMissing === null
      ? `no such call was counted, so that doesn't count here`
      : `whether it does isn't known`
  }.`;
}

function describeUnwell(links: CrossedLink[], mode: 'warn' | 'block') {
  const isOne = links.length === 1;
  const well = isOne ? 'it is well' : 'they are well';
  return {
    title: fitTitle(
      isOne
        ? `Link is ${links[0].link.state}`
        : `${links.length} links aren’t well`,
    ),
    reason: joinClauses(links.map(sayUnwell)),
    remedy:
      mode === 'block'
        ? `Wait until ${well} again; what is approved then goes on by itself.`
        : `Wait until ${well} again, or accept it.`,
  };
}

function describeGaps(gaps: LinkGap[]) {
  const remedies = [...new Set(gaps.map(({ remedy }) => remedy))];
  const remedy = `${joinClauses(remedies)}; or accept that it isn't known.`;
  return {
    title: 'Links aren’t known',
    reason: `Whether all links are well that its calls cross isn't known: ${sayGaps(
      gaps,
    )}`,
    remedy: remedy[0].toUpperCase() + remedy.slice(1),
  };
}

function describeWell(links: CrossedLink[], environment: string) {
  if (links.length === 0) {
    return {
      title: 'No calls over links',
      reason: `No calls of the service from clusters of ${environment} to other clusters were counted lately`,
    };
  }
  const names = nameAll(links.map(({ name }) => name));
  return links.length === 1
    ? {
        title: 'Link is normal',
        reason: `Its calls cross ${names}, which is normal`,
      }
    : {
        title: 'Links are normal',
        reason: `Its calls cross ${names}, which are normal`,
      };
}

/** Links that the service's calls cross, and what isn't well or known of them. */
interface LinksLook {
  crossed: CrossedLink[];
  unwell: CrossedLink[];
  gaps: LinkGap[];
}

function lookAt(known: ServiceCalls, environment: string): LinksLook {
  const { calls } = known;
  const crossed = groupByLink(calls.filter(isUsedCall));
  return {
    crossed,
    unwell: groupByLink(calls.filter(({ affected }) => affected)),
    gaps: findLinkGaps(crossed, known, environment),
  };
}

/**
 * What is known where no rule asks. A verdict on nothing is one more to read:
 * of a service that calls nobody over a link there is none.
 */
function sayUnasked(
  { crossed, unwell, gaps }: LinksLook,
  known: ServiceCalls,
  environment: string,
): Saying | undefined {
  const declared = sayOnlyDeclared(known);
  if (crossed.length === 0) {
    if (!declared) return undefined;
    const { title } = describeUnwell(findDeclared(known), 'warn');
    return pass(
      {
        title: fitTitle(`${title}, not counted`),
        reason: `${declared.trimStart()} No rule asks for links that are well.`,
      },
      true,
    );
  }
  const asked = `no rule asks for links that are well.${declared}`;
  if (unwell.length === 0 && gaps.length === 0) {
    const { title, reason } = describeWell(crossed, environment);
    return pass({ title, reason: `${reason}; ${asked}` }, true);
  }
  const { title, reason } =
    unwell.length > 0 ? describeUnwell(unwell, 'warn') : describeGaps(gaps);
  return pass(
    { title: fitTitle(`${title}, not asked`), reason: `${reason}; ${asked}` },
    true,
  );
}

/**
 * Whether the links are well that calls of the service cross from the clusters
 * of the environment, by the rule that the list of calls has. What isn't known
 * is never taken for well, and never blocks. Calls to the service are others':
 * they concern the releases of those who call.
 */
export const decideLinks: Decide = ({ release, rules, links: known }) => {
  const { value: mode, rule } = rules.links;
  const { environment, intent } = release;
  const isOff = mode === 'off';
  if (intent === 'rollback') return isOff ? undefined : pass(ROLLBACK, true);
  const look = lookAt(known, environment);
  if (isOff) return sayUnasked(look, known, environment);
  const { crossed, unwell, gaps } = look;
  const end = ` (${describeRule(rule)}).${sayOnlyDeclared(known)}`;
  if (unwell.length > 0) {
    const { reason, ...words } = describeUnwell(unwell, mode);
    const beside =
      gaps.length > 0
        ? `; whether the others are well isn't known: ${sayGaps(gaps)}`
        : '';
    return (mode === 'block' ? block : warn)(
      { ...words, reason: `${reason}${beside}${end}`, rule },
      true,
    );
  }
  if (gaps.length > 0) {
    const { reason, ...words } = describeGaps(gaps);
    return warn({ ...words, reason: `${reason}${end}`, rule }, true);
  }
  const { reason, ...words } = describeWell(crossed, environment);
  return pass({ ...words, reason: `${reason}${end}`, rule }, true);
};
