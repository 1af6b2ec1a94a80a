import { ConfigApi } from '@backstage/core-plugin-api';

/** Somebody whom a developer can be. */
export interface Person {
  entityRef: string;
  title: string;
  description: string;
}

/** The people of `auth.providers.developmentSignIn`, in their order there. */
export function readPeople(config: ConfigApi): Person[] {
  return (
    config.getOptionalConfigArray('auth.providers.developmentSignIn.people') ??
    []
  ).map(person => ({
    entityRef: person.getString('entityRef'),
    title: person.getString('title'),
    description: person.getString('description'),
  }));
}
