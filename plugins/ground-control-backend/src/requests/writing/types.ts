import { Knex } from 'knex';
import { LoggerService } from '@backstage/backend-plugin-api';
import {
  ArtifactStore,
  CommitSigning,
  GitIdentity,
  Layout,
  Mirror,
} from '@ground-control/backstage-plugin-ground-control-node';
import { ChangeHub } from '../../lib/ChangeHub';
import { LeasedRound } from '../../lib/LeasedLoop';
import { RequestJudge } from '../types';
import type { BranchTip } from './BranchTip';

/** Whose commits are written, and how they are signed. */
export interface WritingSettings {
  author: GitIdentity;
  committer: GitIdentity;
  /** Where it is given, no commit leaves without. */
  signing?: CommitSigning;
}

/** What the writer writes with. */
export interface WritingOptions {
  knex: Knex;
  logger: LoggerService;
  hub: ChangeHub;
  /** The mirror that ingest of this process fetches. */
  mirror: Mirror;
  layout: Layout;
  judge: RequestJudge;
  repository: string;
  writing: WritingSettings;
  /** Absent where none is configured: only rollbacks can be written then. */
  store?: ArtifactStore;
  /** Has ingest look for what was pushed. */
  wantFetch(): Promise<void>;
  /** Milliseconds since 1970; the system's by default. */
  now?(): number;
}

/** What a round comes to for one request; see applyOutcomes. */
export type RequestOutcome =
  | {
      kind: 'hold';
      code: string;
      message: string;
      until?: number;
      /** As below. */
      attempts?: number;
    }
  | { kind: 'outdate' | 'fail'; code: string; message: string }
  /** It stays what it is, and is left alone until then. */
  | {
      kind: 'postpone';
      until: number;
      /** Above 0 it goes alone; refusals of it alone are counted. */
      attempts?: number;
      step?: { code: string; message: string };
    }
  /** Its commit is on the branch, though not on its first-parent line. */
  | { kind: 'commit'; revision: string; position: number; message: string };

/** Outcomes by the requests' numbers. */
export type Outcomes = Map<number, RequestOutcome>;

/** Runs its work in a transaction that fails when we may not write any more. */
export type Transact = <T>(
  work: (tx: Knex.Transaction) => Promise<T>,
) => Promise<T>;

/** What the holder of the writer's lease lends others for a turn. */
export interface WriterTurn
  extends Pick<LeasedRound, 'transact' | 'signal' | 'fault'> {
  tip: BranchTip;
}
