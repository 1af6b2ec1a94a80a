import { AuditVerification } from '@ground-control/backstage-plugin-ground-control-common';
import { StatusGlyph } from '../components/StatusGlyph';
import { useFormat } from '../hooks/useFormat';
import { useRequestsText } from '../hooks/useRequestsText';

/** What a check of the whole trail found, in words. */
export function AuditCheck(props: { found: AuditVerification }) {
  const t = useRequestsText();
  const format = useFormat();
  const { entries, heads, faults, asOf } = props.found;
  return (
    <div
      className={faults.length ? 'gc-banner gc-banner-warn' : 'gc-banner'}
      role="status"
    >
      <StatusGlyph status={faults.length ? 'failed' : 'fine'} />
      <span className="gc-wrap">
        {faults.length
          ? t('audit.faults', {
              count: faults.length,
              entries: format.number(entries),
            })
          : t('audit.well', { count: entries })}{' '}
        {!faults.length &&
          (heads
            ? t('audit.heads', { count: heads })
            : t('audit.noHeads'))}{' '}
        <time dateTime={asOf} className="gc-quiet">
          {format.minute(new Date(asOf))}
        </time>
      </span>
      {faults.length > 0 && (
        <ul>
          {faults.map(({ kind, sequence, message }) => (
            <li key={`${kind} ${sequence} ${message}`} className="gc-wrap">
              <span className="gc-strong">
                {t('audit.fault', {
                  sequence: String(sequence),
                  kind: t(`audit.${kind}`),
                })}
              </span>{' '}
              {message}
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
