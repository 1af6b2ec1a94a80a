import { lazy, Suspense } from 'react';
import {
  ANNOTATION_SERVICE,
  formatServiceRef,
} from '@ground-control/backstage-plugin-ground-control-common';
import { LiveState } from '../components/LiveState';
import { RepositoryBanner } from '../components/RepositoryBanner';
import { StatePanel } from '../components/StatePanel';
import { usePagesText } from '../hooks/usePagesText';
import { ServiceReleases } from '../service/ServiceReleases';
import { PageRoot } from '../pages/PageRoot';
import { useEntityBoard } from './useEntityBoard';

const ComponentLinks = lazy(() =>
  import('../chunks/links').then(m => ({
    default: m.ComponentLinks,
  })),
);

/** Tab of a Component: its releases, as on the service's own page. */
export function EntityReleases() {
  const t = usePagesText();
  const { ref, live } = useEntityBoard('component');
  const rows = live.data?.rows ?? [];
  return (
    <PageRoot className="gc-stack">
      {!live.data && <LiveState live={live} rows={12} />}
      {live.data && <RepositoryBanner repository={live.data.repository} />}
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
        <ComponentLinks entityRef={ref} service={rows[0]?.service} />
      </Suspense>
    </PageRoot>
  );
}
