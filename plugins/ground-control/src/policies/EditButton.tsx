import { PolicyDocument } from '@ground-control/backstage-plugin-ground-control-common';
import { StatusGlyph } from '../components/StatusGlyph';
import { useLabelId } from '../hooks/useLabelId';

/** Opens a form, for who may; for others it says why not. */
export function EditButton(props: {
  label: string;
  document: PolicyDocument;
  onOpen(): void;
}) {
  const id = useLabelId();
  const { edit } = props.document;
  return (
    <div className="gc-stack-tight">
      <div>
        <button
          type="button"
          className="gc-button"
          aria-disabled={!edit.allowed}
          aria-describedby={edit.allowed ? undefined : id}
          onClick={() => edit.allowed && props.onOpen()}
        >
          {props.label}
        </button>
      </div>
      {!edit.allowed && (
        <p id={id} className="gc-small gc-wrap">
          <StatusGlyph status="locked" /> {edit.message}
        </p>
      )}
    </div>
  );
}
