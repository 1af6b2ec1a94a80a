import { FocusProps } from '../components/DataGrid';
import { StateCount } from '../components/StateCount';
import { usePagesText } from '../hooks/usePagesText';
import { useText } from '../hooks/useText';
import { GroupItem } from '../lib/groupRows';

const LOUD = [
  'problem',
  'failed',
  'drifted',
  'suspended',
  'unknown',
  'stale',
  'rolling-out',
] as const;
const QUIET = ['blocked', 'presence', 'behind'] as const;

/** A squad's header: its name, and counts that speak while it is collapsed. */
export function BoardGroupHeader(props: {
  group: GroupItem;
  focus: FocusProps;
  onToggle(key: string): void;
}) {
  const t = useText();
  const pt = usePagesText();
  const { group, focus, onToggle } = props;
  const { counts } = group;
  return (
    <button
      type="button"
      {...focus}
      className="gc-grid-control gc-group"
      aria-expanded={!group.collapsed}
      onClick={() => onToggle(group.key)}
    >
      <svg
        className="gc-chevron"
        viewBox="0 0 14 14"
        aria-hidden="true"
        focusable="false"
      >
        <path
          d="M3.5 5l3.5 4 3.5-4"
          fill="none"
          stroke="currentColor"
          strokeWidth="1.5"
        />
      </svg>
      <span className="gc-strong gc-clip">
        {group.squad ? group.title : pt('board.noSquad')}
      </span>{' '}
      {group.squad && !group.inCatalog && (
        <span className="gc-chip">{pt('board.repositoryOnly')}</span>
      )}{' '}
      <span className="gc-quiet gc-small">
        {t('board.services', { count: group.services })}
      </span>{' '}
      {LOUD.map(
        state =>
          counts[state] > 0 && (
            <span key={state} className="gc-small gc-group-count">
              <StateCount state={state} count={counts[state]} />{' '}
            </span>
          ),
      )}
      {QUIET.map(
        state =>
          counts[state] > 0 && (
            <span key={state} className="gc-small gc-quiet gc-group-count">
              {t(`tally.${state}`, { count: counts[state] })}{' '}
            </span>
          ),
      )}
    </button>
  );
}
