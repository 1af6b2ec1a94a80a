import {
  formatServicePath,
  Problem,
} from '@ground-control/backstage-plugin-ground-control-common';
import { RelativeTime } from '../components/RelativeTime';
import { StatusGlyph } from '../components/StatusGlyph';
import { useFormat } from '../hooks/useFormat';
import { usePagesText } from '../hooks/usePagesText';

/** Tells one problem from all others. */
export function keyOfProblem(problem: Problem): string {
  const { code, environment, path, service, since } = problem;
  const of = service ? formatServicePath(service) : '';
  return [code, environment, path, of, since].join(' ');
}

/**
 * What can't be used as it is; nothing when all can.
 *
 * @param props.total - how many there are, where that may be more
 */
export function ProblemList(props: { problems: Problem[]; total?: number }) {
  const t = usePagesText();
  const format = useFormat();
  const { problems, total } = props;
  if (!problems.length) return null;
  return (
    <section className="gc-stack-tight">
      <h3>
        {t('service.problems')}
        {total !== undefined && ` (${format.number(total)})`}
      </h3>
      <ul className="gc-panel gc-lines">
        {problems.map(problem => (
          <li key={keyOfProblem(problem)} className="gc-wrap">
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
