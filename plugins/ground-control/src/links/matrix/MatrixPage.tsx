import { useMemo } from 'react';
import { LinkMatrix } from '@ground-control/backstage-plugin-ground-control-common';
import { RelativeTime } from '../../components/RelativeTime';
import { LiveState } from '../../components/LiveState';
import { StatePanel } from '../../components/StatePanel';
import { StatusGlyph } from '../../components/StatusGlyph';
import { FilterChips } from '../../components/FilterChips';
import { useFormat } from '../../hooks/useFormat';
import { useLinksText } from '../../hooks/useLinksText';
import { useLinksTitle } from '../../hooks/useLinksTitle';
import { usePagesText } from '../../hooks/usePagesText';
import { PageHeading } from '../../pages/PageHeading';
import { describeCalls, describeSquads } from '../calls/describeCalls';
import { formatLinksState, LinksState } from '../linksState';
import { isTold } from '../map/decideCells';
import { NoPlaces } from '../PlaceFields';
import { useLinks } from '../useLinks';
import { useLinksState } from '../useLinksState';
import { usePlaces } from '../usePlaces';
import { decideMatrix, isBad } from './decideMatrix';
import { MatrixLegend } from './MatrixLegend';
import { MatrixTable } from './MatrixTable';
import { MatrixToolbar } from './MatrixToolbar';
import { ProviderToggles } from './ProviderToggles';
import { SourceStrip } from './SourceStrip';
import { TrustNotices } from './TrustNotices';
import { useLens } from './useLens';

function Content(props: {
  matrix: LinkMatrix;
  state: LinksState;
  lens: ReturnType<typeof useLens>;
  onChange(part: Partial<LinksState>): void;
}) {
  const t = useLinksText();
  const format = useFormat();
  const { matrix, state, lens, onChange } = props;
  const { axis, onlyBad, open } = state;
  const openKey = open.join('\n');
  const layout = useMemo(
    () =>
      decideMatrix(
        matrix,
        { axis, onlyBad, open: openKey ? openKey.split('\n') : [] },
        lens.callsOf,
      ),
    [matrix, axis, onlyBad, openKey, lens.callsOf],
  );
  return (
    <>
      <SourceStrip clusters={matrix.clusters} />
      <TrustNotices trust={matrix.trust} />
      <ProviderToggles
        providers={layout.providers}
        open={open}
        onChange={next => onChange({ open: next })}
      />
      {layout.rows.length > 0 ? (
        <MatrixTable
          matrix={matrix}
          layout={layout}
          state={state}
          search={formatLinksState(state).toString()}
          squads={lens.calls && describeSquads(t, format, lens.calls.squads)}
          onOpenProviders={names =>
            onChange({ open: [...new Set([...open, ...names])] })
          }
        />
      ) : (
        <StatePanel
          status="fine"
          title={t('matrix.allWell')}
          action={{
            label: t('matrix.showAll'),
            onClick: () => onChange({ onlyBad: false }),
          }}
        />
      )}
      <MatrixLegend cells={matrix.cells} scale={state.scale} />
    </>
  );
}

/** `/links`: every link, from each cluster to each other. */
export function MatrixPage() {
  const t = useLinksText();
  const pt = usePagesText();
  const format = useFormat();
  useLinksTitle(t('page.matrix'));
  const { state, unknown, change } = useLinksState();
  const live = useLinks(state);
  const lens = useLens(state.squad);
  const { data } = live;
  const places = usePlaces(data, state);
  const { matrix } = places;
  const told = matrix?.cells.filter(isTold) ?? [];
  const empty =
    data &&
    !data.cells.length &&
    data.clusters.every(({ source }) => source.state === 'none');
  const tooFew =
    told.some(({ samples }) => samples > 0) &&
    told.every(({ enough, samples }) => !samples || !enough);
  return (
    <>
      <div className="gc-row gc-spread">
        <PageHeading>{t('matrix.heading')}</PageHeading>
        {live.receivedAt && (
          <span className="gc-quiet gc-small">
            {pt('age.updatedShort')} <RelativeTime at={live.receivedAt} />
          </span>
        )}
      </div>
      {lens.calls && (
        <p className="gc-strong">
          {describeCalls(t, format, lens.calls) ??
            t('calls.empty', {
              squads: describeSquads(t, format, lens.calls.squads),
            })}
        </p>
      )}
      {lens.error !== undefined && !lens.calls && (
        <p className="gc-banner gc-banner-warn" role="status">
          <StatusGlyph status="unknown" /> {t('matrix.lensFailed')}
        </p>
      )}
      {told.length > 0 && (
        <p role="status">
          {t('matrix.summary', {
            bad: format.number(told.filter(isBad).length),
            count: told.length,
          })}
        </p>
      )}
      <MatrixToolbar
        matrix={matrix}
        clusters={data?.clusters}
        state={{ ...state, ...places.known }}
        onChange={change}
      />
      <FilterChips
        unknown={[...unknown, ...places.unknown]}
        onDismiss={() => change(places.known)}
      />
      {tooFew && (
        <p className="gc-banner">
          <StatusGlyph status="unknown" />
          <span className="gc-wrap">
            {t('matrix.tooFew', { percentile: state.percentile })}
          </span>
        </p>
      )}
      <LiveState live={live} rows={8} rowHeight={44} />
      {empty && (
        <StatePanel status="not-released" title={t('matrix.none')}>
          <p>{t('matrix.noneHow')}</p>
        </StatePanel>
      )}
      {matrix && !empty && !matrix.clusters.length && (
        <NoPlaces onChange={change} />
      )}
      {matrix && !empty && matrix.clusters.length > 0 && (
        <Content matrix={matrix} state={state} lens={lens} onChange={change} />
      )}
    </>
  );
}
