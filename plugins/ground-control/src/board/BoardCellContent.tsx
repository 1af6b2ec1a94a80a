import { ReactNode } from 'react';
import { BoardCell } from '@ground-control/backstage-plugin-ground-control-common';
import { Hidden } from '../components/Hidden';
import { NotApprovedMark } from '../components/NotApprovedMark';
import { RelativeTime } from '../components/RelativeTime';
import { StatusGlyph } from '../components/StatusGlyph';
import { useFormat } from '../hooks/useFormat';
import { useText } from '../hooks/useText';
import { countBehind } from '../lib/countBehind';
import { formatBehind } from '../lib/formatBehind';

// The spaces between the parts are for screen readers: the parts lie in a row
// of boxes, which alone would make one word of them.

/**
 * One service in one environment, in a line. `brief` leaves glyph and commit,
 * `some` age and marks too.
 */
export function BoardCellContent(props: {
  cell: BoardCell;
  /** The environment that `behind` is counted from. */
  before?: string;
  detail?: 'full' | 'some' | 'brief';
  /** How it stands in each cluster. */
  pips?: ReactNode;
}) {
  const t = useText();
  const format = useFormat();
  const { cell, before, detail = 'full' } = props;
  const brief = detail === 'brief';
  const full = detail === 'full';
  if (cell.state === 'not-released') {
    return (
      <>
        <StatusGlyph status="not-released" />
        <span className="gc-quiet gc-small gc-clip">
          {t('board.notReleased')}
        </span>{' '}
        {cell.notApprovedHere && (
          <span className="gc-marks">
            <NotApprovedMark brief />
          </span>
        )}
      </>
    );
  }
  const behind = countBehind(cell).count;
  const hasMarks =
    cell.notApprovedHere ||
    cell.blocked ||
    (behind > 0 && before) ||
    (!brief && (cell.planDiffers || cell.rollback));
  return (
    <>
      <StatusGlyph status={cell.state} />
      <Hidden>{t(`status.${cell.state}`)}</Hidden>{' '}
      {cell.commit || cell.artifactId ? (
        <span className="gc-mono" title={cell.artifactId}>
          {cell.commit ?? cell.artifactId!.slice(0, 12)}
        </span>
      ) : (
        <span className="gc-small gc-clip">{t('board.unreadable')}</span>
      )}{' '}
      {full && cell.branch && (
        <span className="gc-mono gc-clip" title={cell.branch}>
          {cell.branch}
        </span>
      )}{' '}
      {!brief && cell.releasedAt !== undefined && (
        <RelativeTime
          short
          at={cell.releasedAt * 1000}
          className="gc-quiet gc-small gc-age"
        />
      )}{' '}
      {props.pips}{' '}
      {full && cell.releasedBy && (
        <span
          className="gc-quiet gc-small gc-clip gc-releaser"
          title={cell.releasedBy}
        >
          {cell.releasedBy}
        </span>
      )}{' '}
      {hasMarks && (
        <span className="gc-marks">
          {cell.notApprovedHere && <NotApprovedMark brief />}{' '}
          {cell.blocked && (
            <span
              className="gc-chip gc-chip-warn"
              title={t('board.blockedTitle')}
            >
              {!full && <StatusGlyph status="suspended" />}
              {full ? (
                t('board.blocked')
              ) : (
                <Hidden>{t('board.blocked')}</Hidden>
              )}
            </span>
          )}{' '}
          {behind > 0 && before && (
            <span className="gc-chip" title={formatBehind(t, cell, before)}>
              <span aria-hidden="true">
                {t('board.behindMark', { number: format.number(behind) })}
              </span>
              <Hidden>{formatBehind(t, cell, before)}</Hidden>
            </span>
          )}{' '}
          {!brief && cell.planDiffers && (
            <span
              className="gc-chip"
              title={t('board.planDiffersTitle', { environment: before ?? '' })}
            >
              {t('board.planDiffers')}
            </span>
          )}{' '}
          {!brief && cell.rollback && (
            <span
              className="gc-chip gc-chip-info"
              title={t('board.rollbackTitle')}
            >
              {t('board.rollback')}
            </span>
          )}
        </span>
      )}
    </>
  );
}
