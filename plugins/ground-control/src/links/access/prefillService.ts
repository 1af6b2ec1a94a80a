import { formatServiceRef } from '@ground-control/backstage-plugin-ground-control-common';
import { Choices } from '../../hooks/useChoices';
import { AccessFields } from './decideWish';

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
export function prefillService(
  own: string[],
  { kind, name }: Partial<Pick<AccessFields, 'kind' | 'name'>> = {},
): string {
  const called = own.filter(
    one => kind === 'ingress' && one.split('/').pop() === name,
  );
  const [only, ...more] = called.length ? called : own;
  return only !== undefined && !more.length ? only : '';
}
