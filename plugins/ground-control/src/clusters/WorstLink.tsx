import { LinkMatrix } from '@ground-control/backstage-plugin-ground-control-common';
import { PageLink } from '../components/PageLink';
import { useLinksPath } from '../hooks/useLinksPath';
import { useLinksText } from '../hooks/useLinksText';
import { usePagesText } from '../hooks/usePagesText';
import { LinkStateGlyph } from '../links/LinkStateGlyph';
import { sortWorstFirst } from '../links/map/decideCells';

/** The worst of the links from and to a cluster, and the way to all of them. */
export function WorstLink(props: {
  cluster: string;
  /** Absent until it was read. */
  links?: LinkMatrix;
}) {
  const t = usePagesText();
  const lt = useLinksText();
  const paths = useLinksPath();
  const { cluster, links } = props;
  // Where nobody has links, they needn't be spoken of.
  if (!links?.cells.length) return null;
  const [worst] = sortWorstFirst(
    links.cells.filter(
      ({ from, to, state }) =>
        state !== 'not-linked' && (from === cluster || to === cluster),
    ),
  );
  if (!worst) {
    return <span className="gc-quiet gc-small">{lt('map.noLinks')}</span>;
  }
  return (
    <span className="gc-targets">
      <PageLink
        to={`${paths.map}?${new URLSearchParams({ cluster })}`}
        title={lt('link.name', worst)}
      >
        <span className="gc-chip gc-link" data-state={worst.state}>
          <LinkStateGlyph state={worst.state} />{' '}
          {t('clusters.worstLink', { state: lt(`state.${worst.state}`) })}
        </span>
      </PageLink>
    </span>
  );
}
