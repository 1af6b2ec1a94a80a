import { RefObject, useState } from 'react';
import { Board } from '@ground-control/backstage-plugin-ground-control-common';
import { SelectField } from '../components/SelectField';
import { TextField } from '../components/TextField';
import { useText } from '../hooks/useText';
import { BoardState, DEFAULT_BOARD_STATE } from '../lib/boardState';
import { BoardView } from './decideView';
import { SquadSelect } from './SquadSelect';

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
  const { board, view, state, onChange } = props;
  const [open, setOpen] = useState(
    state.state !== DEFAULT_BOARD_STATE.state ||
      state.sort !== DEFAULT_BOARD_STATE.sort ||
      state.group !== undefined,
  );
  const env = state.env.length === 1 ? state.env[0] : '';
  return (
    <div className="gc-toolbar">
      <TextField
        wide
        label={t('board.filter')}
        placeholder={t('board.filterPlaceholder')}
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
          label={t('board.environment')}
          value={state.env.length > 1 ? ',' : env}
          onChange={value => onChange({ env: value ? [value] : [] })}
        >
          <option value="">{t('board.allEnvironments')}</option>
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
          {open ? t('board.fewerFilters') : t('board.moreFilters')}
        </button>
      )}
      {(open || !props.foldable) && (
        <>
          <SelectField
            label={t('board.state')}
            value={state.state}
            onChange={value =>
              onChange({ state: value === 'attention' ? 'attention' : 'all' })
            }
          >
            <option value="all">{t('board.stateAll')}</option>
            <option value="attention">{t('board.stateAttention')}</option>
          </SelectField>
          {!props.withoutSquad && (
            <SelectField
              label={t('board.group')}
              value={view.grouped ? 'squad' : 'none'}
              onChange={value =>
                onChange({ group: value === 'squad' ? 'squad' : 'none' })
              }
            >
              <option value="none">{t('board.groupNone')}</option>
              <option value="squad">{t('board.groupSquad')}</option>
            </SelectField>
          )}
          <SelectField
            label={t('board.sort')}
            value={state.sort}
            onChange={value => onChange({ sort: value as BoardState['sort'] })}
          >
            <option value="attention">{t('board.sortAttention')}</option>
            <option value="name">{t('board.sortName')}</option>
            <option value="age">{t('board.sortAge')}</option>
            <option value="behind">{t('board.sortBehind')}</option>
          </SelectField>
          <div className="gc-density">
            <SelectField
              label={t('board.density')}
              value={state.density}
              onChange={value =>
                onChange({
                  density: value === 'compact' ? 'compact' : 'regular',
                })
              }
            >
              <option value="regular">{t('board.densityRegular')}</option>
              <option value="compact">{t('board.densityCompact')}</option>
            </SelectField>
          </div>
        </>
      )}
    </div>
  );
}
