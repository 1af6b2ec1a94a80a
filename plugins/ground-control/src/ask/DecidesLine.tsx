import { RequestPreview } from '@ground-control/backstage-plugin-ground-control-common';
import { StatusGlyph } from '../components/StatusGlyph';
import { useAskText } from '../hooks/useAskText';
import { useFormat } from '../hooks/useFormat';
import { nameOfPerson } from '../lib/nameOfPerson';

/** Who has to decide, by which rule, and who can. */
export function DecidesLine(props: {
  preview: Pick<RequestPreview, 'requirement' | 'deciders'> & {
    decidersUnknown?: string;
  };
}) {
  const t = useAskText();
  const format = useFormat();
  const { requirement, deciders, decidersUnknown } = props.preview;
  if (!requirement) return null;
  const nobody = requirement.approvals === 0 && !requirement.platform;
  return (
    <div className="gc-stack-tight">
      <h4>{t('preview.decides')}</h4>
      <p className="gc-wrap">
        {nobody && (
          <>
            <span className="gc-strong">{t('preview.nobodyDecides')}</span>{' '}
          </>
        )}
        {requirement.reason}
        {!nobody && deciders.length > 0 && (
          <>
            {' '}
            <span className="gc-strong">
              {t('preview.people', {
                people: format.list(deciders.map(nameOfPerson)),
              })}
            </span>
          </>
        )}
      </p>
      {!nobody && !deciders.length && (
        <p className="gc-wrap">
          <StatusGlyph status="warning" />{' '}
          {decidersUnknown ?? t('preview.nobodyCan')}
        </p>
      )}
    </div>
  );
}
