import {
  Verdict,
  VerdictLevel,
} from '@ground-control/backstage-plugin-ground-control-common';
import { PagesText, usePagesText } from '../hooks/usePagesText';
import { Hidden } from './Hidden';
import { Status, StatusGlyph } from './StatusGlyph';

const GLYPHS: Record<VerdictLevel, Status> = {
  pass: 'fine',
  warning: 'warning',
  block: 'failed',
};

/** Who may change a verdict's rule, and where, unless its reason says that. */
function describeRule(t: PagesText, { rule, reason }: Verdict): string {
  if (!rule) return '';
  const { keptBy, file, line, text } = rule;
  const place = line ? `${file}:${line}` : file;
  const parts = [
    keptBy && t(`verdict.keptBy_${keptBy}`),
    ...(reason.includes(file) ? [] : [text, place]),
  ];
  return parts.filter(Boolean).join(' · ');
}

function RuleLine(props: { verdict: Verdict }) {
  const text = describeRule(usePagesText(), props.verdict);
  return text ? <p className="gc-small gc-quiet">{text}</p> : null;
}

/** One tile for each verdict: its level, why, what would help, and its rule with who keeps it. */
export function VerdictTiles(props: {
  verdicts: readonly Verdict[];
  /** Policies whose verdicts are other than the reader last saw. */
  changed?: readonly string[];
}) {
  const t = usePagesText();
  return (
    <ul className="gc-verdicts" aria-label={t('verdict.list')}>
      {props.verdicts.map(verdict => (
        <li
          key={verdict.policy}
          className="gc-verdict"
          data-level={verdict.level}
          data-changed={props.changed?.includes(verdict.policy) || undefined}
        >
          <p className="gc-verdict-title">
            <StatusGlyph status={GLYPHS[verdict.level]} />
            <span>
              {verdict.title}
              <Hidden>: {t(`verdict.${verdict.level}`)}</Hidden>
            </span>
          </p>
          <p className="gc-small gc-quiet">{verdict.reason}</p>
          {verdict.level !== 'pass' && verdict.remedy && (
            <p className="gc-small">{verdict.remedy}</p>
          )}
          <RuleLine verdict={verdict} />
        </li>
      ))}
    </ul>
  );
}

/** One glyph for each verdict, always in the same order; in words for who asks or listens. */
export function VerdictGlyphs(props: { verdicts: readonly Verdict[] }) {
  const t = usePagesText();
  const words = props.verdicts.map(
    ({ title, level }) => `${title}: ${t(`verdict.${level}`)}`,
  );
  return (
    <span className="gc-verdict-glyphs" title={words.join('\n')}>
      {props.verdicts.map(({ policy, level }) => (
        <StatusGlyph key={policy} status={GLYPHS[level]} />
      ))}
      <Hidden>{words.map(word => `${word}. `).join('')}</Hidden>
    </span>
  );
}

/** Why verdicts aren't a pass, each in a line. */
export function VerdictReasons(props: { verdicts: readonly Verdict[] }) {
  const t = usePagesText();
  const some = props.verdicts.filter(({ level }) => level !== 'pass');
  if (!some.length) return null;
  return (
    <ul className="gc-small" aria-label={t('verdict.reasons')}>
      {some.map(({ policy, level, title, reason }) => (
        <li key={policy} className="gc-wrap">
          <StatusGlyph status={GLYPHS[level]} />{' '}
          <span className="gc-strong">{title}</span> {reason}
        </li>
      ))}
    </ul>
  );
}
