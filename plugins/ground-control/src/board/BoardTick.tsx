import { FocusProps } from '../components/DataGrid';

/** Ticks a row; the whole cell is its target. */
export function BoardTick(
  props: FocusProps & { label: string; ticked: boolean; onTick(): void },
) {
  const { label, ticked, onTick, ...focus } = props;
  return (
    <span className="gc-grid-control">
      <input
        type="checkbox"
        className="gc-row-tick"
        aria-label={label}
        checked={ticked}
        onChange={onTick}
        {...focus}
      />
    </span>
  );
}
