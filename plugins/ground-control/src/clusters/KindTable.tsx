import { ClusterKindStatus } from '@ground-control/backstage-plugin-ground-control-common';
import { Status, StatusGlyph } from '../components/StatusGlyph';
import { usePagesText } from '../hooks/usePagesText';
import { useFormat } from '../hooks/useFormat';

const GLYPHS: Record<ClusterKindStatus['state'], Status> = {
  starting: 'never-reported',
  live: 'fine',
  absent: 'not-released',
  forbidden: 'locked',
  failing: 'failed',
};

/** Of the others it is not known how many there are: no number, and not zero. */
function isCounted(state: ClusterKindStatus['state']): boolean {
  return state === 'live' || state === 'failing';
}

/** How well each kind of object is read. */
export function KindTable(props: { kinds: ClusterKindStatus[] }) {
  const t = usePagesText();
  const format = useFormat();
  return (
    <table className="gc-kinds">
      <thead>
        <tr>
          <th scope="col">{t('kinds.kind')}</th>
          <th scope="col">{t('kinds.state')}</th>
          <th scope="col">{t('kinds.objects')}</th>
        </tr>
      </thead>
      <tbody>
        {props.kinds.map(({ kind, state, reason, objects }) => (
          <tr key={kind}>
            <th scope="row" className="gc-mono">
              {kind}
            </th>
            <td>
              <StatusGlyph status={GLYPHS[state]} /> {t(`kinds.${state}`)}
              {reason && <div className="gc-small gc-quiet">{reason}</div>}
            </td>
            <td>{isCounted(state) ? format.number(objects) : '–'}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
