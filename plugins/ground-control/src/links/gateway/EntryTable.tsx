import {
  EntryState,
  GatewayEntry,
} from '@ground-control/backstage-plugin-ground-control-common';
import { Hidden } from '../../components/Hidden';
import { Status, StatusGlyph } from '../../components/StatusGlyph';
import { useFormat } from '../../hooks/useFormat';
import { useLinksText } from '../../hooks/useLinksText';
import { useStyleSheet } from '../../hooks/useStyleSheet';
import { copyText } from '../../lib/copyText';
import { describeMs } from '../describeLink';
import { LinkName } from '../LinkName';
import { LinkStateGlyph } from '../LinkStateGlyph';
import { linkStyles } from '../linkStyles';
import { tableStyles } from '../tableStyles';
import { EntryPart } from './EntryPart';

const GLYPHS: Record<EntryState, Status> = {
  'in-order': 'fine',
  'not-live': 'never-reported',
  unwell: 'high',
  'not-declared': 'problem',
  unknown: 'unknown',
};

function EntryLinks(props: { links: GatewayEntry['links'] }) {
  const words = { t: useLinksText(), format: useFormat() };
  return (
    <ul>
      {props.links.map(({ from, to, state, valueMs, approximate }) => (
        <li key={`${from} ${to}`} className="gc-glyphed">
          <LinkStateGlyph state={state} />
          <span>
            <LinkName from={from} to={to} />{' '}
            <span className="gc-small">
              {state === 'normal' || <>{words.t(`state.${state}`)} </>}
              {valueMs !== null && describeMs(words, { valueMs, approximate })}
            </span>
          </span>
        </li>
      ))}
    </ul>
  );
}

function EntryRow(props: {
  entry: GatewayEntry;
  onMessage(message: string): void;
}) {
  const t = useLinksText();
  const { entry, onMessage } = props;
  const { address, turn } = entry;
  const copy = async () =>
    onMessage(
      (await copyText(address))
        ? t('gateway.copied', { address })
        : t('gateway.notCopied'),
    );
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
        {address && (
          <div className="gc-row">
            <code className="gc-mono">{address}</code>
            <button
              type="button"
              className="gc-button gc-button-bare gc-small"
              onClick={copy}
            >
              {t('gateway.copy')} <Hidden>{address}</Hidden>
            </button>
          </div>
        )}
      </th>
      <td data-label={t('gateway.declared')}>
        <EntryPart part={entry.declared} />
      </td>
      <td data-label={t('gateway.live')}>
        <EntryPart part={entry.live} />
      </td>
      <td data-label={t('gateway.probed')}>
        <EntryPart part={entry.probed}>
          <EntryLinks links={entry.links} />
        </EntryPart>
      </td>
      <td data-label={t('gateway.verdict')}>
        <StatusGlyph status={GLYPHS[entry.state]} />{' '}
        <span className="gc-strong">{t(`gateway.${entry.state}`)}</span>{' '}
        <div className="gc-small">{turnOf()}</div>
      </td>
    </tr>
  );
}

/** Entries of the gateway: declared, there, probed, and what becomes of that. */
export function EntryTable(props: {
  entries: GatewayEntry[];
  label: string;
  onMessage(message: string): void;
}) {
  useStyleSheet('link', linkStyles);
  useStyleSheet('link-table', tableStyles);
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
          <EntryRow key={entry.id} entry={entry} onMessage={props.onMessage} />
        ))}
      </tbody>
    </table>
  );
}
