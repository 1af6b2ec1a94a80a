import { ObjectRef } from '../observe/types';

const SUSPENDED = /(^|; )Kustomization \S+ is suspended as well$/;

/** Says beside what is wrong that Flux won't mend it: nobody lets it. */
export function addSuspended(
  message: string | undefined,
  { namespace, name }: ObjectRef,
): string {
  const words = `Kustomization ${namespace}/${name} is suspended as well`;
  return message ? `${message}; ${words}` : words;
}

/** Pair of {@link addSuspended}. */
export function dropSuspended(message: string | undefined): string | undefined {
  return message?.replace(SUSPENDED, '') || undefined;
}
