import { PolicyFault } from '@ground-control/backstage-plugin-ground-control-common';
import {
  CommitPlan,
  GitIdentity,
} from '@ground-control/backstage-plugin-ground-control-node';

/** A level of `ground-control.yaml`. */
export type RuleSection =
  | { of: 'defaults' }
  /** As the file names it, or is to name it. */
  | { of: 'squad' | 'service'; name: string };

/** A change of policies that somebody wants. */
export type PolicyChange =
  /** The branch that is released there by itself; null for none. */
  | {
      kind: 'auto-release';
      service: string;
      environment: string;
      branch: string | null;
    }
  /** RE2; null for none. */
  | {
      kind: 'branch-restriction';
      service: string;
      environment: string;
      branchRegex: string | null;
    }
  /** All that a level says, in the form of the file; null takes it away. */
  | { kind: 'rules'; section: RuleSection; rules: unknown };

/** A file of policies after a change. */
export type ChangedFile =
  /** `content` is null where the file is to go. */
  | {
      kind: 'changed';
      path: string;
      mode: '100644' | '100755';
      content: Buffer | null;
      title: string;
    }
  | { kind: 'unchanged' }
  /** `message` says why, and what to do. */
  | { kind: 'refused'; message: string; faults?: PolicyFault[] };

/** A commit that makes the change, on the commit that it was made for. */
export type PolicyPlan =
  | {
      kind: 'plan';
      base: string;
      path: string;
      /** Git's id of the file before; null where there is none. */
      object: string | null;
      plan: CommitPlan;
    }
  | Exclude<ChangedFile, { kind: 'changed' }>;

/** Who changes policies, and in whose name commits are made. */
export interface PolicyActors {
  changedBy: GitIdentity;
  author: GitIdentity;
  committer: GitIdentity;
}

/** What a commit's message says beside what was changed. */
export interface PolicyMessage {
  /** Why, for people. */
  reason?: string;
  /** After the one that names who changed it. */
  trailers?: ReadonlyArray<[key: string, value: string]>;
}
