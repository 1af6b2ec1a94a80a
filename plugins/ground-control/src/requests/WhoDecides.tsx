import { ReleaseRequestDetail } from '@ground-control/backstage-plugin-ground-control-common';
import { nameOfPerson } from '../lib/nameOfPerson';
import { StatusGlyph } from '../components/StatusGlyph';
import { useFormat } from '../hooks/useFormat';
import { useRequestsText } from '../hooks/useRequestsText';
import { DecisionList } from './DecisionList';
import { Reach } from './Reach';

/** Where it goes, who can decide by which rule, and who has. */
export function WhoDecides(props: { detail: ReleaseRequestDetail }) {
  const t = useRequestsText();
  const format = useFormat();
  const { request, deciders, decidersUnknown, reach, targetClusters } =
    props.detail;
  const { environment, requirement } = request;
  return (
    <>
      {!request.access && (
        <p className="gc-small gc-wrap">
          {targetClusters.length
            ? t('decision.goesTo', {
                count: targetClusters.length,
                clusters: format.list(targetClusters),
              })
            : t('decision.goesNowhere', { environment })}
        </p>
      )}
      {reach && <Reach reach={reach} clusters={targetClusters.length} />}
      <p className="gc-small gc-wrap">
        {deciders.length ? (
          t('decision.deciders', {
            count: deciders.length,
            people: format.list(deciders.map(nameOfPerson)),
          })
        ) : (
          <>
            <StatusGlyph status="warning" />{' '}
            {decidersUnknown ?? t('decision.nobody')}
          </>
        )}{' '}
        <span className="gc-quiet">{requirement.reason}</span>
      </p>
      <DecisionList decisions={request.decisions} />
    </>
  );
}
