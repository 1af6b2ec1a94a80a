import { Knex } from 'knex';
import { createSquadFinder } from '../../catalog/deriveServices';
import { readEntries } from '../entries/store/readEntries';
import { CallFacts } from './types';

/** Reads what entries of the gateway name, inside and outside of the mesh. */
export async function readNamed(
  knex: Knex,
  repository: string,
): Promise<Pick<CallFacts, 'targets' | 'ingresses'>> {
  const [file, squads] = await Promise.all([
    readEntries(knex, repository),
    knex('squads').select('squad_ref'),
  ]);
  const findSquad = createSquadFinder(squads.map(row => row.squad_ref));
  const entries = file?.entries ?? [];
  return {
    targets: entries
      .filter(({ kind }) => kind === 'target')
      .map(({ name, namespace, cluster, squad }) => ({
        hostName: name,
        namespace,
        cluster,
        squadRef: findSquad(squad) ?? null,
      })),
    ingresses: entries
      .filter(({ kind }) => kind === 'ingress')
      .map(({ name, namespace, cluster }) => ({
        service: name,
        namespace,
        cluster,
      })),
  };
}
