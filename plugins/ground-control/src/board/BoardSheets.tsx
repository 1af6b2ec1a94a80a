import { lazy, Suspense } from 'react';
import {
  Board,
  parseServiceRef,
} from '@ground-control/backstage-plugin-ground-control-common';
import { FormSheet } from '../ask/FormSheet';
import { useOpenForm } from '../ask/useOpenForm';
import { SideSheet } from '../components/SideSheet';
import { LoadingPanel } from '../components/StatePanel';
import { PageTitleContext } from '../hooks/usePageTitle';
import { OpenCell, OpenRequest } from '../lib/boardState';
import { FormKind } from '../lib/openForm';
import { CellSheet } from './CellSheet';

const OpenedRequest = lazy(() =>
  import('../chunks/requests').then(m => ({ default: m.OpenedRequest })),
);
const keepTitle = () => {};

/** A request as its page has it; the page's title stays the board's. */
function RequestSheet(props: { id: string; onClose(): void }) {
  const { id, onClose } = props;
  return (
    <SideSheet subject={id} heading={id} onClose={onClose}>
      <PageTitleContext.Provider value={keepTitle}>
        <Suspense fallback={<LoadingPanel rows={10} />}>
          <OpenedRequest id={id} />
        </Suspense>
      </PageTitleContext.Provider>
    </SideSheet>
  );
}

/** What stands at the side of the board: a form, or else the open cell or request. */
export function BoardSheets(props: {
  board: Board;
  open?: OpenCell | OpenRequest;
  forms: ReturnType<typeof useOpenForm>;
  onForm(kind: FormKind, cell: OpenCell): void;
  onClose(): void;
}) {
  const { board, open, forms, onForm, onClose } = props;
  const cell = open && !('request' in open) ? open : undefined;
  const { form } = forms;
  const service = form?.service ? parseServiceRef(form.service) : cell?.service;
  if (form && service) {
    return (
      <FormSheet
        form={form}
        service={service}
        environments={board.environments}
        onEnvironment={environment => forms.change({ ...form, environment })}
        onClose={forms.close}
      />
    );
  }
  if (open && 'request' in open) {
    return <RequestSheet id={open.request} onClose={onClose} />;
  }
  if (!cell) return null;
  return (
    <CellSheet
      cell={cell}
      onClose={onClose}
      onForm={kind => onForm(kind, cell)}
    />
  );
}
