import { EntryCheckCode } from '@ground-control/backstage-plugin-ground-control-common';

/** What platform engineers mend: the mesh, certificates, and what isn't heard of. */
const OF_PLATFORM: ReadonlySet<string> = new Set<EntryCheckCode>([
  'cluster-not-heard',
  'links-not-known',
  'not-linked',
  'not-mirrored',
  'mirrored-in-some',
  'certificate-not-ready',
  'certificate-missing',
  'certificate-unknown',
  'link-unwell',
  'link-stale',
  'no-probe',
  'file-not-read',
]);

/**
 * Whose turn it is: the squad's that wrote the entry, where that isn't what
 * platform engineers look after.
 *
 * @param code - what is amiss
 */
export function decideTurn(code: string, squad: string | null): string {
  return squad === null || OF_PLATFORM.has(code) ? 'platform' : squad;
}
