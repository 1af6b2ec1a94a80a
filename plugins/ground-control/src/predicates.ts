import { Entity } from '@backstage/catalog-model';
import { ANNOTATION_SERVICE } from '@ground-control/backstage-plugin-ground-control-common';

/**
 * Whether an entity is a service: a Component of type `service`, or one that
 * names a service of the config repository.
 *
 * @public
 */
export function isServiceEntity(entity: Entity): boolean {
  return (
    entity.kind.toLocaleLowerCase('en-US') === 'component' &&
    (entity.spec?.type === 'service' ||
      Boolean(entity.metadata.annotations?.[ANNOTATION_SERVICE]))
  );
}

/**
 * Whether an entity is a squad: a Group of type `squad` or `team`.
 *
 * @public
 */
export function isSquad(entity: Entity): boolean {
  return (
    entity.kind.toLocaleLowerCase('en-US') === 'group' &&
    (entity.spec?.type === 'squad' || entity.spec?.type === 'team')
  );
}

/**
 * Whether an entity is a cluster: a Resource of type `kubernetes-cluster`.
 *
 * @public
 */
export function isClusterEntity(entity: Entity): boolean {
  return (
    entity.kind.toLocaleLowerCase('en-US') === 'resource' &&
    entity.spec?.type === 'kubernetes-cluster'
  );
}
