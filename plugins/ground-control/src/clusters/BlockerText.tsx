import { Blocker } from '@ground-control/backstage-plugin-ground-control-common';
import { usePagesText } from '../hooks/usePagesText';
import { useText } from '../hooks/useText';

/** What keeps Flux from getting on, and why, in its words. */
export function BlockerText({ blocker }: { blocker: Blocker }) {
  const t = useText();
  const pt = usePagesText();
  const { kind, namespace, name, why } = blocker;
  return (
    <>
      {pt('service.blocker', { kind, name: `${namespace}/${name}` })}
      {': '}
      {why === 'suspended' ? t('status.suspended') : why}
    </>
  );
}
