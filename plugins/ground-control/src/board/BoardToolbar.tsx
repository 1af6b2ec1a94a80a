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
      return pt('toolbar.stateAll');
    case 'attention':
      return pt('toolbar.stateAttention');
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
          label={pt('toolbar.environment')}
          value={state.env.length > 1 ? ',' : env}
          onChange={value => onChange({ env: value ? [value] : [] })}
        >
          <option value="">{pt('toolbar.allEnvironments')}</option>
          {state.env.length > 1 && (
            <option value="," disabled>
              {state.env.join(', ')}
            </option>
          )}
          {board.environments.map(name => (
            <option key={name} value={name}>
              {name}
            </option>
          ))}
        </SelectField>
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
            onChange={value =>
              onChange({ state: value as BoardState['state'] })
            }
          >
            {statesOf(board, state.state).map(value => (
              <option key={value} value={value}>
                {nameOf(t, pt, value)}
              </option>
            ))}
          </SelectField>
          {board.clusters.length > 0 && (
            <SelectField
              label={pt('toolbar.cluster')}
              value={state.cluster.length > 1 ? ',' : state.cluster[0] ?? ''}
              onChange={value => onChange({ cluster: value ? [value] : [] })}
            >
              <option value="">{pt('toolbar.allClusters')}</option>
              {state.cluster.length > 1 && (
                <option value="," disabled>
                  {state.cluster.join(', ')}
                </option>
              )}
              {board.clusters.map(({ name }) => (
                <option key={name} value={name}>
                  {name}
                </option>
              ))}
            </SelectField>
          )}
          {!props.withoutSquad && (
            <SelectField
              label={pt('toolbar.group')}
              value={view.grouped ? 'squad' : 'none'}
              onChange={value =>
                onChange({ group: value === 'squad' ? 'squad' : 'none' })
              }
            >
              <option value="none">{pt('toolbar.groupNone')}</option>
              <option value="squad">{pt('toolbar.groupSquad')}</option>
            </SelectField>
          )}
          <SelectField
            label={pt('toolbar.sort')}
            value={state.sort}
            onChange={value => onChange({ sort: value as BoardState['sort'] })}
          >
            <option value="attention">{pt('toolbar.sortAttention')}</option>
            <option value="name">{pt('toolbar.sortName')}</option>
            <option value="age">{pt('toolbar.sortAge')}</option>
            <option value="behind">{pt('toolbar.sortBehind')}</option>
          </SelectField>
          <div className="gc-density">
            <SelectField
              label={pt('toolbar.density')}
              value={state.density}
              onChange={value =>
                onChange({
                  density: value === 'compact' ? 'compact' : 'regular',
                })
              }
            >
              <option value="regular">{pt('toolbar.densityRegular')}</option>
              <option value="compact">{pt('toolbar.densityCompact')}</option>
            </SelectField>
          </div>
        </>
      )}
    </div>
  );
}
