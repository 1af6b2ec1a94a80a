import { useState } from 'react';
import {
  PolicyChanged,
  PolicyEdit,
  PolicyPreview,
} from '@ground-control/backstage-plugin-ground-control-common';
import { useAction } from '../hooks/useAction';
import { Field } from '../components/Field';
import { StatusGlyph } from '../components/StatusGlyph';
import { useGroundControlApi } from '../hooks/useGroundControlApi';
import { useLabelId } from '../hooks/useLabelId';
import { usePoliciesText } from '../hooks/usePoliciesText';
import { describeError } from '../lib/describeError';

const MAX_REASON = 500;

/**
 * Commits a change, for who may. It counts for the file that the form began
 * with: another one has to be looked at first.
 */
export function ApplyBar(props: {
  edit: PolicyEdit;
  /** Git's id of the file that the form began with. */
  object: string | null;
  preview?: PolicyPreview;
  onDone(changed: PolicyChanged): void;
  onStartAnew(): void;
}) {
  const t = usePoliciesText();
  const api = useGroundControlApi();
  const id = useLabelId();
  const { edit, object, preview } = props;
  const [reason, setReason] = useState('');
  const { busy, error, run } = useAction();
  const moved = preview !== undefined && preview.object !== object;
  const refused = preview && !preview.apply.allowed && preview.apply.message;
  const ready =
    preview?.outcome === 'change' && preview.apply.allowed && !moved;
  const send = async () => {
    if (!ready) return;
    const why = reason.trim();
    const changed = await run('apply', () =>
      api.changePolicies({
        change: edit,
        object,
        ...(why && { reason: why }),
      }),
    );
    if (changed) props.onDone(changed);
  };
  return (
    <div className="gc-stack-tight">
      {moved && (
        <div className="gc-banner gc-banner-warn" role="status">
          <StatusGlyph status="warning" />
          <span className="gc-wrap">{t('apply.moved')}</span>
          <button
            type="button"
            className="gc-button"
            onClick={props.onStartAnew}
          >
            {t('apply.startAnew')}
          </button>
        </div>
      )}
      <Field label={t('edit.why')}>
        {control => (
          <input
            {...control}
            className="gc-input"
            autoComplete="off"
            maxLength={MAX_REASON}
            value={reason}
            onChange={event => setReason(event.target.value)}
          />
        )}
      </Field>
      {error !== undefined && (
        <div role="alert" className="gc-wrap">
          <p className="gc-strong">
            <StatusGlyph status="failed" /> {t('apply.failed')}
          </p>
          <p>{describeError(error).message}</p>
        </div>
      )}
      <div>
        <button
          type="button"
          className="gc-button gc-button-primary"
          aria-disabled={!ready || busy !== undefined}
          aria-describedby={refused ? id : undefined}
          onClick={send}
        >
          {busy ? t('apply.busy') : t('apply.action')}
        </button>
      </div>
      {refused && (
        <p id={id} className="gc-small gc-wrap">
          <StatusGlyph status="locked" /> {refused}
        </p>
      )}
    </div>
  );
}
