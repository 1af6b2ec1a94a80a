import {
  PolicyDocument,
  PolicyPreview,
} from '@ground-control/backstage-plugin-ground-control-common';
import { DiffView } from '../components/DiffView';
import { StatusGlyph } from '../components/StatusGlyph';
import { Live } from '../hooks/useLive';
import { usePoliciesText } from '../hooks/usePoliciesText';
import { describeError } from '../lib/describeError';
import { describeValue } from './describeRule';

function Effects(props: { preview: PolicyPreview }) {
  const t = usePoliciesText();
  const { effects } = props.preview;
  if (!effects.length) return <p>{t('preview.noEffect')}</p>;
  const value = (text?: string) =>
    text === undefined ? t('table.none') : describeValue(t, text);
  return (
    <>
      <ul>
        {effects.map(effect => (
          <li
            key={`${effect.environment} ${effect.rule} ${effect.before} ${effect.after}`}
            className="gc-wrap"
          >
            <StatusGlyph
              status={effect.direction === 'laxer' ? 'warning' : 'recorded'}
            />{' '}
            {t('preview.effect', {
              environment: effect.environment,
              rule: t(`rule.${effect.rule}`),
              before: value(effect.before),
              after: value(effect.after),
            })}{' '}
            <span className="gc-chip">{t(`preview.${effect.direction}`)}</span>
          </li>
        ))}
      </ul>
      {effects.some(({ approvalsRemoved }) => approvalsRemoved) && (
        <p className="gc-bad gc-strong">
          <StatusGlyph status="problem" /> {t('preview.approvals')}
        </p>
      )}
    </>
  );
}

/** What a change would come to: which rules move, and the file's text. */
export function PreviewView(props: {
  live: Live<PolicyPreview>;
  document: PolicyDocument;
}) {
  const t = usePoliciesText();
  const { live, document } = props;
  const preview = live.data;
  return (
    <section className="gc-stack-tight">
      <h3>{t('preview.heading')}</h3>
      <div className="gc-stack-tight" aria-live="polite">
        {live.loading && <p className="gc-quiet">{t('preview.loading')}</p>}
        {live.error !== undefined && !preview && (
          <p className="gc-wrap">
            <StatusGlyph status="failed" /> {t('preview.failed')}{' '}
            {describeError(live.error).message}
          </p>
        )}
        {preview?.outcome === 'unchanged' && <p>{t('preview.unchanged')}</p>}
        {preview && preview.faults.length > 0 && (
          <>
            <p className="gc-strong">
              <StatusGlyph status="failed" /> {t('preview.refused')}
            </p>
            <ul>
              {preview.faults.map(({ message }) => (
                <li key={message} className="gc-wrap">
                  {message}
                </li>
              ))}
            </ul>
          </>
        )}
        {preview?.outcome === 'change' && <Effects preview={preview} />}
        {preview?.notes.map(note => (
          <p key={note} className="gc-small gc-wrap">
            {note}
          </p>
        ))}
      </div>
      {preview?.diff && <DiffView files={[preview.diff]} unchangedFiles={0} />}
      <details className="gc-policy-now">
        <summary>{t('preview.now')}</summary>
        {document.text ? (
          <pre className="gc-mono gc-policy-text">{document.text}</pre>
        ) : (
          <p>{t('preview.nothing')}</p>
        )}
      </details>
    </section>
  );
}
