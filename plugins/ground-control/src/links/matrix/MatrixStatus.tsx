import { describeLink, describeSince, LinkWords } from '../describeLink';
import { explainLink } from '../explainLink';
import { MatrixSpot } from './decideMatrix';

/** What the pointer or the focus is on, in a sentence: the link, the way back, where the numbers come from. */
export function MatrixStatus(props: {
  words: LinkWords;
  from?: string;
  to?: string;
  spot?: MatrixSpot | null;
  back?: MatrixSpot | null;
}) {
  const { words, from = '', to = '', spot, back } = props;
  const { t, format } = words;
  if (!spot) {
    return (
      <p className="gc-small gc-quiet gc-matrix-status">{t('matrix.keys')}</p>
    );
  }
  const { cell } = spot;
  const state = t(`state.${cell.state}`);
  const { value, detail } = describeLink(words, cell);
  const numbers = [value !== state && value, detail].filter(Boolean).join(', ');
  const ofBack = back && describeLink(words, back.cell);
  const age = describeSince(words, cell.sampledAt);
  return (
    <p className="gc-small gc-wrap gc-matrix-status">
      <span className="gc-strong">{t('link.name', { from, to })}</span>
      {spot.group && (
        <>
          {' – '}
          {t('matrix.worst', {
            link: t('link.name', { from: cell.from, to: cell.to }),
            bad: format.number(spot.bad),
            links: format.number(spot.links),
          })}
        </>
      )}
      {`: ${state}${numbers && `, ${numbers}`}. `}
      {explainLink(words, cell)}
      {ofBack &&
        ` ${t('matrix.back', {
          value: ofBack.value ?? t(`state.${back.cell.state}`),
        })}`}
      {age && ` ${t('matrix.sampled', { age })}`}
      {cell.source && ` ${t('matrix.source', { source: cell.source })}`}
      {cell.probe && ` (${cell.probe})`}
    </p>
  );
}
