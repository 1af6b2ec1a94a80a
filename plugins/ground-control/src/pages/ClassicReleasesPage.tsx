import { useState } from 'react';
import { Content, Header, Page } from '@backstage/core-components';
import { PageTitleContext } from '../hooks/usePageTitle';
import { usePagesText } from '../hooks/usePagesText';
import { ReleasesRouter } from './ReleasesRouter';

/** The pages in the shell of the classic frontend system. */
export function ClassicReleasesPage() {
  const t = usePagesText();
  const title = t('page.title');
  const [documentTitle, setDocumentTitle] = useState<string>(title);
  return (
    <Page themeId="tool">
      <Header title={title} pageTitleOverride={documentTitle} />
      <Content noPadding>
        <PageTitleContext.Provider value={setDocumentTitle}>
          <ReleasesRouter />
        </PageTitleContext.Provider>
      </Content>
    </Page>
  );
}
