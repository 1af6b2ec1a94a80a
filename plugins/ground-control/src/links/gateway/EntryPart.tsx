import { ReactNode } from 'react';
import { EntryCheckPart } from '@ground-control/backstage-plugin-ground-control-common';
import { Status, StatusGlyph } from '../../components/StatusGlyph';
import { useLinksText } from '../../hooks/useLinksText';
import { describePart } from './describePart';

const GLYPHS: Record<EntryCheckPart['state'], Status> = {
  yes: 'fine',
  partly: 'warning',
  no: 'not-released',
  unknown: 'unknown',
};

/** One of the three that have to be so: a shape, and in words why. */
export function EntryPart(props: {
  part: EntryCheckPart;
  children?: ReactNode;
}) {
  const t = useLinksText();
  const { part } = props;
  const { unheard, reason, message } = part.params;
  const said = reason || message;
  return (
    <>
      <span>
        <StatusGlyph status={GLYPHS[part.state]} /> {describePart(t, part)}
      </span>
      {unheard && (
        <div className="gc-small">
          {t('gateway.unheard', { clusters: String(unheard) })}
        </div>
      )}
      {said && <div className="gc-mono">{said}</div>}
      {props.children}
    </>
  );
}
