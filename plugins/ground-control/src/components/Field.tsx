import { ReactNode } from 'react';
import { useLabelId } from '../hooks/useLabelId';
import { StatusGlyph } from './StatusGlyph';

/** What is said of a control, for whoever can't see where it stands. */
export interface ControlProps {
  id: string;
  'aria-invalid'?: true;
  'aria-describedby'?: string;
}

/** What every field has. */
export interface FieldProps {
  label: string;
  hint?: string;
  /** What is wrong with what is in it. */
  fault?: string;
  wide?: boolean;
  /** For who refers to it; its hint has the same with `-hint`. */
  id?: string;
}

/** A control with its label, what helps to fill it in, and what is wrong with it. */
export function Field(
  props: FieldProps & { children(control: ControlProps): ReactNode },
) {
  const own = useLabelId();
  const { id = own, label, hint, fault } = props;
  const describedBy = [fault && `${id}-fault`, hint && `${id}-hint`];
  return (
    <div className={props.wide ? 'gc-field gc-field-wide' : 'gc-field'}>
      <label htmlFor={id}>{label}</label>
      {props.children({
        id,
        'aria-invalid': fault ? true : undefined,
        'aria-describedby': describedBy.filter(Boolean).join(' ') || undefined,
      })}
      {fault && (
        <span id={`${id}-fault`} className="gc-small gc-bad gc-wrap">
          <StatusGlyph status="failed" /> {fault}
        </span>
      )}
      {hint && (
        <span id={`${id}-hint`} className="gc-small gc-quiet gc-wrap">
          {hint}
        </span>
      )}
    </div>
  );
}
