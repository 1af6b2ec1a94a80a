import { RequestChanges } from '@ground-control/backstage-plugin-ground-control-common';
import { PortalLink } from './PortalLink';
import { usePagesText } from '../hooks/usePagesText';
import { shortArtifactId } from '../lib/shortArtifactId';
import { RelativeTime } from './RelativeTime';
import { StatusGlyph } from './StatusGlyph';

/** So many are shown at once; the others unfold. */
const SHOWN = 5;

type Item = RequestChanges['items'][number];

function ChangeLine(props: { item: Item }) {
  const t = usePagesText();
  const { commit, artifactId, message, author, at, url } = props.item;
  const name =
    commit?.slice(0, 7) ?? (artifactId && shortArtifactId(artifactId));
  return (
    <li>
      {name && url && (
        <PortalLink to={url} className="gc-mono">
          {name}
        </PortalLink>
      )}
      {name && !url && (
        <span className="gc-mono" title={artifactId}>
          {name}
        </span>
      )}{' '}
      <span>{message?.split('\n')[0] ?? t('changes.noMessage')}</span>{' '}
      <span className="gc-small gc-quiet">
        {author}
        {author && at && ', '}
        <RelativeTime at={at} />
      </span>
    </li>
  );
}

/** Both commits, where those between aren't told. */
function CompareLine(props: { compare: Required<RequestChanges>['compare'] }) {
  const t = usePagesText();
  const { from, to, url } = props.compare;
  const both = `${from.slice(0, 7)}…${to.slice(0, 7)}`;
  return (
    <p>
      {url ? (
        <PortalLink to={url}>
          {t('changes.compare')} <span className="gc-mono">{both}</span>
        </PortalLink>
      ) : (
        <>
          {t('changes.commits')} <span className="gc-mono">{both}</span>
        </>
      )}
    </p>
  );
}

/** The commits or builds between the running artifact and the requested one, or why they aren't known. */
export function ChangesList(props: { changes: RequestChanges }) {
  const t = usePagesText();
  const { compare, kind, items, total, message } = props.changes;
  const lines = (some: Item[]) => (
    <ol className="gc-changes">
      {some.map((item, i) => (
        <ChangeLine key={item.commit ?? item.artifactId ?? i} item={item} />
      ))}
    </ol>
  );
  const beyond = (total ?? items.length) - items.length;
  return (
    <div className="gc-stack-tight">
      {(kind === 'unknown' || message) && (
        <p className="gc-wrap">
          {kind === 'unknown' && <StatusGlyph status="warning" />}{' '}
          {message ?? t('changes.unknown')}
        </p>
      )}
      {compare && <CompareLine compare={compare} />}
      {kind !== 'unknown' && !items.length && (
        <p className="gc-quiet">{t('changes.none')}</p>
      )}
      {items.length > 0 && lines(items.slice(0, SHOWN))}
      {items.length > SHOWN && (
        <details>
          <summary className="gc-changes-more">
            {t('changes.more', { count: items.length - SHOWN })}
          </summary>
          {lines(items.slice(SHOWN))}
        </details>
      )}
      {beyond > 0 && (
        <p className="gc-small gc-quiet">
          {t('changes.beyond', { count: beyond })}
        </p>
      )}
    </div>
  );
}
