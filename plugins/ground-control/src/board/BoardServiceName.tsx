import {
  BoardRow,
  formatServiceRef,
} from '@ground-control/backstage-plugin-ground-control-common';
import { PageLink } from '../components/PageLink';
import { FocusProps } from '../components/DataGrid';
import { StatusGlyph } from '../components/StatusGlyph';
import { usePagesText } from '../hooks/usePagesText';

/** A service's name as a link, and in words what is odd about it. */
export function BoardServiceName(props: {
  row: BoardRow;
  to: string;
  focus: FocusProps;
}) {
  const t = usePagesText();
  const { row, to, focus } = props;
  const presences = {
    both: undefined,
    'catalog-only': t('board.catalogOnly'),
    'repository-only': t('board.repositoryOnly'),
  };
  const presence = presences[row.presence];
  return (
    <PageLink to={to} {...focus} className="gc-grid-control">
      <span
        className="gc-clip gc-service-name"
        title={formatServiceRef(row.service)}
      >
        {row.service.name}
      </span>{' '}
      {row.service.namespace && (
        <span className="gc-quiet gc-small gc-clip gc-namespace">
          {row.service.namespace}
        </span>
      )}{' '}
      {presence && (
        <span className="gc-chip" title={presence}>
          {presence}
        </span>
      )}{' '}
      {row.problems > 0 && (
        <span
          className="gc-chip"
          title={t('board.problems', { count: row.problems })}
        >
          <StatusGlyph status="problem" />
          <span className="gc-problem-words">
            {t('board.problems', { count: row.problems })}
          </span>
        </span>
      )}
    </PageLink>
  );
}
