import type { ClustersWorld } from '../clusters/ClustersWorld.ts';
import type { Probes } from '../probes/Probes.ts';
import type { Access } from '../server/access.ts';
import type { LiveWorld } from '../server/LiveWorld.ts';
import type { CliOption } from '../cli/types.ts';

/** What is so until a control changes it, or was since the start. */
export interface SandboxState {
  access: Access;
  /** When the config repository was first asked for, in milliseconds since 1970. */
  askedAt?: number;
  /** When its refs were asked for lately, as each fetch begins; oldest first. */
  fetchesAt: number[];
}

/** What a control may change. */
export interface ControlTarget {
  live: LiveWorld;
  state: SandboxState;
  /** Absent where no clusters are served. */
  clusters?: ClustersWorld;
  /** Absent where no probes run. */
  probes?: Probes;
}

/** One thing that can be done to a running sandbox from outside. */
export interface Control {
  /** Its path below /control/ and its command. */
  name: string;
  /** Names of the values that must be given. */
  arguments: string[];
  options: Record<string, CliOption>;
  description: string;
  example: string;
  /** Gives at least a message; throws ControlError for what can't be done. */
  run(
    target: ControlTarget,
    values: Record<string, string>,
  ): Promise<{ message: string } & Record<string, unknown>>;
}

/** Said to whoever asked, as it stands. */
export class ControlError extends Error {}
