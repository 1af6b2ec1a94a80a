import {
  AccessStanding,
  AccessUser,
  AskedAccess,
  formatServiceRef,
} from '@ground-control/backstage-plugin-ground-control-common';
import { PageLink } from '../../components/PageLink';
import { StatusGlyph } from '../../components/StatusGlyph';
import { useLinksText } from '../../hooks/useLinksText';
import { useReleasesPath } from '../../hooks/useReleasesPath';
import { shortName } from '../../lib/shortName';
import { CopyAddress } from '../CopyAddress';
import { LinkLines } from '../LinkLines';

function User(props: { user: AccessUser }) {
  const t = useLinksText();
  const paths = useReleasesPath();
  const { caller, calls, from, squad } = props.user;
  return (
    <li className="gc-wrap">
      <StatusGlyph status={calls ? 'warning' : 'unknown'} />{' '}
      {caller && squad ? (
        <PageLink to={paths.service(caller)}>
          {formatServiceRef(caller)}
        </PageLink>
      ) : (
        // A workload that is nobody's service has no page.
        (caller && formatServiceRef(caller)) ??
        t('calls.someService', { squad: squad ? shortName(squad) : '–' })
      )}{' '}
      {t(calls ? 'access.callsFrom' : 'access.mayCallFrom', { cluster: from })}
    </li>
  );
}

function Users(props: { standing: AccessStanding }) {
  const t = useLinksText();
  const { users, hiddenUsers } = props.standing;
  return (
    <div className="gc-stack-tight">
      <h4>{t('access.users')}</h4>
      {users.length + hiddenUsers === 0 && <p>{t('access.noUsers')}</p>}
      <ul>
        {users.map((user, i) => (
          // Of several that nobody knows by name there is no other key.
          // eslint-disable-next-line react/no-array-index-key
          <User key={i} user={user} />
        ))}
        {hiddenUsers > 0 && (
          <li>
            <StatusGlyph status="locked" />{' '}
            {t('access.hiddenUsers', { count: hiddenUsers })}
          </li>
        )}
      </ul>
    </div>
  );
}

/** What a wish for access is about: its lines, the links that it would use, who uses it, and its address. */
export function AccessFacts(props: {
  access: Pick<AskedAccess, 'wish' | 'path' | 'entry' | 'address'>;
  /** Absent once nobody has to know any more. */
  standing?: AccessStanding;
}) {
  const t = useLinksText();
  const { access, standing } = props;
  const { address, entry, path, wish } = access;
  const isRemoval = wish.change === 'remove';
  return (
    <div className="gc-stack">
      {standing && isRemoval && <Users standing={standing} />}
      {standing && standing.links.length > 0 && (
        <div className="gc-stack-tight">
          <h4>{t('access.links')}</h4>
          <LinkLines links={standing.links} />
        </div>
      )}
      <div className="gc-stack-tight">
        <h4>{t(isRemoval ? 'access.oldAddress' : 'access.address')}</h4>
        {address ? (
          <CopyAddress address={address} />
        ) : (
          <p className="gc-quiet">{t('access.noAddress')}</p>
        )}
      </div>
      {entry && (
        <div className="gc-stack-tight">
          <h4 className="gc-wrap">{t('access.entry', { path })}</h4>
          <pre className="gc-mono gc-wrap" style={{ whiteSpace: 'pre-wrap' }}>
            {entry}
          </pre>
        </div>
      )}
    </div>
  );
}
