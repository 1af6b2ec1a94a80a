import { LinkCalls } from '@ground-control/backstage-plugin-ground-control-common';
import { CallTable } from './CallTable';
import { LinkReleases } from './LinkReleases';

/** Calls, and beside them what was released about when their links became unwell. */
export function CallsAndReleases(props: { answer: LinkCalls }) {
  const { calls, releases, trafficMissing } = props.answer;
  return (
    <div className={releases.length ? 'gc-beside' : undefined}>
      <CallTable calls={calls} trafficUnknown={trafficMissing !== null} />
      {releases.length > 0 && <LinkReleases releases={releases} />}
    </div>
  );
}
