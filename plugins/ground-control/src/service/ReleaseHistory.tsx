import { useSearchParams } from 'react-router-dom';
import {
  formatServiceRef,
  ReleaseId,
  ServiceRef,
} from '@ground-control/backstage-plugin-ground-control-common';
import { MoreButton } from '../components/MoreButton';
import { SelectField } from '../components/SelectField';
import { LiveState } from '../components/LiveState';
import { StatePanel } from '../components/StatePanel';
import { useGroundControlApi } from '../hooks/useGroundControlApi';
import { useLive } from '../hooks/useLive';
import { usePages } from '../hooks/usePages';
import { usePagesText } from '../hooks/usePagesText';
import { CompareSide } from '../lib/compareState';
import { writeParams } from '../lib/urlState';
import { HistoryLine } from './HistoryLine';

const PAGE = 25;

const nameOf = (id: ReleaseId) => `${id.environment}@${id.position}`;

/** The releases of a service, newest first, of one environment or of all. */
export function ReleaseHistory(props: {
  service: ServiceRef;
  environments: string[];
  /** The ticked releases that are known. */
  selected: (ReleaseId | undefined)[];
  /** How many are ticked. */
  count: number;
  onToggle(side: CompareSide): void;
  onClear(): void;
}) {
  const t = usePagesText();
  const api = useGroundControlApi();
  const [params, setParams] = useSearchParams();
  const { service, environments, onToggle } = props;
  const asked = params.get('env') ?? '';
  const environment = environments.includes(asked) ? asked : undefined;
  const key = `releases ${formatServiceRef(service)} ${environment ?? ''}`;
  const load = (before: string | undefined, signal: AbortSignal) =>
    api.getReleases(service, { environment, before, limit: PAGE }, signal);
  const live = useLive(key, signal => load(undefined, signal), [
    'releases',
    'commits',
  ]);
  const pages = usePages(key, live.data, nameOf, load);
  const ticked = new Set(
    props.selected.flatMap(side => (side ? [nameOf(side)] : [])),
  );
  return (
    <section className="gc-stack-tight">
      <div className="gc-toolbar gc-spread">
        <h3>{t('service.history')}</h3>
        <SelectField
          label={t('service.environment')}
          value={environment ?? ''}
          options={[['', t('service.all')], ...environments]}
          onChange={value =>
            setParams(before => writeParams({ env: value }, before), {
              replace: true,
            })
          }
        />
      </div>
      <p className="gc-small gc-quiet" role="status">
        {props.count === 1 ? t('service.compareOne') : t('service.compareHint')}{' '}
        {props.count > 0 && (
          <button
            type="button"
            className="gc-button gc-button-bare"
            onClick={props.onClear}
          >
            {t('service.clear')}
          </button>
        )}
      </p>
      <LiveState live={live} rows={6} rowHeight={64} />
      {live.data && pages.items.length === 0 && (
        <StatePanel status="not-released" title={t('service.none')} />
      )}
      {pages.items.length > 0 && (
        <>
          <ol className="gc-panel gc-history" style={{ padding: 0 }}>
            {pages.items.map(release => (
              <HistoryLine
                key={nameOf(release)}
                release={release}
                selected={ticked.has(nameOf(release))}
                withEnvironment={!environment}
                onToggle={() =>
                  onToggle({
                    environment: release.environment,
                    position: release.position,
                  })
                }
              />
            ))}
          </ol>
          <MoreButton
            pages={pages}
            label={t('service.older')}
            busyLabel={t('service.loadingOlder')}
            endLabel={t('service.end')}
          />
        </>
      )}
    </section>
  );
}
