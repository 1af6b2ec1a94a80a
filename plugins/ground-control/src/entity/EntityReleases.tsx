import { lazy, Suspense } from 'react';
import {
  ANNOTATION_SERVICE,
  formatServiceRef,
} from '@ground-control/backstage-plugin-ground-control-common';
import { GcRoot } from '../components/GcRoot';
import { ErrorPanel, LoadingPanel, StatePanel } from '../components/StatePanel';
import { useStyleSheet } from '../hooks/useStyleSheet';
import { useReleasesText } from '../hooks/useReleasesText';
import { pageStyles } from '../pages/pageStyles';
import { ServiceReleases } from '../service/ServiceReleases';
import { useEntityBoard } from './useEntityBoard';

const ComponentLinks = lazy(() =>
  import('../chunks/links').then(m => ({
    default: m.ComponentLinks,
  })),
);

/** Tab of a Component: its releases, as on the service's own page. */
export function EntityReleases() {
  useStyleSheet('page', pageStyles);
  const t = useReleasesText();
  const { ref, live } = useEntityBoard('component');
  const rows = live.data?.rows ?? [];
  return (
    <GcRoot className="gc-stack">
      {live.loading && <LoadingPanel rows={12} />}
      {live.error !== undefined && !live.data && (
        <ErrorPanel error={live.error} onRetry={live.refresh} />
      )}
      {live.data && !rows.length && (
        <StatePanel status="not-released" title={t('service.noEntity')}>
          <p className="gc-wrap">
            {t('service.noEntityHow', { annotation: ANNOTATION_SERVICE })}
          </p>
        </StatePanel>
      )}
      {rows.map(({ service }) => (
        <section key={formatServiceRef(service)} className="gc-stack">
          <h2>{formatServiceRef(service)}</h2>
          <ServiceReleases
            service={service}
            onEntityPage
            amongOthers={rows.length > 1}
          />
        </section>
      ))}
      <Suspense fallback={null}>
        <ComponentLinks entityRef={ref} />
      </Suspense>
    </GcRoot>
  );
}
