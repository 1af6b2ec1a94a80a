import type { Portal } from '../../lib/Portal.ts';

/** The places of the states in the list from worst to best. */
export const SUSPENDED = '2';
const RECONCILED = '7';

interface EncodedBoard {
  environments: string[];
  clusters: { name: string; environment: string }[];
  rows: { name: string[] };
  cells: { clusters: string[] }[];
}

/** The character of a service's state in a cluster, as the board has it. */
export function stateOf(board: EncodedBoard, service: string, cluster: string) {
  const { environment } = board.clusters.find(one => one.name === cluster)!;
  const of = board.clusters.filter(one => one.environment === environment);
  const column =
    board.cells[board.environments.indexOf(environment)].clusters[
      of.findIndex(one => one.name === cluster)
    ];
  return column[board.rows.name.indexOf(service)];
}

/** Services of the squad that are released in a cluster's environment. */
export async function findServices(portal: Portal, cluster: string) {
  const board: EncodedBoard = await portal.get('/v1/board?squad=mine');
  return board.rows.name.filter(
    name => stateOf(board, name, cluster) === RECONCILED,
  );
}
