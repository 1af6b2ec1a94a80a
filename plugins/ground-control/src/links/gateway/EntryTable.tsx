import { useEntityRefLink } from '@backstage/plugin-catalog-react';
import {
  EntryState,
  GatewayEntry,
} from '@ground-control/backstage-plugin-ground-control-common';
import { Hidden } from '../../components/Hidden';
import { PortalLink } from '../../components/PortalLink';
import { Status, StatusGlyph } from '../../components/StatusGlyph';
import { useLinksText } from '../../hooks/useLinksText';
import { shortName } from '../../lib/shortName';
import { AccessForm } from '../access/accessForm';
import { adoptEntry } from '../access/adoptEntry';
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

/** What can be done about an entry, and whom to ask. */
interface RowOptions {
  /** Says what came of copying, where one place says so for all. */
  onMessage?(message: string): void;
  /** Opens a form that is filled in. */
  onForm(form: AccessForm): void;
  /** Squads that need not be asked. */
  mine?: string[];
  /** The Group of platform engineers, where one is configured. */
  platformEngineers?: string;
}

/** Whom to ask about an entry: an entity ref, or nobody. */
function findAsked(
  entry: GatewayEntry,
  { mine, platformEngineers }: RowOptions,
): string | undefined {
  const { owner, squad, state, turn } = entry;
  const isOwners = state === 'not-declared' || turn === squad;
  const asked =
    (isOwners && owner) || (turn === 'platform' && platformEngineers);
  return asked && !mine?.includes(asked) ? asked : undefined;
}

function Actions(props: RowOptions & { entry: GatewayEntry }) {
  const t = useLinksText();
  const entityLink = useEntityRefLink();
  const { entry, onForm } = props;
  const { cluster, id, line, name, state } = entry;
  const asked = findAsked(entry, props);
  const act = (label: string, form: AccessForm) => (
    <button
      type="button"
      className="gc-button gc-button-bare"
      onClick={() => onForm(form)}
    >
      {label} <Hidden>{t('link.at', { name, cluster })}</Hidden>
    </button>
  );
  return (
    <div className="gc-row gc-small gc-targets">
      {state === 'not-declared' && act(t('gateway.adopt'), adoptEntry(entry))}
      {line !== null && act(t('access.remove'), { remove: id })}
      {asked && (
        <PortalLink to={entityLink(asked)}>
          {t('gateway.ask', { squad: shortName(asked) })}
        </PortalLink>
      )}
    </div>
  );
}

function EntryRow(props: RowOptions & { entry: GatewayEntry }) {
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
        <Actions {...props} />
      </td>
    </tr>
  );
}

/** Entries of the gateway: declared, there, probed, and what becomes of that. */
export function EntryTable(
  props: RowOptions & { entries: GatewayEntry[]; label: string },
) {
  const t = useLinksText();
  const { entries, label, ...rest } = props;
  return (
    <table className="gc-facts-table gc-entries" aria-label={label}>
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
        {entries.map(entry => (
          <EntryRow key={entry.id} entry={entry} {...rest} />
        ))}
      </tbody>
    </table>
  );
}
