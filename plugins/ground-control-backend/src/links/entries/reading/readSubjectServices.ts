import {
  formatServiceRef,
  ServiceRef,
} from '@ground-control/backstage-plugin-ground-control-common';
import { ReadContext } from '../../../releases';
import { queryServices } from '../../../releases/queryServices';
import { ServiceRow } from '../../../releases/types';
import { createPartyFinder } from '../../calls/findParty';
import { EntrySubject } from '../decide/types';

/** A service that entries are about. */
export interface SubjectService extends ServiceRef {
  entityRef: string | null;
  /** Entity ref of the Group that owns it. */
  squadRef: string | null;
  isVisible: boolean;
}

type NamedRow = Pick<
  ServiceRow,
  'namespace' | 'service' | 'entity_ref' | 'squad_ref'
>;

/** More names than that, and it is less work to read all services. */
const MOST_NAMES = 1_000;

/** Reads which service each ingress is about, and whether the reader may see it. */
export async function readSubjectServices(
  context: ReadContext,
  options: {
    subjects: EntrySubject[];
    environments: ReadonlyMap<string, string>;
  },
): Promise<(subject: EntrySubject) => SubjectService | undefined> {
  const { subjects, environments } = options;
  const names = new Set(
    subjects.flatMap(({ kind, name }) => (kind === 'ingress' ? [name] : [])),
  );
  if (names.size === 0) return () => undefined;
  const read = async (
    services: ReadContext['services'],
  ): Promise<NamedRow[]> => {
    const query = queryServices({ ...context, services }, {}).select(
      'services.namespace',
      'services.service',
      'services.entity_ref',
      'services.squad_ref',
    );
    if (names.size <= MOST_NAMES) query.whereIn('services.service', [...names]);
    return query;
  };
  const [rows, visible] = await Promise.all([
    read({ kind: 'all' }),
    context.services.kind === 'all' ? undefined : read(context.services),
  ]);
  const refOf = (row: NamedRow) =>
    formatServiceRef({ namespace: row.namespace, name: row.service });
  const refs = visible && new Set(visible.map(refOf));
  const find = createPartyFinder(
    rows.map(
      (row): SubjectService => ({
        namespace: row.namespace,
        name: row.service,
        entityRef: row.entity_ref,
        squadRef: row.squad_ref,
        isVisible: refs?.has(refOf(row)) ?? true,
      }),
    ),
    environments,
  );
  return ({ kind, name, namespace, cluster }) =>
    kind === 'ingress' ? find(namespace, name, cluster) : undefined;
}
