import { EntryCheckPart } from '@ground-control/backstage-plugin-ground-control-common';
import { ClusterIngress, ExportedService } from '../../store';
import { ingressId, targetId } from '../entryId';
import { ReadFile } from '../types';
import { part } from './part';
import { EntrySubject } from './types';

/** What of the file is said about something that has no entry which counts. */
function decideUndeclared(
  file: ReadFile | undefined,
  id: string,
): EntryCheckPart {
  if (!file?.isReadable) return part('unknown', 'file-not-read');
  const fault = file.problems.find(({ entry }) => entry === id);
  return fault
    ? part('unknown', 'entry-faulty', {
        ...(fault.line !== null && { line: fault.line }),
      })
    : part('no', 'not-declared');
}

/**
 * All that there is to say something about: entries in the order of the file,
 * and what the gateway made without one, or of one that is gone.
 *
 * @param file - undefined while it was never read
 */
export function findSubjects(
  file: ReadFile | undefined,
  made: { exported: ExportedService[]; ingresses: ClusterIngress[] },
): EntrySubject[] {
  const entries = file?.entries ?? [];
  const known = new Set(entries.map(({ id }) => id));
  const declared = entries.map(
    (entry): EntrySubject => ({
      ...entry,
      declared: part('yes', 'declared', { line: entry.line }),
    }),
  );
  const bare = { dnsName: null, port: null, squad: null, line: null };
  const targets = made.exported
    .filter(({ managedByGateway }) => managedByGateway)
    .map(({ cluster, namespace, service, externalName }) => {
      const id = targetId({ name: service, cluster });
      return {
        ...bare,
        kind: 'target' as const,
        // Two of different namespaces could have one id.
        id: `${id}/${namespace}`,
        entry: id,
        name: service,
        namespace,
        cluster,
        dnsName: externalName,
      };
    });
  const ingresses = made.ingresses
    .filter(({ managedByGateway }) => managedByGateway)
    .map(({ cluster, namespace, service, port }) => {
      const id = ingressId({ name: service, namespace, cluster });
      return {
        ...bare,
        kind: 'ingress' as const,
        id,
        entry: id,
        name: service,
        namespace,
        cluster,
        port,
      };
    });
  const undeclared = new Map(
    [...targets, ...ingresses]
      .filter(({ entry }) => !known.has(entry))
      .map(({ entry, ...subject }): [string, EntrySubject] => [
        subject.id,
        { ...subject, declared: decideUndeclared(file, entry) },
      ]),
  );
  return [...declared, ...undeclared.values()];
}
