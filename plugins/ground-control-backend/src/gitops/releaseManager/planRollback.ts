import {
  Layout,
  LayoutPlace,
  TreeChange,
} from '@ground-control/backstage-plugin-ground-control-node';
import { formatKustomizationPath, formatReleaseFolder } from './places';

/**
 * What going back changes: the earlier release's folder and its Kustomization
 * are put back as the objects that they were. Where the earlier release had no
 * Kustomization, the one that is there stays: release-manager deletes none.
 */
export function planRollback(
  place: LayoutPlace,
  earlier: Parameters<Layout['planRollback']>[1],
): TreeChange[] {
  const folder = formatReleaseFolder(place);
  const changes: TreeChange[] = [
    { kind: 'remove', path: folder },
    { kind: 'graft', path: folder, mode: '040000', object: earlier.tree },
  ];
  const other = earlier.others.find(
    ({ path }) => path === formatKustomizationPath(place),
  );
  if (other) changes.push({ kind: 'graft', ...other });
  return changes;
}
