import { ANNOTATION_LOCATION, Entity } from '@backstage/catalog-model';

/** Spellings that lead out of the folder that they seem to lie in. */
const LEADS_ELSEWHERE = /(^|[/\\])\.\.([/\\]|$)|\\|%2e|%2f|%5c/i;

function isWithin(location: string, prefix: string): boolean {
  if (location === prefix) return true;
  const folder = /[/:]$/.test(prefix) ? prefix : `${prefix}/`;
  return location.startsWith(folder);
}

/**
 * Whether an entity comes from where config allows it to: squads edit catalog
 * files, and who writes a Group could make themselves its lead.
 *
 * @param trusted - beginnings of locations, such as
 * `url:https://git.example.com/platform/catalog/`; undefined trusts all
 */
export function isTrustedLocation(
  entity: Entity,
  trusted: string[] | undefined,
): boolean {
  if (!trusted) return true;
  // The catalog writes it itself; an entity can't name another.
  const location = entity.metadata.annotations?.[ANNOTATION_LOCATION] ?? '';
  return (
    !LEADS_ELSEWHERE.test(location) &&
    trusted.some(prefix => isWithin(location, prefix))
  );
}
