import { LinkCell } from '@ground-control/backstage-plugin-ground-control-common';
import { LinksState } from '../linksState';
import { isTold } from '../map/decideCells';

/** Where each step of a ramp begins: milliseconds, and lost probes of all. */
export const RAMPS = {
  ms: [5, 20, 50, 100, 200],
  loss: [0.0001, 0.005, 0.01, 0.02, 0.05],
};

/** The step of the ramp that a link's number is on, 0 to 5; absent where there is no number. */
export function decideStep(
  scale: LinksState['scale'],
  cell: Pick<LinkCell, 'state' | 'valueMs' | 'loss'>,
): number | undefined {
  if (scale === 'baseline' || !isTold(cell)) return undefined;
  // These look as they are, whichever scale is shown.
  if (cell.state === 'down' || cell.state === 'stale') return undefined;
  const value = scale === 'ms' ? cell.valueMs : cell.loss;
  if (value === null) return undefined;
  return RAMPS[scale].filter(begin => value >= begin).length;
}
