import { FileDiff } from './manifestDiff';
import { Permit } from './request';
import { ServiceRef } from './serviceRef';
import { RuleSource } from './verdict';

/** Whose policies: those of all services, of a squad's, or of one service. @public */
export type PolicySubject =
  | { level: 'defaults' }
  /** Entity ref of a Group. */
  | { level: 'squad'; squad: string }
  | { level: 'service'; service: ServiceRef };

/** What a check does to a release that doesn't pass it. @public */
export type PolicyCheck = 'off' | 'warn' | 'block';

/**
 * A time in which nothing is released, as `ground-control.yaml` writes it. With
 * `days` it comes every week.
 *
 * @public
 */
export interface PolicyFreeze {
  /** `2026-12-23T16:00`; with days `16:00`. */
  from: string;
  /** `2027-01-02T08:00`; with days `08:00` or `mon 08:00`. */
  to: string;
  /** An IANA zone, such as `Europe/Copenhagen`. */
  zone: string;
  reason?: string;
  /** Such as `fri`. */
  days?: string[];
}

/** What a level says of an environment, as `ground-control.yaml` writes it. @public */
export interface PolicyRules {
  /** 0 to 3. */
  approvals?: number;
  onlyWhenWarning?: boolean;
  rollbackNeedsApproval?: boolean;
  /** Such as `30m` or `1d12h`. */
  soak?: string;
  tests?: PolicyCheck;
  vulnerabilities?: { high?: PolicyCheck; medium?: PolicyCheck };
  /** Links that calls of the service cross and that aren't well. */
  links?: PolicyCheck;
  freeze?: PolicyFreeze[];
}

/** All that a level says, as `ground-control.yaml` writes it. @public */
export interface PolicyLevelRules {
  environments?: Record<string, PolicyRules>;
  /** For all environments. */
  freeze?: PolicyFreeze[];
}

/** The rules that hold one value each. @public */
export const POLICY_RULES = [
  'approvals',
  'onlyWhenWarning',
  'rollbackNeedsApproval',
  'soak',
  'tests',
  'highVulnerabilities',
  'mediumVulnerabilities',
  'links',
] as const;

/** One of the rules that hold one value. @public */
export type PolicyRuleName = (typeof POLICY_RULES)[number];

/** Where a rule may be written; the floor is app-config's. @public */
export type PolicyPlace = 'floor' | 'defaults' | 'squad' | 'service';

/** A rule as some place states it. @public */
export interface StatedPolicy {
  place: PolicyPlace;
  /** In the words of the file, such as `2`, `true`, `30m` or `block`. */
  value: string;
  source: RuleSource;
}

/** A rule that holds in an environment, and who says what of it. @public */
export interface EffectivePolicy {
  rule: PolicyRuleName;
  /** What holds after merging, in the words of the file. */
  value: string;
  /** Where that is written; absent for what is built in. */
  source?: RuleSource;
  /** Everybody who says something of it. */
  stated: StatedPolicy[];
}

/** What holds in an environment. @public */
export interface EnvironmentPolicies {
  environment: string;
  rules: EffectivePolicy[];
  /** Freezes of all places; `value` is the window. */
  freezes: Array<StatedPolicy & { reason?: string }>;
  /** Of a service: patterns of RE2 that branches have to match. */
  branchRestrictions: Array<{ branchRegex: string; source: RuleSource }>;
  /** Of a service: what is released there by itself. */
  autoRelease?: { branch: string; source: RuleSource };
  /**
   * Of a service: until when a rollback keeps that off, by which request, and
   * why it doesn't yet.
   */
  autoReleasePause?: { until: string; requestId: string; fault?: string };
}

/** A file of policies, or the part of it that a subject has. @public */
export interface PolicyDocument {
  /** Its path in the config repository. */
  path: string;
  /** Git's id of its content; null where there is no such file. */
  object: string | null;
  /** The part that the subject has, as it is written; empty where it has none. */
  text: string;
  /** The part's first line in the file, from 1. */
  line?: number;
  /** Why it can't be used as it is. */
  fault?: string;
  /** Whether the reader may change it, and why not. */
  edit: Permit;
}

/** The policies of a subject. @public */
export interface Policies {
  asOf: string;
  /** The commit of the config repository that was read. */
  revision: string;
  subject: PolicySubject;
  /** Of a service: its squad's Group. */
  squad?: string;
  /** In the order of promotion. */
  environments: EnvironmentPolicies[];
  /** The subject's part of `ground-control.yaml`. */
  rules: PolicyDocument & {
    /** As the file names the subject, or would. */
    name?: string;
    /** What it says; absent where that can't be read. */
    says?: PolicyLevelRules;
  };
  /** Of a service: release-manager's own file. */
  service?: PolicyDocument;
}

/** A change of policies that somebody wants. @public */
export type PolicyEdit =
  /** All that the subject's part is to say; null takes the part away. */
  | { kind: 'rules'; subject: PolicySubject; rules: PolicyLevelRules | null }
  /** RE2; null for none. */
  | {
      kind: 'branch-restriction';
      service: ServiceRef;
      environment: string;
      branchRegex: string | null;
    }
  /** The branch that is released there by itself; null for none. */
  | {
      kind: 'auto-release';
      service: ServiceRef;
      environment: string;
      branch: string | null;
    };

/** Something that a change may not say. @public */
export interface PolicyFault {
  /** Where it stands in the change's rules, such as `environments`, `prod`, `soak`. */
  path?: Array<string | number>;
  /** In the file, from 1. */
  line?: number;
  /** What is wrong, why, what to do. */
  message: string;
}

/** What a change does to a rule that holds. @public */
export interface PolicyEffect {
  environment: string;
  rule: PolicyRuleName | 'freeze' | 'branch-restriction' | 'auto-release';
  /** Absent where there was none. */
  before?: string;
  /** Absent where there is none any more. */
  after?: string;
  /** `other` where neither can be told. */
  direction: 'stricter' | 'laxer' | 'other';
  /** Fewer people have to approve than before. */
  approvalsRemoved?: true;
}

/** What a change would come to. @public */
export interface PolicyPreview {
  asOf: string;
  /** Git's id of the file that was read; send it along with the change. */
  object: string | null;
  outcome: 'change' | 'unchanged' | 'refused';
  faults: PolicyFault[];
  /** What it says and doesn't count, because others are stricter. */
  notes: string[];
  /** Absent where nothing changes, or can't. */
  diff?: FileDiff;
  effects: PolicyEffect[];
  /** Whether the reader may make it, and why not. */
  apply: Permit;
}

/** A change of policies that somebody makes. @public */
export interface ChangePolicies {
  change: PolicyEdit;
  /** The `object` of what was looked at: another one is refused. */
  object: string | null;
  /** At most 500 characters; it stands in the commit. */
  reason?: string;
}

/** What came of a change. @public */
export interface PolicyChanged {
  asOf: string;
  /** The commit; absent where the file says it already. */
  revision?: string;
  effects: PolicyEffect[];
}
