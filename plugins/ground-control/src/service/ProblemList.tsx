import { Problem } from '@ground-control/backstage-plugin-ground-control-common';
import { RelativeTime } from '../components/RelativeTime';
import { StatusGlyph } from '../components/StatusGlyph';
import { usePagesText } from '../hooks/usePagesText';

/** What of a service can't be used as it is; nothing when all can. */
export function ProblemList(props: { problems: Problem[] }) {
  const t = usePagesText();
  const { problems } = props;
  if (!problems.length) return null;
  return (
    <section className="gc-stack-tight">
      <h3>{t('service.problems')}</h3>
      <ul className="gc-panel gc-lines">
        {problems.map(problem => (
          <li
            key={`${problem.code} ${problem.environment} ${problem.path} ${problem.since}`}
            className="gc-wrap"
          >
            <StatusGlyph status="problem" />{' '}
            {problem.environment && (
              <span className="gc-strong">{problem.environment}: </span>
            )}
            {problem.message}{' '}
            <span className="gc-quiet gc-small">
              <RelativeTime at={problem.since} />
            </span>
            {problem.path && <div className="gc-mono">{problem.path}</div>}
          </li>
        ))}
      </ul>
    </section>
  );
}
