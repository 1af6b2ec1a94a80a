import {
  formatServiceRef,
  ServiceRef,
} from '@ground-control/backstage-plugin-ground-control-common';
import { RefreshError } from '../components/RefreshError';
import { LiveState } from '../components/LiveState';
import { useGroundControlApi } from '../hooks/useGroundControlApi';
import { useLive } from '../hooks/useLive';
import { isFormOf } from '../lib/openForm';
import { resolveSide } from '../lib/resolveSide';
import { FormSheet } from '../ask/FormSheet';
import { useOpenForm } from '../ask/useOpenForm';
import { WaitingRequests } from '../ask/WaitingRequests';
import { EnvironmentPanels } from './EnvironmentPanels';
import { ManifestDifference } from './ManifestDifference';
import { ProblemList } from './ProblemList';
import { ReleaseHistory } from './ReleaseHistory';
import { ServiceFacts } from './ServiceFacts';
import { useCompare } from './useCompare';

/** A service: where it stands, what is wrong, its releases, and what changed between two. */
export function ServiceReleases(props: {
  service: ServiceRef;
  onEntityPage?: boolean;
  /** The page shows other services too. */
  amongOthers?: boolean;
}) {
  const api = useGroundControlApi();
  const { service } = props;
  const live = useLive(`service ${formatServiceRef(service)}`, signal =>
    api.getService(service, signal),
  );
  const { selected, select, toggle } = useCompare();
  const { form, open, change, close } = useOpenForm();
  if (!live.data) return <LiveState live={live} rows={12} />;
  const detail = live.data;
  const named = props.amongOthers ? { service: formatServiceRef(service) } : {};
  const [from, to] = selected.map(side => resolveSide(side, detail));
  return (
    <div className="gc-stack">
      <RefreshError live={live} />
      <ServiceFacts detail={detail} onEntityPage={props.onEntityPage} />
      <ProblemList problems={detail.problems} />
      <WaitingRequests service={service} />
      <EnvironmentPanels
        detail={detail}
        onForm={(kind, environment) => open({ ...named, kind, environment })}
      />
      {selected.length === 2 && (
        <ManifestDifference
          service={service}
          from={from}
          to={to}
          missing={[from, to].findIndex(side => !side)}
          selected={selected}
          onSelect={select}
        />
      )}
      <ReleaseHistory
        service={service}
        environments={detail.environments.map(e => e.environment)}
        selected={selected.map(side => resolveSide(side, detail))}
        count={selected.length}
        onToggle={toggle}
        onClear={() => select([])}
      />
      {form && isFormOf(form, service) && (
        <FormSheet
          form={form}
          service={service}
          environments={detail.environments.map(e => e.environment)}
          onEnvironment={environment => change({ ...form, environment })}
          onClose={close}
        />
      )}
    </div>
  );
}
