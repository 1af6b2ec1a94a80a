import { Blocker } from '@ground-control/backstage-plugin-ground-control-common';
import { useReleasesText } from '../hooks/useReleasesText';
import { useText } from '../hooks/useText';

/** What keeps Flux from getting on, and why, in its words. */
export function BlockerText({ blocker }: { blocker: Blocker }) {
  const t = useText();
  const ct = useReleasesText();
  const { kind, namespace, name, why } = blocker;
  return (
    <>
      {ct('service.blocker', { kind, name: `${namespace}/${name}` })}
      {': '}
      {why === 'suspended' ? t('status.suspended') : why}
    </>
  );
}
