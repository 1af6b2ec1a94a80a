import { RefObject, useState } from 'react';
import { Board } from '@ground-control/backstage-plugin-ground-control-common';
import { SelectField } from '../components/SelectField';
import { TextField } from '../components/TextField';
import { PagesText, usePagesText } from '../hooks/usePagesText';
import { Text, useText } from '../hooks/useText';
import {
  BOARD_STATES,
  BoardState,
  DEFAULT_BOARD_STATE,
} from '../lib/boardState';
import { BoardView } from './decideView';
import { SquadSelect } from './SquadSelect';

/** Several of an URL, which the select shows and can't choose. */
const SEVERAL = ',';
const severalOf = (names: string[]) =>
  [SEVERAL, names.join(', '), { disabled: true }] as const;

/** The states that can occur, and the one that is asked for: without clusters there are few. */
function statesOf(board: Board, asked: BoardState['state']) {
  const watched = (environment: string) =>
    board.clusters.some(cluster => cluster.environment === environment);
  const possible: Partial<Record<BoardState['state'], boolean>> = {
    all: true,
    attention: true,
    problem: true,
    recorded: !board.environments.every(watched),
    'not-released': true,
    behind: true,
  };
  return BOARD_STATES.filter(
    state => state === asked || (possible[state] ?? board.clusters.length > 0),
  );
}

function nameOf(t: Text, pt: PagesText, state: BoardState['state']): string {
  switch (state) {
    case 'all':
      return pt('scope.all');
    case 'attention':
      return pt('toolbar.stateAttention');
    case 'blocked':
      return pt('toolbar.stateBlocked');
    case 'behind':
      return pt('toolbar.stateBehind');
    case 'recorded':
      return pt('toolbar.stateRecorded');
    default:
      return t(`status.${state}`);
  }
}

/** What is shown, and how; every choice lands in the URL. */
export function BoardToolbar(props: {
  board: Board;
  view: BoardView;
  state: BoardState;
  q: string;
  onType(q: string): void;
  onChange(part: Partial<BoardState>): void;
  filterRef: RefObject<HTMLInputElement>;
  withoutSquad: boolean;
  /** A narrow board has a switch of environments of its own. */
  withoutEnvironment: boolean;
  /** Where there is little room: what is seldom changed lies behind a button. */
  foldable: boolean;
}) {
  const t = useText();
  const pt = usePagesText();
  const { board, view, state, onChange } = props;
  const [open, setOpen] = useState(
    state.state !== DEFAULT_BOARD_STATE.state ||
      state.sort !== DEFAULT_BOARD_STATE.sort ||
      state.cluster.length > 0 ||
      state.group !== undefined,
  );
  const env = state.env.length === 1 ? state.env[0] : '';
  return (
    <div className="gc-toolbar">
      <TextField
        wide
        label={pt('toolbar.filter')}
        placeholder={pt('toolbar.filterPlaceholder')}
        value={props.q}
        onChange={props.onType}
        inputRef={props.filterRef}
      />
      {!props.withoutSquad && (
        <SquadSelect
          board={board}
          squad={view.squad}
          onChange={squad => onChange({ squad })}
        />
      )}
      {!props.withoutEnvironment && (
        <SelectField
          label={pt('scope.environment')}
          value={state.env.length > 1 ? SEVERAL : env}
          options={[
            ['', pt('scope.all')],
            state.env.length > 1 && severalOf(state.env),
            ...board.environments,
          ]}
          onChange={value => onChange({ env: value ? [value] : [] })}
        />
      )}
      {props.foldable && (
        <button
          type="button"
          className="gc-button gc-more"
          aria-expanded={open}
          onClick={() => setOpen(!open)}
        >
          {open ? pt('toolbar.fewerFilters') : pt('toolbar.moreFilters')}
        </button>
      )}
      {(open || !props.foldable) && (
        <>
          <SelectField
            label={pt('toolbar.state')}
            value={state.state}
            options={statesOf(board, state.state).map(
              value => [value, nameOf(t, pt, value)] as const,
            )}
            onChange={value => onChange({ state: value })}
          />
          {board.clusters.length > 0 && (
            <SelectField
              label={pt('toolbar.cluster')}
              value={
                state.cluster.length > 1 ? SEVERAL : state.cluster[0] ?? ''
              }
              options={[
                ['', pt('scope.all')],
                state.cluster.length > 1 && severalOf(state.cluster),
                ...board.clusters.map(({ name }) => name),
              ]}
              onChange={value => onChange({ cluster: value ? [value] : [] })}
            />
          )}
          {!props.withoutSquad && (
            <SelectField
              label={pt('toolbar.group')}
              value={view.grouped ? 'squad' : 'none'}
              options={[
                ['none', pt('toolbar.groupNone')],
                ['squad', pt('toolbar.groupSquad')],
              ]}
              onChange={value => onChange({ group: value })}
            />
          )}
          <SelectField
            label={pt('toolbar.sort')}
            value={state.sort}
            options={[
              ['attention', pt('toolbar.sortAttention')],
              ['name', pt('toolbar.sortName')],
              ['age', pt('toolbar.sortAge')],
              ['behind', pt('toolbar.sortBehind')],
            ]}
            onChange={value => onChange({ sort: value })}
          />
          <div className="gc-density">
            <SelectField
              label={pt('toolbar.density')}
              value={state.density}
              options={[
                ['regular', pt('toolbar.densityRegular')],
                ['compact', pt('toolbar.densityCompact')],
              ]}
              onChange={value => onChange({ density: value })}
            />
          </div>
        </>
      )}
    </div>
  );
}
