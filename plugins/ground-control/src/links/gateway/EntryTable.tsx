import {
  EntryState,
  GatewayEntry,
} from '@ground-control/backstage-plugin-ground-control-common';
import { Hidden } from '../../components/Hidden';
import { Status, StatusGlyph } from '../../components/StatusGlyph';
import { useLinksText } from '../../hooks/useLinksText';
import { CopyAddress } from '../CopyAddress';
import { LinkLines } from '../LinkLines';
import { EntryPart } from './EntryPart';

const GLYPHS: Record<EntryState, Status> = {
  'in-order': 'fine',
  'not-live': 'never-reported',
  unwell: 'high',
  'not-declared': 'problem',
  unknown: 'unknown',
};

function EntryRow(props: {
  entry: GatewayEntry;
  onMessage(message: string): void;
  onRemove(entry: GatewayEntry): void;
}) {
  const t = useLinksText();
  const { entry, onMessage } = props;
  const { address, turn } = entry;
  const turnOf = () => {
    if (!turn) return undefined;
    return turn === 'platform'
      ? t('gateway.turnPlatform')
      : t('gateway.turn', { squad: turn });
  };
  return (
    <tr>
      <th scope="row">
        <span className="gc-strong">{entry.name}</span>{' '}
        <span className="gc-small gc-quiet">
          {t(`gateway.${entry.kind}`, { cluster: entry.cluster })}
          {entry.squad && <> · {entry.squad}</>}
        </span>
        {address && <CopyAddress address={address} onMessage={onMessage} />}
      </th>
      <td data-label={t('gateway.declared')}>
        <EntryPart part={entry.declared} />
      </td>
      <td data-label={t('gateway.live')}>
        <EntryPart part={entry.live} />
      </td>
      <td data-label={t('gateway.probed')}>
        <EntryPart part={entry.probed}>
          <LinkLines links={entry.links} />
        </EntryPart>
      </td>
      <td data-label={t('gateway.verdict')}>
        <StatusGlyph status={GLYPHS[entry.state]} />{' '}
        <span className="gc-strong">{t(`gateway.${entry.state}`)}</span>{' '}
        <div className="gc-small">{turnOf()}</div>
        {entry.line !== null && (
          <button
            type="button"
            className="gc-button gc-button-bare gc-small"
            onClick={() => props.onRemove(entry)}
          >
            {t('access.remove')}{' '}
            <Hidden>
              {t('link.at', { name: entry.name, cluster: entry.cluster })}
            </Hidden>
          </button>
        )}
      </td>
    </tr>
  );
}

/** Entries of the gateway: declared, there, probed, and what becomes of that. */
export function EntryTable(props: {
  entries: GatewayEntry[];
  label: string;
  onMessage(message: string): void;
  onRemove(entry: GatewayEntry): void;
}) {
  const t = useLinksText();
  return (
    <table className="gc-facts-table gc-entries" aria-label={props.label}>
      <thead>
        <tr>
          <th scope="col">{t('gateway.entry')}</th>
          <th scope="col">{t('gateway.declared')}</th>
          <th scope="col">{t('gateway.live')}</th>
          <th scope="col">{t('gateway.probed')}</th>
          <th scope="col">{t('gateway.verdict')}</th>
        </tr>
      </thead>
      <tbody>
        {props.entries.map(entry => (
          <EntryRow
            key={entry.id}
            entry={entry}
            onMessage={props.onMessage}
            onRemove={props.onRemove}
          />
        ))}
      </tbody>
    </table>
  );
}
