import { createContext, useContext, useEffect } from 'react';
import { usePagesText } from './usePagesText';

/**
 * Given by a page shell that sets the document's title itself; without one,
 * {@link usePageTitle} does.
 */
export const PageTitleContext = createContext<
  ((title: string) => void) | undefined
>(undefined);

/** Names the page in the document's title, until another does. */
export function usePageTitle(subject: string): void {
  const t = usePagesText();
  const title = t('page.documentTitle', { subject });
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
