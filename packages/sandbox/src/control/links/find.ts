import type { Links } from '../../clusters/linkerd/Links.ts';
import { findCluster } from '../clusters/find.ts';
import { ControlError } from '../types.ts';
import type { ControlTarget } from '../types.ts';

/** The two ends of a link, and all links. */
export function findLink(
  target: ControlTarget,
  { from, to }: Record<string, string>,
): { from: string; to: string; links: Links } {
  const ends = {
    from: findCluster(target, from).name,
    to: findCluster(target, to).name,
  };
  return { ...ends, links: target.clusters!.links };
}

/** Reads a number between bounds, both included. */
export function numberWithin(
  name: string,
  text: string,
  [low, high]: readonly [number, number],
): number {
  const number = Number(text);
  if (!text.trim() || !(number >= low && number <= high)) {
    throw new ControlError(`${name} wants a number from ${low} to ${high}`);
  }
  return number;
}
