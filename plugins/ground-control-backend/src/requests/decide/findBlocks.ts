import { Verdict } from '@ground-control/backstage-plugin-ground-control-common';
import { RequestRow } from '../types';

/** Blocks among verdicts, by what can be done about them. */
export interface Blocks {
  /** Nothing helps. */
  final: Verdict[];
  /** Somebody may go over them. */
  overridable: Verdict[];
  /** They pass by themselves: the request is held until then. */
  momentary: Verdict[];
}

/**
 * Sorts blocks. A momentary one keeps nobody from deciding: the request is held
 * afterwards, until the moment is over or somebody goes over it.
 *
 * @param overridden - policies whose blocks somebody went over already; what
 * blocks since then was gone over by nobody
 */
export function findBlocks(
  verdicts: Verdict[],
  overridden: readonly string[],
): Blocks {
  const blocks = verdicts.filter(
    ({ policy, level, overridable }) =>
      level === 'block' && !(overridable && overridden.includes(policy)),
  );
  return {
    final: blocks.filter(block => !block.momentary && !block.overridable),
    overridable: blocks.filter(block => block.overridable),
    momentary: blocks.filter(block => block.momentary),
  };
}

/** The policies whose blocks somebody went over. */
export function readOverridden({ overridden }: RequestRow): string[] {
  return JSON.parse(overridden);
}

/** The blocks' reasons and what would satisfy them, as one text. */
export function describeBlocks(blocks: Verdict[]): string {
  return blocks
    .map(({ reason, remedy }) => (remedy ? `${reason} ${remedy}` : reason))
    .join(' ');
}
