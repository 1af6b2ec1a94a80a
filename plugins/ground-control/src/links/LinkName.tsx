import { PageLink } from '../components/PageLink';
import { useLinksPath } from '../hooks/useLinksPath';
import { useLinksText } from '../hooks/useLinksText';

/** A link by the names of its ends, in the direction of the calls; it leads to its own page. */
export function LinkName(props: { from: string; to: string }) {
  const t = useLinksText();
  const { from, to } = props;
  return (
    <PageLink to={useLinksPath().pair(from, to)}>
      {t('link.name', { from, to })}
    </PageLink>
  );
}
