import { useLinksText } from '../../hooks/useLinksText';
import { describeError } from '../../lib/describeError';
import { LinkTable } from '../LinkTable';
import { DEFAULT_LINKS_STATE } from '../linksState';
import { decideCells } from '../map/decideCells';
import { useLinks } from '../useLinks';

/** The links from and to a cluster, the worst first. */
export function ClusterLinks(props: { cluster: string }) {
  const t = useLinksText();
  const { data, error } = useLinks(DEFAULT_LINKS_STATE);
  const cells = data && decideCells(data.cells, props.cluster);
  if (!cells && error === undefined) return null;
  return (
    <section className="gc-panel gc-stack-tight">
      <h3>{t('entity.inAndOut')}</h3>
      {!cells && (
        <p className="gc-quiet gc-wrap">
          {t('entity.notLoaded', { message: describeError(error).message })}
        </p>
      )}
      {cells?.length === 0 && <p>{t('map.noLinks')}</p>}
      {cells && cells.length > 0 && (
        <LinkTable cells={cells} label={t('entity.inAndOut')} />
      )}
    </section>
  );
}
