import { useMemo } from 'react';
import {
  DiffHighlight,
  FileDiff,
} from '@ground-control/backstage-plugin-ground-control-common';
import { ChangedLines } from './ChangedLines';
import { DiffHighlights } from './DiffHighlights';
import { PagesText, usePagesText } from '../hooks/usePagesText';
import { numberLines } from '../lib/numberLines';
import { StatusGlyph } from './StatusGlyph';

const MARK = { same: ' ', added: '+', removed: '−' };

/** Files with more changed lines than this start folded. */
const OPEN_UP_TO = 400;

function maskedNote(t: PagesText, file: FileDiff): string | undefined {
  if (!file.masked) return undefined;
  return file.masked.changed ? t('diff.maskedChanged') : t('diff.maskedSame');
}

function FileLines(props: { file: FileDiff; of?: string }) {
  const t = usePagesText();
  const { file, of } = props;
  const hunks = useMemo(
    () => file.hunks.map(hunk => ({ hunk, lines: numberLines(hunk) })),
    [file],
  );
  if (file.omitted) {
    return <p className="gc-panel">{t(`diff.${file.omitted}`)}</p>;
  }
  if (!hunks.length) return null;
  return (
    <div
      className="gc-diff-lines"
      role="region"
      aria-label={t('diff.region', {
        path: of ? `${of} ${file.path}` : file.path,
      })}
      // A region that scrolls must be reachable without a pointer.
      // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex
      tabIndex={0}
    >
      <table role="presentation">
        <tbody>
          {hunks.flatMap(({ hunk, lines }) => [
            <tr key={`${hunk.newStart}`} className="gc-diff-gap">
              <td colSpan={4}>
                @@ −{hunk.oldStart} +{hunk.newStart} @@
              </td>
            </tr>,
            ...lines.map((line, i) => (
              <tr
                key={`${hunk.newStart} ${i}`}
                className={`gc-diff-${line.kind}`}
              >
                <td className="gc-diff-number">{line.oldNumber}</td>
                <td className="gc-diff-number">{line.newNumber}</td>
                <td>{MARK[line.kind]}</td>
                <td>{line.text}</td>
              </tr>
            )),
          ])}
        </tbody>
      </table>
    </div>
  );
}

/** The changed files of a manifest difference, each to fold and unfold. */
export function DiffView(props: {
  files: FileDiff[];
  unchangedFiles: number;
  highlights?: DiffHighlight[];
  /** Whose files they are, where several stand on a page. */
  of?: string;
}) {
  const t = usePagesText();
  const { files, highlights, of, unchangedFiles } = props;
  return (
    <div className="gc-stack-tight">
      <p>
        {files.length
          ? t('diff.changed', { count: files.length })
          : t('diff.same')}
        {' · '}
        <span className="gc-quiet">
          {t('diff.unchanged', { count: unchangedFiles })}
        </span>
      </p>
      <DiffHighlights highlights={highlights} />
      {files.map(file => (
        <details
          key={file.path}
          className="gc-diff"
          open={!file.noise && file.added + file.removed <= OPEN_UP_TO}
        >
          <summary>
            <span className="gc-mono gc-strong gc-wrap">{file.path}</span>
            <span className="gc-small">{t(`diff.${file.change}`)}</span>
            <ChangedLines files={[file]} />
            {file.noise && (
              <span className="gc-small gc-quiet">{t('diff.noise')}</span>
            )}
            {file.masked && (
              <span className="gc-small gc-quiet">
                <StatusGlyph status="locked" /> {maskedNote(t, file)}
              </span>
            )}
          </summary>
          <FileLines file={file} of={of} />
        </details>
      ))}
    </div>
  );
}
