import { RequestPerson } from '@ground-control/backstage-plugin-ground-control-common';
import { shortName } from './shortName';

/** A person as the catalog names them, else their name there. */
export function nameOfPerson(person: RequestPerson): string {
  return person.name ?? shortName(person.entityRef);
}
