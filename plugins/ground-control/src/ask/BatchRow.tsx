import { useState } from 'react';
import {
  formatServiceRef,
  ReleaseWish,
  RequestPreview,
  ServiceRef,
} from '@ground-control/backstage-plugin-ground-control-common';
import { Hidden } from '../components/Hidden';
import { LiveState } from '../components/LiveState';
import { StatusGlyph } from '../components/StatusGlyph';
import { VerdictGlyphs, VerdictReasons } from '../components/VerdictTiles';
import { usePagesText } from '../hooks/usePagesText';
import { useFormat } from '../hooks/useFormat';
import { shortArtifactId } from '../lib/shortArtifactId';
import { ChoiceFields } from './ChoiceFields';
import { choiceOf, decideOptions, isWhole, wishOf } from './decideOptions';
import { DecidesText } from './DecidesLine';
import { findRollback, rollbackTo } from './decideRollback';
import { DiffFold } from './DiffFold';
import { RollbackFields } from './RollbackFields';
import { useChoices } from './useChoices';

interface RowProps {
  service: ServiceRef;
  environment: string;
  /** What is wished for it; absent where nothing could be chosen for it. */
  wish?: ReleaseWish;
  rollback: boolean;
  onPick(wish: ReleaseWish): void;
}

function RowChoice(props: RowProps) {
  const { service, environment, wish, onPick } = props;
  const live = useChoices(service, environment);
  return (
    <>
      <LiveState live={live} rows={4} />
      {live.data &&
        (props.rollback ? (
          <RollbackFields
            service={service}
            environment={environment}
            choices={live.data}
            picked={
              wish?.intent === 'rollback'
                ? wish.revision
                : findRollback(live.data)?.revision
            }
            onPick={release =>
              onPick(rollbackTo(release, service, environment))
            }
          />
        ) : (
          <ChoiceFields
            service={service}
            options={decideOptions(live.data)}
            choice={wish && choiceOf(wish)}
            onChoose={choice =>
              isWhole(choice) && onPick(wishOf(choice, service, environment))
            }
          />
        ))}
    </>
  );
}

function Judged(props: { preview: RequestPreview; service: string }) {
  const t = usePagesText();
  const format = useFormat();
  const { preview, service } = props;
  const { ask, verdicts, diff, supersedes, autoReleaseOf } = preview;
  return (
    <>
      <VerdictReasons verdicts={verdicts} />
      {ask.allowed ? (
        <div className="gc-small">
          <DecidesText preview={preview} />
          {autoReleaseOf !== undefined && (
            <p className="gc-quiet">
              {t('rollback.auto', { branch: autoReleaseOf })}
            </p>
          )}
          {supersedes.length > 0 && (
            <p className="gc-quiet gc-wrap">
              {t('preview.supersedes', { requests: format.list(supersedes) })}
            </p>
          )}
          <DiffFold diff={diff} of={service} />
        </div>
      ) : (
        <p className="gc-small gc-wrap">
          <StatusGlyph status="locked" /> {ask.message}
        </p>
      )}
    </>
  );
}

/**
 * One of several services: what its release would come to, a way to release
 * another build of it, or go back to another state, and a way to leave it out.
 */
export function BatchRow(
  props: RowProps & {
    /** Absent while it is judged. */
    preview?: RequestPreview;
    judging: boolean;
    onRemove(): void;
  },
) {
  const t = usePagesText();
  const [open, setOpen] = useState(false);
  const { preview, judging, onRemove } = props;
  const service = formatServiceRef(props.service);
  return (
    <li aria-busy={judging}>
      <div className="gc-wish-head">
        <span className="gc-row">
          <span className="gc-strong gc-wrap">{service}</span>{' '}
          {preview?.artifactId && (
            <span className="gc-mono" title={preview.artifactId}>
              {shortArtifactId(preview.artifactId)}
            </span>
          )}{' '}
          {preview?.changes.total !== undefined && (
            <span className="gc-quiet">
              {t('batch.changes', { count: preview.changes.total })}
            </span>
          )}{' '}
          {preview && <VerdictGlyphs verdicts={preview.verdicts} />}
        </span>
        <button
          type="button"
          className="gc-button gc-button-bare"
          onClick={onRemove}
        >
          {t('batch.remove')} <Hidden>{service}</Hidden>
        </button>
      </div>
      {preview && <Judged preview={preview} service={service} />}
      {!preview && judging && (
        <p className="gc-small gc-quiet">{t('action.judging')}</p>
      )}
      <details
        className="gc-small"
        open={open}
        onToggle={event => setOpen(event.currentTarget.open)}
      >
        <summary className="gc-unfold-line">
          {t('batch.otherwise')} <Hidden>{service}</Hidden>
        </summary>
        {open && <RowChoice {...props} />}
      </details>
    </li>
  );
}
