import { DiffHighlight } from '@ground-control/backstage-plugin-ground-control-common';
import { PagesText, usePagesText } from '../hooks/usePagesText';
import { StatusGlyph } from './StatusGlyph';

function sayChange(t: PagesText, highlight: DiffHighlight): string {
  const { after, before, change } = highlight;
  if (change === 'same') return t('diff.stays');
  if (before !== undefined && after !== undefined) {
    return t('diff.values', { before, after });
  }
  return t(`diff.${change}`);
}

/** What matters most of what changes, before all its lines. */
export function DiffHighlights(props: { highlights?: DiffHighlight[] }) {
  const t = usePagesText();
  const { highlights } = props;
  if (!highlights?.length) return null;
  return (
    <ul className="gc-row gc-small" aria-label={t('diff.highlights')}>
      {highlights.map((highlight, i) => (
        <li key={i} className="gc-chip gc-chip-wrap">
          {highlight.kind === 'migration' && <StatusGlyph status="warning" />}{' '}
          <span className="gc-strong">{t(`diff.${highlight.kind}`)}</span>{' '}
          {highlight.name}{' '}
          <span className="gc-quiet">{sayChange(t, highlight)}</span>
        </li>
      ))}
    </ul>
  );
}
