import { RequestDiff } from '@ground-control/backstage-plugin-ground-control-common';
import { ChangedLines } from '../components/ChangedLines';
import { DiffView } from '../components/DiffView';
import { Hidden } from '../components/Hidden';
import { StatusGlyph } from '../components/StatusGlyph';
import { usePagesText } from '../hooks/usePagesText';

/** How many manifests change; unfolded, what changes in them. */
export function DiffFold(props: {
  diff: RequestDiff;
  /** Where it isn't manifests that change. */
  summary?: string;
  /** Whose it is, where several stand on a page. */
  of?: string;
}) {
  const t = usePagesText();
  const { files, highlights, missing, unchangedFiles } = props.diff;
  if (missing !== undefined) {
    return (
      <p className="gc-wrap">
        <StatusGlyph status="warning" />{' '}
        {t('preview.diffMissing', { reason: missing })}
      </p>
    );
  }
  if (!files.length) return <p>{t('preview.noDiff')}</p>;
  return (
    <details>
      <summary className="gc-unfold-line">
        {props.summary ?? t('preview.diff', { count: files.length })}{' '}
        <ChangedLines files={files} /> {props.of && <Hidden>{props.of}</Hidden>}
      </summary>
      <DiffView
        files={files}
        highlights={highlights}
        of={props.of}
        unchangedFiles={unchangedFiles}
      />
    </details>
  );
}
