import { ClusterRecovery } from '@ground-control/backstage-plugin-ground-control-common';
import { RelativeTime } from '../components/RelativeTime';
import { Status, StatusGlyph } from '../components/StatusGlyph';
import { usePagesText } from '../hooks/usePagesText';
import { useFormat } from '../hooks/useFormat';
import { useNow } from '../hooks/useNow';
import { layoutRecovery, RecoveryLayout, RecoveryPart } from './layoutRecovery';

const GLYPHS: Record<RecoveryPart['state'], Status> = {
  done: 'fine',
  running: 'rolling-out',
  waiting: 'pending',
  unseen: 'unknown',
};

const percent = (share: number) => `${(share * 100).toFixed(2)}%`;

function Bar(props: { layout: RecoveryLayout }) {
  const t = usePagesText();
  const { parts, goalAt } = props.layout;
  return (
    <div className="gc-recovery-bar" aria-hidden="true">
      {parts.map(
        part =>
          part.width > 0 && (
            <span
              key={part.step}
              data-state={part.state}
              data-step={part.step}
              style={{
                insetInlineStart: percent(part.start),
                width: percent(part.width),
              }}
            />
          ),
      )}
      {goalAt !== undefined && (
        <i style={{ insetInlineStart: percent(goalAt) }}>
          <span>{t('recovery.hour')}</span>
        </i>
      )}
    </div>
  );
}

/** How a cluster came back, or is coming back: its moments as a bar and a list, and the total against the goal. */
export function RecoveryTimeline(props: {
  recovery: ClusterRecovery;
  /** When another rebuild cut it short, if it wasn't done by then. */
  endedAt?: string;
}) {
  const t = usePagesText();
  const format = useFormat();
  const now = useNow();
  const { recovery, endedAt } = props;
  const layout = layoutRecovery(recovery, now, endedAt);
  const duration = format.duration(layout.totalSeconds);
  const totalOf = () => {
    const over = layout.shareOfGoal > 1;
    if (!layout.done && endedAt) return t('recovery.ended', { duration });
    if (!layout.done) {
      return t(over ? 'recovery.ongoingOver' : 'recovery.ongoing', {
        duration,
      });
    }
    return over
      ? t('recovery.over', { duration })
      : t('recovery.total', {
          duration,
          percent: format.percent(layout.shareOfGoal),
        });
  };
  const wordsOf = (part: RecoveryPart) => {
    switch (part.state) {
      case 'done':
        return t('recovery.took', { duration: format.duration(part.seconds) });
      case 'running':
        return t('recovery.running', {
          duration: format.duration(part.seconds),
        });
      default:
        return t(`recovery.${part.state}`);
    }
  };
  const line = (at?: string) =>
    at && (
      <span>
        {format.minute(new Date(at))}{' '}
        <RelativeTime at={at} className="gc-quiet gc-small" />
      </span>
    );
  return (
    <div className="gc-stack-tight">
      <p className="gc-strong">{totalOf()}</p>
      <Bar layout={layout} />
      <ol className="gc-recovery">
        <li>
          <span>
            <StatusGlyph status="past" /> {t('recovery.started')}
          </span>
          {line(recovery.startedAt)}
        </li>
        {layout.parts.map(part => (
          <li key={part.step}>
            <span>
              <StatusGlyph status={GLYPHS[part.state]} />{' '}
              {t(`recovery.${part.step}`)}
            </span>
            {line(part.at)}
            <span className="gc-quiet">
              {wordsOf(part)}
              {part.step === 'ready' &&
                part.state !== 'done' &&
                recovery.total !== undefined && (
                  <>
                    {' · '}
                    {t('recovery.readyOf', {
                      ready: format.number(recovery.ready ?? 0),
                      total: format.number(recovery.total),
                    })}
                  </>
                )}
            </span>
          </li>
        ))}
      </ol>
    </div>
  );
}
