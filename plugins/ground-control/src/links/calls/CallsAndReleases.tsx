import { LinkCalls } from '@ground-control/backstage-plugin-ground-control-common';
import { useFirst } from '../../components/useFirst';
import { CallTable } from './CallTable';
import { LinkReleases } from './LinkReleases';

/** The worst come first. */
const SHOWN = 20;

/** Calls, and beside them what was released about when their links became unwell. */
export function CallsAndReleases(props: {
  answer: LinkCalls;
  ofOneLink?: boolean;
}) {
  const { calls, releases, trafficMissing } = props.answer;
  const { shown, more } = useFirst(calls, SHOWN);
  return (
    <div className={releases.length ? 'gc-beside' : undefined}>
      <div className="gc-stack-tight">
        <CallTable
          calls={shown}
          trafficUnknown={trafficMissing !== null}
          ofOneLink={props.ofOneLink}
        />
        {more}
      </div>
      {releases.length > 0 && <LinkReleases releases={releases} />}
    </div>
  );
}
