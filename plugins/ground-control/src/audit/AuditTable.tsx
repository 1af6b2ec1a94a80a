import { ListedAuditEntry } from '@ground-control/backstage-plugin-ground-control-common';
import { PageLink } from '../components/PageLink';
import { Hidden } from '../components/Hidden';
import { StatusGlyph } from '../components/StatusGlyph';
import { useFormat } from '../hooks/useFormat';
import { usePagesText } from '../hooks/usePagesText';
import { useReleasesPath } from '../hooks/useReleasesPath';
import { useRequestsText } from '../hooks/useRequestsText';
import { shortName } from '../lib/shortName';
import { describeAction } from './AuditToolbar';

/** What should catch the eye in a trail. */
const RED: readonly string[] = [
  'request.overridden',
  'request.refused',
  'policy.refused',
  'release.not-approved-here',
];

/** A policy that asks fewer people than before is one of them. */
function isRed({ action, details }: ListedAuditEntry): boolean {
  return RED.includes(action) || details.approvalsRemoved === true;
}

/** A hash is looked at, not read: its beginning tells it from others. */
const HASH = /^[0-9a-f]{40,}$/;

function Value(props: { value: ListedAuditEntry['details'][string] }) {
  const text = Array.isArray(props.value)
    ? props.value.join(', ')
    : String(props.value);
  return HASH.test(text) ? (
    <dd className="gc-mono" title={text}>
      {text.slice(0, 10)}
    </dd>
  ) : (
    <dd>{text}</dd>
  );
}

/** What tells how, not what: it unfolds. */
const FOLDED: readonly string[] = [
  'approvals',
  'artifactId',
  'digest',
  'evidence',
  'intent',
  'platform',
  'requirement',
  'squad',
  'verdicts',
];

type Detail = [string, ListedAuditEntry['details'][string]];

/** Whether access comes or goes isn't told by anything else. */
function isFolded([name, value]: Detail): boolean {
  const isAccess = name === 'intent' && String(value).startsWith('access-');
  return FOLDED.includes(name) && !isAccess;
}

function DetailList(props: { entries: Detail[] }) {
  return (
    <dl className="gc-audit-details">
      {props.entries.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt> <Value value={value} />
        </div>
      ))}
    </dl>
  );
}

function Details(props: { details: ListedAuditEntry['details'] }) {
  const t = usePagesText();
  const entries = Object.entries(props.details).filter(
    ([, value]) => value !== '' && !(Array.isArray(value) && !value.length),
  );
  const folded = entries.filter(isFolded);
  const shown = entries.filter(entry => !isFolded(entry));
  return (
    <>
      {shown.length > 0 && <DetailList entries={shown} />}
      {folded.length > 0 && (
        <details>
          <summary className="gc-small gc-quiet">
            {t('changes.more', { count: folded.length })}
          </summary>
          <DetailList entries={folded} />
        </details>
      )}
    </>
  );
}

function EntryRow(props: { entry: ListedAuditEntry; permalink: string }) {
  const t = useRequestsText();
  const format = useFormat();
  const paths = useReleasesPath();
  const { entry } = props;
  const red = isRed(entry);
  return (
    <tr data-red={red || undefined}>
      <th scope="row">
        <PageLink to={{ search: props.permalink }} className="gc-mono">
          <Hidden>{t('audit.permalink', { sequence: '' })}</Hidden>
          {entry.sequence}
        </PageLink>
      </th>
      <td>
        <time dateTime={entry.at} title={format.moment(new Date(entry.at))}>
          {entry.at.slice(0, 19).replace('T', ' ')}
        </time>
      </td>
      <td title={entry.actor}>{shortName(entry.actor)}</td>
      <td>{entry.source && t(`source.${entry.source}`)}</td>
      <td>
        {red && <StatusGlyph status="problem" />}{' '}
        <span title={entry.action}>{describeAction(t, entry.action)}</span>
      </td>
      <td>
        {entry.request && (
          <PageLink to={paths.request(entry.request)}>{entry.request}</PageLink>
        )}{' '}
        {entry.service && (
          <PageLink to={paths.service(entry.service)}>
            {entry.service.name}
          </PageLink>
        )}{' '}
        {entry.environment && (
          <span className="gc-quiet">{`→ ${entry.environment}`}</span>
        )}
      </td>
      <td>
        <Details details={entry.details} />
      </td>
      <td data-label={t('audit.commit')}>
        {entry.revision && (
          <span className="gc-mono" title={entry.revision}>
            {entry.revision.slice(0, 7)}
          </span>
        )}
      </td>
      <td>{entry.signature && t(`signature.${entry.signature}`)}</td>
      <td data-label={t('audit.evidence')}>
        <span className="gc-mono" title={entry.hash}>
          {entry.hash.slice(0, 10)}
        </span>
      </td>
    </tr>
  );
}

const COLUMNS = [
  'sequence',
  'time',
  'actor',
  'source',
  'action',
  'subject',
  'details',
  'commit',
  'signature',
  'evidence',
] as const;

/** Entries of the trail, newest first. */
export function AuditTable(props: {
  entries: ListedAuditEntry[];
  /** The query that shows an entry first. */
  permalinkOf(entry: ListedAuditEntry): string;
}) {
  const t = useRequestsText();
  return (
    <div
      className="gc-audit-scroll"
      role="region"
      aria-label={t('audit.table')}
      // A region that scrolls must be reachable without a pointer.
      // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex
      tabIndex={0}
    >
      <table className="gc-audit">
        <thead>
          <tr>
            {COLUMNS.map(column => (
              <th key={column} scope="col">
                {t(`audit.${column}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {props.entries.map(entry => (
            <EntryRow
              key={entry.sequence}
              entry={entry}
              permalink={props.permalinkOf(entry)}
            />
          ))}
        </tbody>
      </table>
    </div>
  );
}
