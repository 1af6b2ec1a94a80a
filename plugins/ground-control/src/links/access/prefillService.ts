import {
  formatServiceRef,
  GatewayEntry,
} from '@ground-control/backstage-plugin-ground-control-common';
import { Choices } from '../../hooks/useChoices';

/** Names of the services of the squads that are looked at, or else of the reader's own. */
export function listOwn(
  choices: Choices | undefined,
  squad: 'mine' | 'all' | string[],
): string[] {
  const squads = Array.isArray(squad) ? squad : choices?.mine;
  return (choices?.services ?? [])
    .filter(one => one.squad !== undefined && squads?.includes(one.squad))
    .map(formatServiceRef);
}

/** The service that is meant where nobody said so; empty where that could be several. */
export function prefillService(own: string[], entry?: GatewayEntry): string {
  const called = own.filter(
    name => entry?.kind === 'ingress' && name.split('/').pop() === entry.name,
  );
  const [only, ...more] = called.length ? called : own;
  return only !== undefined && !more.length ? only : '';
}
