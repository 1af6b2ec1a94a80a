import { LinkCalls } from '@ground-control/backstage-plugin-ground-control-common';
import { useLinksText } from '../../hooks/useLinksText';
import { Live } from '../../hooks/useLive';
import { CallsAndReleases } from '../calls/CallsAndReleases';
import { PairPart } from './PairPart';

/** The services that cross a link. */
export function PairCalls(props: { live: Live<LinkCalls> }) {
  const t = useLinksText();
  return (
    <PairPart
      heading={t('pair.calls')}
      failed={t('pair.callsFailed')}
      live={props.live}
    >
      {data =>
        data.calls.length ? (
          <CallsAndReleases answer={data} ofOneLink />
        ) : (
          <p className="gc-quiet">{t('pair.noCalls')}</p>
        )
      }
    </PairPart>
  );
}
