import {
  Board,
  parseServiceRef,
} from '@ground-control/backstage-plugin-ground-control-common';
import { FormSheet } from '../ask/FormSheet';
import { useOpenForm } from '../ask/useOpenForm';
import { OpenCell } from '../lib/boardState';
import { FormKind } from '../lib/openForm';
import { CellSheet } from './CellSheet';

/** What stands at the side of the board: a form, or else the open cell. */
export function BoardSheets(props: {
  board: Board;
  cell?: OpenCell;
  forms: ReturnType<typeof useOpenForm>;
  onForm(kind: FormKind, cell: OpenCell): void;
  onClose(): void;
}) {
  const { board, cell, forms, onForm } = props;
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
  if (!cell) return null;
  return (
    <CellSheet
      cell={cell}
      onClose={props.onClose}
      onForm={kind => onForm(kind, cell)}
    />
  );
}
