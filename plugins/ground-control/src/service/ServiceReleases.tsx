import { lazy, Suspense } from 'react';
import { useApi } from '@backstage/core-plugin-api';
import {
  formatServiceRef,
  ServiceRef,
} from '@ground-control/backstage-plugin-ground-control-common';
import { groundControlApiRef } from '../api';
import { RefreshError } from '../components/RefreshError';
import { ErrorPanel, LoadingPanel } from '../components/StatePanel';
import { useLive } from '../hooks/useLive';
import { useStyleSheet } from '../hooks/useStyleSheet';
import { isFormOf } from '../lib/openForm';
import { resolveSide } from '../lib/resolveSide';
import { FormSheet } from '../ask/FormSheet';
import { useOpenForm } from '../ask/useOpenForm';
import { EnvironmentPanels } from './EnvironmentPanels';
import { ManifestDifference } from './ManifestDifference';
import { ProblemList } from './ProblemList';
import { ReleaseHistory } from './ReleaseHistory';
import { ServiceFacts } from './ServiceFacts';
import { serviceStyles } from './serviceStyles';
import { useCompare } from './useCompare';

const WaitingRequests = lazy(() =>
  import('../ask/WaitingRequests').then(m => ({ default: m.WaitingRequests })),
);

/** A service: where it stands, what is wrong, its releases, and what changed between two. */
export function ServiceReleases(props: {
  service: ServiceRef;
  onEntityPage?: boolean;
  /** The page shows other services too. */
  amongOthers?: boolean;
}) {
  useStyleSheet('service', serviceStyles);
  const api = useApi(groundControlApiRef);
  const { service } = props;
  const live = useLive(`service ${formatServiceRef(service)}`, signal =>
    api.getService(service, signal),
  );
  const { selected, select, toggle } = useCompare();
  const { form, open, change, close } = useOpenForm();
  if (!live.data) {
    return live.loading ? (
      <LoadingPanel rows={12} />
    ) : (
      <ErrorPanel error={live.error} onRetry={live.refresh} />
    );
  }
  const detail = live.data;
  const named = props.amongOthers ? { service: formatServiceRef(service) } : {};
  const [from, to] = selected.map(side => resolveSide(side, detail));
  return (
    <div className="gc-stack">
      <RefreshError live={live} />
      <ServiceFacts detail={detail} onEntityPage={props.onEntityPage} />
      <ProblemList problems={detail.problems} />
      <Suspense fallback={null}>
        <WaitingRequests service={service} />
      </Suspense>
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
