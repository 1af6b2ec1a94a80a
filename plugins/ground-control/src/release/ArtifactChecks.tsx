import { Artifact } from '@ground-control/backstage-plugin-ground-control-common';
import { PortalLink } from '../components/PortalLink';
import { StatusGlyph } from '../components/StatusGlyph';
import { usePagesText } from '../hooks/usePagesText';

function Outcome(props: { good: boolean; url?: string; text: string }) {
  return (
    <span className="gc-check">
      <StatusGlyph status={props.good ? 'fine' : 'warning'} />{' '}
      {props.url ? (
        <PortalLink to={props.url}>{props.text}</PortalLink>
      ) : (
        props.text
      )}
    </span>
  );
}

/** Test and scan results of an artifact, in words; what is absent is said. */
export function ArtifactChecks(props: { artifact: Artifact }) {
  const t = usePagesText();
  const { tests, vulnerabilities } = props.artifact;
  const scans = [
    { where: t('artifact.inCode'), found: vulnerabilities?.code },
    { where: t('artifact.inImage'), found: vulnerabilities?.image },
  ];
  return (
    <>
      {tests ? (
        <Outcome
          good={tests.failed === 0}
          url={tests.url}
          text={t('artifact.testsValue', {
            passed: String(tests.passed),
            failed: String(tests.failed),
            skipped: String(tests.skipped),
          })}
        />
      ) : (
        <span className="gc-quiet">{t('artifact.noTests')}</span>
      )}
      {vulnerabilities ? (
        scans.map(
          ({ where, found }) =>
            found && (
              <Outcome
                key={where}
                good={found.high === 0}
                url={(found as { url?: string }).url}
                text={t('artifact.vulnerabilitiesValue', {
                  where,
                  high: String(found.high),
                  medium: String(found.medium),
                  low: String(found.low),
                })}
              />
            ),
        )
      ) : (
        <span className="gc-quiet">{t('artifact.noScan')}</span>
      )}
    </>
  );
}
