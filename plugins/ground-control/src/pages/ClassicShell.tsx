import { ReactNode, useState } from 'react';
import { Content, Header, Page } from '@backstage/core-components';
import { PageTitleContext } from '../hooks/usePageTitle';

/** Pages in the shell of the classic frontend system, which sets the document's title itself. */
export function ClassicShell(props: { title: string; children: ReactNode }) {
  const { title } = props;
  const [documentTitle, setDocumentTitle] = useState(title);
  return (
    <Page themeId="tool">
      <Header title={title} pageTitleOverride={documentTitle} />
      <Content noPadding>
        <PageTitleContext.Provider value={setDocumentTitle}>
          {props.children}
        </PageTitleContext.Provider>
      </Content>
    </Page>
  );
}
