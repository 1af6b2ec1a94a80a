import {
  Layout,
  LoggedCommit,
} from '@ground-control/backstage-plugin-ground-control-node';

/** The names of all services that deciding these commits may ask for. */
export function findServiceNames(
  commits: LoggedCommit[],
  layout: Layout,
): Set<string> {
  const names = new Set<string>();
  for (const { message, changes } of commits) {
    for (const change of changes) {
      const path = layout.readPath(change.path);
      if ('service' in path && path.service) names.add(path.service);
    }
    const claimed = layout.readMessage(message)?.service;
    // A title names a service without regard to case; see ProblemBook.
    if (claimed) names.add(claimed.toLowerCase());
  }
  return names;
}
