import {
  AuditEntry,
  AuditSource,
} from '@ground-control/backstage-plugin-ground-control-common';

/** What acts by itself, by the actor that its entries name. */
const OWN: Record<string, AuditSource | null> = {
  'system:auto-release': 'auto-release',
  'system:auto-release-pause': 'ground-control',
  'system:clusters': 'clusters',
  'system:ingest': 'branch',
  'system:policies': 'ground-control',
  'system:release-watch': 'branch',
  'system:requests': 'ground-control',
  'system:writer': 'ground-control',
  // Whoever had no credentials that name anybody.
  'system:nobody': null,
};

/**
 * Where what an entry tells came from, as far as its actor says. Whether
 * somebody clicked or called the API as themselves isn't recorded.
 */
export function decideSource({
  actor,
}: Pick<AuditEntry, 'actor'>): AuditSource | null {
  if (Object.hasOwn(OWN, actor)) return OWN[actor];
  if (actor.startsWith('user:')) return 'portal';
  // The subject of a token, as `external:ci` or `plugin:catalog`.
  return actor.startsWith('system:') ? 'api' : null;
}
