import { useLinksText } from '../hooks/useLinksText';
import { ClassicShell } from '../pages/ClassicShell';
import { LinksRouter } from './LinksRouter';

/** The pages of links in the shell of the classic frontend system. */
export function ClassicLinksPage() {
  const t = useLinksText();
  return (
    <ClassicShell title={t('page.title')}>
      <LinksRouter />
    </ClassicShell>
  );
}
