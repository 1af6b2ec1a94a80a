import { ReleaseRequest } from '@ground-control/backstage-plugin-ground-control-common';
import { PageLink } from '../components/PageLink';
import { Hidden } from '../components/Hidden';
import { useReleasesPath } from '../hooks/useReleasesPath';
import { useRequestsText } from '../hooks/useRequestsText';
import { useShortcuts } from '../hooks/useShortcuts';
import { subjectOf } from './subjectOf';
import { Beside } from './useInbox';

/** Where the request stands in its list, and the ways to those beside it. */
export function RequestSteps(props: { beside: Beside }) {
  const t = useRequestsText();
  const paths = useReleasesPath();
  const { on } = useShortcuts();
  const { previous, next, place, total, inbox } = props.beside;
  if (!total) return null;
  const step = (key: string, label: string, to?: ReleaseRequest) =>
    to && (
      <PageLink
        to={paths.request(to.id)}
        state={{ inbox: inbox.search }}
        aria-keyshortcuts={on ? key : undefined}
      >
        {label} <Hidden>{subjectOf(t, to)}</Hidden>
        {on && (
          <kbd className="gc-key" aria-hidden="true">
            {key}
          </kbd>
        )}
      </PageLink>
    );
  return (
    <nav className="gc-row gc-small gc-targets" aria-label={t('steps.label')}>
      {step('[', t('steps.previous'), previous)}
      {place !== undefined && (
        <span className="gc-quiet">
          {t('steps.place', { place: String(place), total: String(total) })}
        </span>
      )}
      {step(']', t('steps.next'), next)}
    </nav>
  );
}
