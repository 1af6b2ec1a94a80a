import { ReactNode } from 'react';
import { useLabelId } from '../hooks/useLabelId';

/** A select with its label. */
export function SelectField(props: {
  label: string;
  value: string;
  onChange(value: string): void;
  children: ReactNode;
}) {
  const id = useLabelId();
  return (
    <div className="gc-field">
      <label htmlFor={id}>{props.label}</label>
      <select
        id={id}
        className="gc-select"
        value={props.value}
        onChange={event => props.onChange(event.target.value)}
      >
        {props.children}
      </select>
    </div>
  );
}
