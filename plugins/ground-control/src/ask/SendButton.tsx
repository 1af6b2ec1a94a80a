import { ActionFailure } from '../components/ActionFailure';
import { StatusGlyph } from '../components/StatusGlyph';
import { usePagesText } from '../hooks/usePagesText';
import { useLabelId } from '../hooks/useLabelId';
import { Readiness } from './decideReadiness';
import { Sending } from './useSending';

/**
 * The button that sends a form, and in a sentence why it can't be pressed. It
 * keeps the focus while it can't, so that the sentence is heard.
 */
export function SendButton(props: {
  label: string;
  readiness: Readiness;
  asking: Pick<Sending<never>, 'sending' | 'error'>;
  onSend(): void;
  /** Said when nothing is chosen. */
  choose: string;
}) {
  const t = usePagesText();
  const id = useLabelId();
  const { readiness, asking } = props;
  const off = !readiness.ready || asking.sending;
  const why = () => {
    if (readiness.ready) {
      return readiness.unjudged ? t('action.notJudgedRollback') : undefined;
    }
    switch (readiness.because) {
      case 'choose':
        return props.choose;
      case 'judging':
        return t('action.judging');
      case 'refused':
        return readiness.message;
      case 'some-refused':
        return t('action.someRefused', { count: readiness.count });
      default:
        return t('action.notJudged');
    }
  };
  const sentence = why();
  const refused =
    !readiness.ready &&
    (readiness.because === 'refused' || readiness.because === 'some-refused');
  return (
    <div className="gc-send">
      {asking.error !== undefined && (
        <ActionFailure title={t('action.refused')} error={asking.error} />
      )}
      <button
        type="button"
        className="gc-button gc-button-primary"
        aria-disabled={off}
        aria-describedby={sentence ? id : undefined}
        onClick={() => {
          if (!off) props.onSend();
        }}
      >
        {asking.sending ? t('action.asking') : props.label}
      </button>
      {sentence && (
        <p id={id} className="gc-small gc-wrap">
          {refused && <StatusGlyph status="locked" />} {sentence}
        </p>
      )}
    </div>
  );
}
