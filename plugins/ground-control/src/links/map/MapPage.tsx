import { useEffect, useRef } from 'react';
import { useSearchParams } from 'react-router-dom';
import { LinkMatrix } from '@ground-control/backstage-plugin-ground-control-common';
import { LiveState } from '../../components/LiveState';
import { StatePanel } from '../../components/StatePanel';
import { FilterChips } from '../../components/FilterChips';
import { useFormat } from '../../hooks/useFormat';
import { useLinksText } from '../../hooks/useLinksText';
import { useLinksTitle } from '../../hooks/useLinksTitle';
import { writeParams } from '../../lib/urlState';
import { PageHeading } from '../../pages/PageHeading';
import { LinkTable } from '../LinkTable';
import { SourceStrip } from '../matrix/SourceStrip';
import { NoPlaces, PlaceFields } from '../PlaceFields';
import { useLinks } from '../useLinks';
import { useLinksState } from '../useLinksState';
import { usePlaces } from '../usePlaces';
import { WindowFields } from '../WindowFields';
import { decideCells, isTold } from './decideCells';
import { LinkMap } from './LinkMap';

function Content(props: {
  matrix: LinkMatrix;
  picked?: string;
  onPick(cluster: string | undefined): void;
}) {
  const t = useLinksText();
  const format = useFormat();
  const { matrix, picked, onPick } = props;
  const heading = useRef<HTMLHeadingElement>(null);
  const before = useRef(picked);
  useEffect(() => {
    // Who picked a cluster wants its list; on the first load nobody did.
    if (picked && picked !== before.current) heading.current?.focus();
    before.current = picked;
  }, [picked]);
  const told = matrix.cells.filter(isTold).length;
  const cells = decideCells(matrix.cells, picked);
  const unwell = decideCells(matrix.cells).length;
  const summary = told
    ? t('map.unwell', { count: unwell, links: format.number(told) })
    : t('matrix.none');
  const title = picked ? t('map.linksOf', { cluster: picked }) : summary;
  return (
    <>
      <SourceStrip clusters={matrix.clusters} />
      <LinkMap matrix={matrix} picked={picked} onPick={onPick} />
      <p className="gc-small gc-quiet">{t('map.hint')}</p>
      <div className="gc-row">
        <h3 ref={heading} tabIndex={-1}>
          {title}
        </h3>
        {picked && (
          <button
            type="button"
            className="gc-button"
            onClick={() => onPick(undefined)}
          >
            {t('map.onlyUnwell')}
          </button>
        )}
      </div>
      {cells.length > 0 && <LinkTable cells={cells} label={title} />}
      {picked && !cells.length && <p>{t('map.noLinks')}</p>}
    </>
  );
}

/** `/links/map`: where links aren't well, by provider; below it the same as a table. */
export function MapPage() {
  const t = useLinksText();
  useLinksTitle(t('page.map'));
  const { state, unknown, change } = useLinksState();
  const [params, setParams] = useSearchParams();
  const live = useLinks(state);
  const { data } = live;
  const places = usePlaces(data, state);
  const { matrix } = places;
  const picked = matrix?.clusters.find(
    ({ name }) => name === params.get('cluster'),
  )?.name;
  const pick = (cluster: string | undefined) =>
    setParams(before => writeParams({ cluster }, before), { replace: true });
  return (
    <>
      <PageHeading>{t('page.map')}</PageHeading>
      <div className="gc-toolbar">
        <WindowFields
          state={state}
          samples={Math.max(
            0,
            ...(matrix?.cells ?? []).map(cell => cell.samples),
          )}
          onChange={change}
        />
        <PlaceFields
          clusters={data?.clusters}
          state={places.known}
          onChange={change}
        />
      </div>
      <FilterChips
        unknown={[...unknown, ...places.unknown]}
        onDismiss={() => change(places.known)}
      />
      <LiveState live={live} rows={6} rowHeight={72} />
      {data && !data.clusters.length && (
        <StatePanel status="not-released" title={t('matrix.none')}>
          <p>{t('matrix.noneHow')}</p>
        </StatePanel>
      )}
      {matrix && data!.clusters.length > 0 && !matrix.clusters.length && (
        <NoPlaces onChange={change} />
      )}
      {matrix && matrix.clusters.length > 0 && (
        <Content matrix={matrix} picked={picked} onPick={pick} />
      )}
    </>
  );
}
