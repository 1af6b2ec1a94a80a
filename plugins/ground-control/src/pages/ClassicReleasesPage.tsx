import { useState } from 'react';
import { Content, Header, Page } from '@backstage/core-components';
import { PageTitleContext } from '../hooks/usePageTitle';
import { useText } from '../hooks/useText';
import { ReleasesRouter } from './ReleasesRouter';

/** The pages in the shell of the classic frontend system. */
export function ClassicReleasesPage() {
  const t = useText();
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
