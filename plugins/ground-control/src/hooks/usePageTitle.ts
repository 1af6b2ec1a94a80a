import { createContext, useContext, useEffect } from 'react';
import { usePagesText } from './usePagesText';

/**
 * Given by a page shell that sets the document's title itself; without one,
 * {@link useDocumentTitle} does.
 */
export const PageTitleContext = createContext<
  ((title: string) => void) | undefined
>(undefined);

/** Sets the document's title, until another page does. */
export function useDocumentTitle(title: string): void {
  const setTitle = useContext(PageTitleContext);
  useEffect(() => {
    if (setTitle) {
      setTitle(title);
      return undefined;
    }
    const before = document.title;
    document.title = title;
    return () => {
      document.title = before;
    };
  }, [title, setTitle]);
}

/** Names a page of releases in the document's title. */
export function usePageTitle(subject: string): void {
  const t = usePagesText();
  useDocumentTitle(t('page.documentTitle', { subject }));
}
