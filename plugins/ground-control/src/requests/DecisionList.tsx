import { RequestDecision } from '@ground-control/backstage-plugin-ground-control-common';
import { nameOfPerson } from '../lib/nameOfPerson';
import { RelativeTime } from '../components/RelativeTime';
import { StatusGlyph } from '../components/StatusGlyph';
import { useFormat } from '../hooks/useFormat';
import { useRequestsText } from '../hooks/useRequestsText';

const DECISIONS = {
  approve: { text: 'decision.gaveApprove', status: 'fine' },
  reject: { text: 'decision.gaveReject', status: 'not-released' },
  override: { text: 'decision.gaveOverride', status: 'problem' },
} as const;

/** Decisions that were made: by whom, when, with which words. */
export function DecisionList(props: { decisions: RequestDecision[] }) {
  const t = useRequestsText();
  const format = useFormat();
  if (!props.decisions.length) return null;
  return (
    <ul className="gc-stack-tight" aria-label={t('decision.given')}>
      {props.decisions.map(({ by, decision, at, comment, accepted }) => {
        const { text, status } = DECISIONS[decision];
        return (
          <li key={`${by.entityRef} ${at}`} className="gc-wrap">
            <StatusGlyph status={status} />{' '}
            {t(text, { name: nameOfPerson(by) })}{' '}
            <RelativeTime at={at} className="gc-quiet" />
            {comment && <span className="gc-quiet"> “{comment}”</span>}
            {accepted.length > 0 && (
              <p className="gc-small gc-quiet">
                {t('decision.accepted', { list: format.list(accepted) })}
              </p>
            )}
          </li>
        );
      })}
    </ul>
  );
}
