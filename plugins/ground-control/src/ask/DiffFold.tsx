import { RequestDiff } from '@ground-control/backstage-plugin-ground-control-common';
import { DiffView } from '../components/DiffView';
import { StatusGlyph } from '../components/StatusGlyph';
import { useAskText } from '../hooks/useAskText';

/** How many manifests change; unfolded, what changes in them. */
export function DiffFold(props: {
  diff: RequestDiff;
  /** Where it isn't manifests that change. */
  summary?: string;
}) {
  const t = useAskText();
  const { files, missing, unchangedFiles } = props.diff;
  if (missing !== undefined) {
    return (
      <p className="gc-wrap">
        <StatusGlyph status="warning" />{' '}
        {t('preview.diffMissing', { reason: missing })}
      </p>
    );
  }
  if (!files.length) return <p>{t('preview.noDiff')}</p>;
  const sum = (side: 'added' | 'removed') =>
    String(files.reduce((total, file) => total + file[side], 0));
  return (
    <details>
      <summary className="gc-unfold-line">
        {props.summary ?? t('preview.diff', { count: files.length })}{' '}
        <span className="gc-mono">
          {t('preview.lines', { added: sum('added'), removed: sum('removed') })}
        </span>
      </summary>
      <DiffView files={files} unchangedFiles={unchangedFiles} />
    </details>
  );
}
