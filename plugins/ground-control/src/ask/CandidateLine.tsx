import {
  Artifact,
  ReleaseCandidate,
} from '@ground-control/backstage-plugin-ground-control-common';
import { RelativeTime } from '../components/RelativeTime';
import { StatusGlyph } from '../components/StatusGlyph';
import { useFormat } from '../hooks/useFormat';
import { usePagesText } from '../hooks/usePagesText';
import { shortArtifactId } from '../lib/shortArtifactId';

/** Tests and vulnerabilities of a build, in a few words; what is absent is said. */
function Checks(props: { artifact: Artifact }) {
  const t = usePagesText();
  const { tests, vulnerabilities } = props.artifact;
  const sum = (level: 'high' | 'medium') =>
    (vulnerabilities?.code?.[level] ?? 0) +
    (vulnerabilities?.image?.[level] ?? 0);
  const [high, medium] = [sum('high'), sum('medium')];
  const onlyHigh = high
    ? t('choose.high', { count: high })
    : t('choose.noHigh');
  const passed = tests && t('choose.testsPassed', { count: tests.passed });
  return (
    <span className="gc-row gc-small">
      {tests ? (
        <span>
          <StatusGlyph status={tests.failed ? 'warning' : 'fine'} />{' '}
          {tests.failed
            ? t('choose.testsFailed', { count: tests.failed })
            : passed}
        </span>
      ) : (
        <span className="gc-quiet">{t('choose.noTests')}</span>
      )}{' '}
      {vulnerabilities ? (
        <span>
          <StatusGlyph status={high ? 'warning' : 'fine'} />{' '}
          {medium > 0
            ? t('choose.medium', { high: String(high), count: medium })
            : onlyHigh}
        </span>
      ) : (
        <span className="gc-quiet">{t('choose.noScan')}</span>
      )}
    </span>
  );
}

/** A build that can be released: what it is, how it fared, where it runs. */
export function CandidateLine(props: {
  candidate: Pick<ReleaseCandidate, 'artifact'> & Partial<ReleaseCandidate>;
}) {
  const t = usePagesText();
  const format = useFormat();
  const { artifact, runsIn = [], stored = true } = props.candidate;
  return (
    <>
      <span className="gc-row">
        <span className="gc-mono gc-strong" title={artifact.id}>
          {shortArtifactId(artifact.id)}
        </span>{' '}
        {artifact.branch && <span className="gc-wrap">{artifact.branch}</span>}{' '}
        <RelativeTime at={artifact.builtAt} />{' '}
        {runsIn.length > 0 && (
          <span className="gc-chip">
            {t('choose.runsIn', { environments: format.list(runsIn) })}
          </span>
        )}
      </span>{' '}
      <span className="gc-small gc-wrap">
        {artifact.message?.split('\n')[0] ?? (
          <span className="gc-quiet">{t('release.noMessage')}</span>
        )}
        {artifact.author && (
          <span className="gc-quiet"> · {artifact.author.name}</span>
        )}
      </span>{' '}
      <Checks artifact={artifact} />{' '}
      {!stored && (
        <span className="gc-small">
          <StatusGlyph status="locked" /> {t('choose.notStored')}
        </span>
      )}
    </>
  );
}
