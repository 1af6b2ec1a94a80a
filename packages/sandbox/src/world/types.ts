import type { Context } from '../simulation/context.ts';
import type { SimulationState } from '../simulation/types.ts';
import type { WorldOptions } from './options.ts';

/** Counts of what was made since the beginning, by us. */
export interface WorldCounts {
  commits: number;
  builds: number;
  releases: number;
  releasesByEnvironment: Record<string, number>;
  rollbacks: number;
}

/** A built world, as those who use it need it. Paths are absolute. */
export interface World {
  dir: string;
  repositoryPath: string;
  artifactsPath: string;
  /** Services' own repositories, and what they are made of. */
  sourcePath: string;
  catalogPath: string;
  options: WorldOptions;
  counts: WorldCounts;
  /** The newest commit of the branch, as far as we have written or seen it. */
  tip: string;
}

/** A world that can go on: with the company and its state in memory. */
export interface OpenWorld extends World {
  context: Context;
}

/** What `world.json` holds. */
export interface WorldFile {
  formatVersion: number;
  options: WorldOptions;
  counts: WorldCounts;
  tip: string;
  state: SimulationState;
}
