import { ANNOTATION_LOCATION, Entity } from '@backstage/catalog-model';

/** Where Groups and Users of tests come from, unless they say otherwise. */
export const TEST_LOCATION = 'url:https://git.example.com/people/';

/** The same entities, as if they came from {@link TEST_LOCATION}. */
export function located(entities: Entity[]): Entity[] {
  return entities.map(entity => ({
    ...entity,
    metadata: {
      ...entity.metadata,
      annotations: {
        ...entity.metadata.annotations,
        [ANNOTATION_LOCATION]: `${TEST_LOCATION}all.yaml`,
      },
    },
  }));
}

/** A Group. */
export function group(name: string, title?: string, leads?: string): Entity {
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Group',
    metadata: {
      name,
      namespace: 'default',
      ...(leads && { annotations: { 'ground-control.dev/leads': leads } }),
    },
    spec: {
      type: 'team',
      children: [],
      ...(title && { profile: { displayName: title } }),
    },
  };
}

/** A Component that is a service. */
export function component(
  name: string,
  owner: string,
  options: { namespace?: string; service?: string; type?: string } = {},
): Entity {
  const { namespace = 'default', service, type = 'service' } = options;
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Component',
    metadata: {
      name,
      namespace,
      ...(service && {
        annotations: { 'ground-control.dev/service': service },
      }),
    },
    spec: { type, lifecycle: 'production', owner },
    relations: [
      {
        type: 'ownedBy',
        targetRef: owner.includes(':') ? owner : `group:default/${owner}`,
      },
    ],
  };
}
