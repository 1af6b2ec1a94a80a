import { hashNumber } from '../../lib/hash.ts';

/** The few services that other clusters call. */
export function isExported(service: string): boolean {
  return hashNumber(service, 'exported') < 0.06;
}
