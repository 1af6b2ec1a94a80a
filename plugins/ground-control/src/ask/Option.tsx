import { ReactNode } from 'react';

/** One of several things to pick. */
export function Option(props: {
  /** The same for all of them. */
  name: string;
  picked: boolean;
  onPick(): void;
  /** It can be read, and not picked. */
  off?: boolean;
  children: ReactNode;
}) {
  const { picked, off } = props;
  return (
    <label
      className="gc-option"
      data-picked={picked || undefined}
      data-off={off || undefined}
    >
      <input
        type="radio"
        name={props.name}
        checked={picked}
        disabled={off}
        onChange={props.onPick}
      />
      <span className="gc-stack-tight">{props.children}</span>
    </label>
  );
}
