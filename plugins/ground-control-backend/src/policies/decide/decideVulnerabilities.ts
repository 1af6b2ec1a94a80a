import {
  Artifact,
  Vulnerabilities,
} from '@ground-control/backstage-plugin-ground-control-common';
import { CheckMode, describeRule, Ruled } from '../rules';
import { fitTitle } from './formatSpan';
import { block, pass, warn } from './say';
import { Decide } from './types';

type Severity = 'high' | 'medium';
type Scanned = 'code' | 'image';

const SEVERITIES: readonly Severity[] = ['high', 'medium'];
const SCANNED: readonly Scanned[] = ['code', 'image'];

/** Vulnerabilities that the artifact has more of than what runs. */
interface News {
  severity: Severity;
  scanned: Scanned;
  more: number;
}

/**
 * Counts what is new, code and image apart: fewer in the one don't make up for
 * more in the other. Artifacts hold counts alone, so what was mended and came
 * anew in the same scan can't be told. What wasn't scanned hid nothing and
 * proved nothing: all that is found then is new.
 */
function findNews(artifact: Artifact, current: Artifact | undefined): News[] {
  return SEVERITIES.flatMap(severity =>
    SCANNED.flatMap(scanned => {
      const count = (of?: Artifact) =>
        (of?.vulnerabilities?.[scanned] as Vulnerabilities | undefined)?.[
          severity
        ] ?? 0;
      const more = count(artifact) - count(current);
      return more > 0 ? [{ severity, scanned, more }] : [];
    }),
  );
}

const sum = (news: News[]) => news.reduce((total, { more }) => total + more, 0);

function listNews(news: News[]): string {
  return news
    .map(
      ({ severity, scanned, more }) => `${more} ${severity} in the ${scanned}`,
    )
    .join(', ');
}

/** High and medium vulnerabilities that are new against what runs. */
export const decideVulnerabilities: Decide = ({ release, rules }) => {
  const { artifact, current } = release;
  if (release.intent === 'rollback') {
    return pass({
      title: 'No scans for a rollback',
      reason: 'A rollback goes to what ran here before.',
    });
  }
  const modes: Record<Severity, Ruled<CheckMode>> = {
    high: rules.highVulnerabilities,
    medium: rules.mediumVulnerabilities,
  };
  const looked = SEVERITIES.filter(severity => modes[severity].value !== 'off');
  if (looked.length === 0) {
    return pass({
      title: 'Vulnerabilities not looked at',
      reason: `Vulnerabilities aren't looked at (${describeRule(
        modes.high.rule,
      )}).`,
      rule: modes.high.rule,
    });
  }
  const { rule } = modes[looked[0]];
  const { code, image } = artifact.vulnerabilities ?? {};
  if (!code && !image) {
    return warn({
      title: 'No scan in artifact',
      reason: `The artifact holds no scan, so it isn't known whether it brings vulnerabilities.`,
      rule,
      remedy: 'Have CI scan it, and build anew.',
    });
  }
  const news = findNews(artifact, current?.artifact).filter(({ severity }) =>
    looked.includes(severity),
  );
  const basis = current?.artifact
    ? 'against what runs'
    : `because it isn't known what runs`;
  const blocking = news.filter(
    ({ severity }) => modes[severity].value === 'block',
  );
  if (news.length > 0) {
    const [worst] = blocking.length > 0 ? blocking : news;
    const worstRule = modes[worst.severity].rule;
    const counted = news.filter(({ severity }) => severity === worst.severity);
    return (blocking.length > 0 ? block : warn)({
      title: fitTitle(`${sum(counted)} new ${worst.severity}`),
      reason: `New ${basis}: ${listNews(news)} (${describeRule(worstRule)}).`,
      rule: worstRule,
      remedy: 'Release a build that mends them.',
    });
  }
  const lost = SCANNED.find(
    scanned =>
      current?.artifact?.vulnerabilities?.[scanned] &&
      !artifact.vulnerabilities?.[scanned],
  );
  if (lost) {
    return warn({
      title: fitTitle(`No scan of the ${lost} in artifact`),
      reason: `What runs was scanned for its ${lost}, and this artifact wasn't, so what is new there isn't known.`,
      rule,
      remedy: 'Have CI scan it, and build anew.',
    });
  }
  return pass({
    title: fitTitle(`No new ${looked.join(' or ')} vulnerability`),
    reason: `None is new against what runs, in what was scanned: ${SCANNED.filter(
      scanned => artifact.vulnerabilities?.[scanned],
    ).join(' and ')}.`,
    rule,
  });
};
