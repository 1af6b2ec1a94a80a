import { useLinksText } from './useLinksText';
import { useDocumentTitle } from './usePageTitle';

/** Names a page of links in the document's title. */
export function useLinksTitle(subject: string): void {
  const t = useLinksText();
  useDocumentTitle(t('page.documentTitle', { subject }));
}
