import { RequestPreview } from '@ground-control/backstage-plugin-ground-control-common';
import { StatusGlyph } from '../components/StatusGlyph';
import { usePagesText } from '../hooks/usePagesText';
import { useFormat } from '../hooks/useFormat';
import { nameOfPerson } from '../lib/nameOfPerson';

interface Props {
  preview: Pick<
    RequestPreview,
    'requirement' | 'waitsFor' | 'deciders' | 'decidersUnknown'
  >;
}

/** By which rule somebody has to decide, and who can. */
export function DecidesText(props: Props) {
  const t = usePagesText();
  const format = useFormat();
  const { requirement, waitsFor, deciders, decidersUnknown } = props.preview;
  if (!requirement) return null;
  const standIn =
    !requirement.platform && deciders.every(({ role }) => role === 'platform');
  const free = requirement.approvals === 0 && !requirement.platform;
  return (
    <>
      <p className="gc-wrap">
        {waitsFor === 'nobody' && (
          <>
            <span className="gc-strong">{t('preview.nobodyDecides')}</span>{' '}
          </>
        )}
        {requirement.reason}
        {!free && deciders.length > 0 && (
          <>
            {' '}
            <span className="gc-strong">
              {t(standIn ? 'preview.standIn' : 'preview.people', {
                people: format.list(deciders.map(nameOfPerson)),
              })}
            </span>
          </>
        )}
      </p>
      {!free && !deciders.length && (
        <p className="gc-wrap">
          <StatusGlyph status="warning" />{' '}
          {decidersUnknown ?? t('preview.nobodyCan')}
        </p>
      )}
      {waitsFor === 'override' && (
        <p className="gc-wrap">
          <StatusGlyph status="failed" /> {t('preview.overBlock')}
        </p>
      )}
    </>
  );
}

/** Who has to decide, under a heading. */
export function DecidesLine(props: Props) {
  const t = usePagesText();
  if (!props.preview.requirement) return null;
  return (
    <div className="gc-stack-tight">
      <h4>{t('preview.decides')}</h4>
      <DecidesText {...props} />
    </div>
  );
}
