import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { useLocation, useNavigate } from 'react-router-dom';
import {
  Board as BoardData,
  formatServiceRef,
} from '@ground-control/backstage-plugin-ground-control-common';
import { SelectionBar } from '../ask/SelectionBar';
import { useOpenForm } from '../ask/useOpenForm';
import { useSelection } from '../ask/useSelection';
import { DataGrid } from '../components/DataGrid';
import { FilterChips } from '../components/FilterChips';
import { useElementWidth } from '../hooks/useElementWidth';
import { useFormat } from '../hooks/useFormat';
import { usePagesText } from '../hooks/usePagesText';
import { useSettled } from '../hooks/useSettled';
import { useSearchText } from '../hooks/useSearchText';
import { useTextScale } from '../hooks/useTextScale';
import { formatBoardState, OpenCell } from '../lib/boardState';
import { formatSharedSearch } from '../lib/formatSharedSearch';
import { BoardItem } from '../lib/groupRows';
import { FormKind } from '../lib/openForm';
import { UnknownFilter } from '../lib/urlState';
import { BoardEmpty } from './BoardEmpty';
import { BoardGroupHeader } from './BoardGroupHeader';
import { BoardSheets } from './BoardSheets';
import { BoardSummary } from './BoardSummary';
import { BoardToolbar } from './BoardToolbar';
import { decideRows } from './decideRows';
import { decideView } from './decideView';
import { CopyLinkButton } from './CopyLinkButton';
import { EnvironmentSwitch } from './EnvironmentSwitch';
import { BoardLayout, useBoardColumns, widthOfPips } from './useBoardColumns';
import { useBoardKeys } from './useBoardKeys';
import { useBoardState } from './useBoardState';
import { useCoarsePointer } from './useCoarsePointer';
import { useKeptOrder } from './useKeptOrder';

function layoutOf(width: number | undefined): BoardLayout {
  if (width === undefined || width >= 880) return 'wide';
  if (width >= 690) return 'snug';
  return width >= 488 ? 'medium' : 'narrow';
}

/** What is typed is on the screen before the rows follow it. */
const TYPING_MS = 50;
/** The least height of what fingers touch. */
const TARGET_PX = 44;
/** Long enough to read a few words. */
const MESSAGE_MS = 8_000;

function dropUnknown(
  unknown: UnknownFilter[],
): Record<string, undefined | string[]> {
  const keys = new Set(unknown.map(({ key }) => key));
  return {
    ...(keys.has('squad') && { squad: undefined }),
    ...(keys.has('env') && { env: [] }),
    ...(keys.has('cluster') && { cluster: [] }),
  };
}

/** The board of one answer of the backend: toolbar, grid and side sheet. */
export function Board(props: { board: BoardData; squad?: string }) {
  const pt = usePagesText();
  const format = useFormat();
  const navigate = useNavigate();
  const { board, squad: fixedSquad } = props;
  const { state, filters, unknown, change } = useBoardState();
  const commitText = useCallback((q: string) => change({ q }), [change]);
  const [q, setQ] = useSearchText(state.q, commitText);
  const filterText = useSettled(q, TYPING_MS);
  const [collapsed, setCollapsed] = useState<Set<string>>(new Set());
  const [message, setMessage] = useState('');
  const rootRef = useRef<HTMLDivElement>(null);
  const filterRef = useRef<HTMLInputElement>(null);
  const scale = useTextScale();
  const width = useElementWidth(rootRef);
  const coarse = useCoarsePointer();

  const chosen = useMemo(
    () => decideRows(board, filters, fixedSquad),
    [board, filters, fixedSquad],
  );
  const view = useMemo(
    () =>
      decideView(board, chosen, {
        q: filterText,
        collapsed,
        group: filters.group,
      }),
    [board, chosen, filterText, collapsed, filters.group],
  );
  const layout = layoutOf(
    width && width / scale - widthOfPips(board, view.scope.columns),
  );
  const asked = `${formatBoardState({ ...filters, q: filterText })} ${[
    ...collapsed,
  ]}`;
  const kept = useKeptOrder(view.items, asked);

  const columns = useMemo(() => {
    const all = view.scope.columns;
    if (layout !== 'narrow') return all;
    const shown = board.environments.indexOf(state.column ?? '');
    return all.includes(shown) ? [shown] : all.slice(-1);
  }, [layout, view.scope.columns, state.column, board.environments]);

  // Where the focus was when the sheet was opened, and whether Back closes it.
  const opener = useRef<{ element: Element | null; pushed: boolean }>();
  const onOpen = useCallback(
    (open: OpenCell) => {
      opener.current = { element: document.activeElement, pushed: true };
      change({ open }, { push: true });
    },
    [change],
  );
  // The request was opened from the cell, and gives its place back.
  const within = useLocation().state?.within;
  const onClose = useCallback(() => {
    if (opener.current?.pushed || within) navigate(-1);
    else change({ open: undefined });
  }, [change, navigate, within]);
  const isOpen = Boolean(state.open);
  useEffect(() => {
    if (isOpen) return;
    (opener.current?.element as HTMLElement | undefined)?.focus?.();
    opener.current = undefined;
  }, [isOpen]);

  const forms = useOpenForm();
  const openForm = forms.open;
  const onForm = useCallback(
    (kind: FormKind, { service, environment }: OpenCell) =>
      openForm({ kind, environment, service: formatServiceRef(service) }),
    [openForm],
  );
  const selection = useSelection();
  const closeAll = () => {
    if (state.open || forms.form) change({ open: undefined });
  };

  const keys = useBoardKeys({
    board,
    isOpen: isOpen || Boolean(forms.form),
    onClose: forms.form ? forms.close : onClose,
    onForm,
    onApply: kept.apply,
    onMessage: setMessage,
    filterRef,
  });
  const refs = view.squad === 'mine' ? board.mine : view.squad;
  const gridColumns = useBoardColumns({
    board,
    columns,
    grouped: view.grouped,
    oneSquad: Array.isArray(refs) && refs.length === 1,
    layout,
    scale,
    onOpen,
    marked: keys.marked,
    selection,
  });
  const isMarked = Boolean(keys.marked);
  useEffect(() => {
    if (!message || isMarked) return undefined;
    const timer = setTimeout(() => setMessage(''), MESSAGE_MS);
    return () => clearTimeout(timer);
  }, [message, isMarked]);
  const onToggle = useCallback(
    (key: string) =>
      setCollapsed(before => {
        const after = new Set(before);
        if (!after.delete(key)) after.add(key);
        return after;
      }),
    [],
  );
  const renderWide = useCallback(
    (item: BoardItem) =>
      item.kind === 'group'
        ? (focus: Parameters<typeof BoardGroupHeader>[0]['focus']) => (
            <BoardGroupHeader group={item} focus={focus} onToggle={onToggle} />
          )
        : undefined,
    [onToggle],
  );
  const fine = state.density === 'compact' ? 32 : 36;
  const rowHeight = Math.round(Math.max(fine * scale, coarse ? TARGET_PX : 0));
  const allUnknown = [...unknown, ...view.unknown];
  return (
    <div ref={rootRef} className="gc-board" data-layout={layout}>
      <BoardToolbar
        board={board}
        view={view}
        state={state}
        q={q}
        onType={setQ}
        onChange={change}
        filterRef={filterRef}
        withoutSquad={fixedSquad !== undefined}
        withoutEnvironment={layout === 'narrow'}
        foldable={layout === 'narrow'}
      />
      <FilterChips
        unknown={allUnknown}
        onDismiss={() => change(dropUnknown(view.unknown))}
      />
      {layout === 'narrow' && view.scope.columns.length > 1 && (
        <EnvironmentSwitch
          environments={view.scope.columns.map(
            index => board.environments[index],
          )}
          value={board.environments[columns[0]]}
          onChange={column => change({ column })}
        />
      )}
      <BoardSummary
        view={view}
        state={state.state}
        clusters={board.clusters.length > 0}
        onState={wanted => change({ state: wanted })}
        changed={kept.changed}
        onApply={kept.apply}
        message={message}
        format={format}
        tools={
          <>
            <button
              type="button"
              className="gc-button gc-button-bare"
              aria-pressed={selection.on}
              onClick={selection.toggle}
            >
              {pt('ask.select')}
            </button>
            <CopyLinkButton
              onMessage={setMessage}
              search={() =>
                formatSharedSearch(
                  { ...state, q },
                  { squad: view.squad, mine: board.mine, fixedSquad },
                  new URLSearchParams(window.location.search),
                )
              }
            />
          </>
        }
      />
      {selection.on && (
        <SelectionBar
          selection={selection}
          services={board.rows
            .map(({ service }) => service)
            .filter(selection.has)}
          environments={board.environments}
          mainBranch={board.mainBranch}
          onOpen={closeAll}
        />
      )}
      {kept.items.length ? (
        <div {...kept.handlers}>
          <DataGrid
            label={pt('board.heading')}
            items={kept.items}
            columns={gridColumns}
            rowHeight={rowHeight}
            headerHeight={Math.round(36 * scale)}
            renderWide={renderWide}
            onKey={keys.onKey}
          />
        </div>
      ) : (
        <BoardEmpty
          view={view}
          known={board.rows.length}
          onShowAll={() => {
            setQ('');
            change({
              q: '',
              state: 'all',
              env: [],
              cluster: [],
              squad: fixedSquad ? undefined : 'all',
            });
          }}
        />
      )}
      <BoardSheets
        board={board}
        open={state.open}
        forms={forms}
        onForm={onForm}
        onClose={onClose}
      />
    </div>
  );
}
