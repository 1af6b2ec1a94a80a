import { LinkCell } from '@ground-control/backstage-plugin-ground-control-common';
import { RelativeTime } from '../components/RelativeTime';
import { useLinksText } from '../hooks/useLinksText';
import { LinkName } from './LinkName';
import { LinkStanding } from './LinkStanding';

/** Links as rows, in the given order. */
export function LinkTable(props: { cells: LinkCell[]; label: string }) {
  const t = useLinksText();
  return (
    <table className="gc-facts-table" aria-label={props.label}>
      <thead>
        <tr>
          <th scope="col">{t('link.link')}</th>
          <th scope="col">{t('link.state')}</th>
          <th scope="col">{t('link.since')}</th>
        </tr>
      </thead>
      <tbody>
        {props.cells.map(cell => (
          <tr key={`${cell.from} ${cell.to}`}>
            <th scope="row">
              <LinkName from={cell.from} to={cell.to} />
            </th>
            <td>
              <LinkStanding link={cell} />
            </td>
            <td data-label={t('link.since')}>
              <RelativeTime at={cell.since} or={t('link.unknown')} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
