import { ReactNode } from 'react';
import { Artifact } from '@ground-control/backstage-plugin-ground-control-common';
import { PortalLink } from '../components/PortalLink';
import { RelativeTime } from '../components/RelativeTime';
import { usePagesText } from '../hooks/usePagesText';
import { ArtifactChecks } from './ArtifactChecks';

function Fact(props: { name: string; children: ReactNode }) {
  return (
    <>
      <dt>{props.name}</dt>
      <dd>{props.children}</dd>
    </>
  );
}

/**
 * What an artifact says of itself, beyond the message and author that a
 * release's own lines say; what it doesn't say is `unknown`.
 */
export function ArtifactFacts(props: { artifact: Artifact }) {
  const t = usePagesText();
  const { artifact } = props;
  const unknown = <span className="gc-quiet">{t('artifact.unknown')}</span>;
  return (
    <dl className="gc-facts">
      <Fact name={t('artifact.id')}>
        <span className="gc-mono">{artifact.id}</span>
      </Fact>
      <Fact name={t('artifact.commit')}>
        {artifact.commit && artifact.commitUrl && (
          <PortalLink to={artifact.commitUrl} className="gc-mono">
            {artifact.commit.slice(0, 12)}
          </PortalLink>
        )}
        {artifact.commit && !artifact.commitUrl && (
          <span className="gc-mono">{artifact.commit.slice(0, 12)}</span>
        )}
        {!artifact.commit && unknown}
        {artifact.branch && <span> · {artifact.branch}</span>}
      </Fact>
      <Fact name={t('artifact.built')}>
        {artifact.builtAt ? <RelativeTime at={artifact.builtAt} /> : unknown}
        {artifact.ciUrl && (
          <>
            {' · '}
            <PortalLink to={artifact.ciUrl}>{t('artifact.ci')}</PortalLink>
          </>
        )}
      </Fact>
      <Fact name={t('artifact.checks')}>
        <div className="gc-check-list gc-small gc-targets">
          <ArtifactChecks artifact={artifact} />
        </div>
      </Fact>
    </dl>
  );
}
