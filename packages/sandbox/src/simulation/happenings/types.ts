import type { Context } from '../context.ts';
import type { Commit } from '../types.ts';

/** Something other hands do to the config repository now and then. */
export interface Happening {
  name: string;
  /** How often, compared with the others. */
  weight: number;
  /** The commit, or nothing when the moment doesn't fit. */
  happen(context: Context, at: number): Commit | undefined;
}
