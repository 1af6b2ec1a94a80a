import { KeyboardEvent, RefObject, useCallback, useState } from 'react';
import { useNavigate } from 'react-router-dom';
import { useEntityRefLink } from '@backstage/plugin-catalog-react';
import {
  Board,
  formatServicePath,
} from '@ground-control/backstage-plugin-ground-control-common';
import { useReleasesPath } from '../hooks/useReleasesPath';
import { usePagesText } from '../hooks/usePagesText';
import { OpenCell } from '../lib/boardState';
import { copyText } from '../lib/copyText';
import { BoardItem } from '../lib/groupRows';
import { FormKind } from '../lib/openForm';

/** The keys of the board, beside those that move: c, x, o, u, r, b, /, Esc. */
export function useBoardKeys(options: {
  board: Board;
  isOpen: boolean;
  onClose(): void;
  onApply(): void;
  onMessage(message: string): void;
  onForm(kind: FormKind, cell: OpenCell): void;
  filterRef: RefObject<HTMLInputElement>;
}) {
  const t = usePagesText();
  const navigate = useNavigate();
  const paths = useReleasesPath();
  const entityLink = useEntityRefLink();
  const [marked, setMarked] = useState<OpenCell>();
  const { board, isOpen, onClose, onApply, onMessage, onForm, filterRef } =
    options;

  const mark = useCallback(
    (cell: OpenCell) => {
      const sameService =
        marked &&
        formatServicePath(marked.service) === formatServicePath(cell.service);
      if (sameService && marked.environment !== cell.environment) {
        const sides = { from: marked.environment, to: cell.environment };
        navigate(
          `${paths.service(cell.service)}?${new URLSearchParams(sides)}`,
        );
        return;
      }
      setMarked(sameService ? undefined : cell);
      onMessage(
        sameService
          ? ''
          : t('board.marked', {
              service: cell.service.name,
              environment: cell.environment,
            }),
      );
    },
    [marked, navigate, paths, onMessage, t],
  );

  const onKey = (
    event: KeyboardEvent,
    item: BoardItem,
    column: string,
  ): boolean => {
    const environment = column.startsWith('env:') ? column.slice(4) : undefined;
    const row = item.kind === 'row' ? item.row : undefined;
    switch (event.key) {
      case 'Escape':
        if (isOpen) onClose();
        return isOpen;
      case 'u':
      case 'U':
        onApply();
        return true;
      case '/':
        filterRef.current?.focus();
        return true;
      case 'o':
        if (row?.entityRef) navigate(entityLink(row.entityRef));
        return Boolean(row?.entityRef);
      case 'x':
        if (row && environment) mark({ service: row.service, environment });
        return Boolean(row && environment);
      case 'r':
      case 'b':
        if (row && environment) {
          onForm(event.key === 'r' ? 'ask' : 'rollback', {
            service: row.service,
            environment,
          });
        }
        return Boolean(row && environment);
      case 'c': {
        const index = board.environments.indexOf(environment ?? '');
        const id = row?.cells[index]?.artifactId;
        if (!id) return false;
        copyText(id).then(copied =>
          onMessage(copied ? t('board.copied', { id }) : t('board.notCopied')),
        );
        return true;
      }
      default:
        return false;
    }
  };
  return { onKey, marked };
}
