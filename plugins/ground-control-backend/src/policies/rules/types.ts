import { RuleSource } from '@ground-control/backstage-plugin-ground-control-common';

/** What a check does to a release that doesn't pass it. */
export type CheckMode = 'off' | 'warn' | 'block';

/** A value, and where it stands; without a rule it is a default of ours. */
export interface Ruled<T> {
  value: T;
  rule?: RuleSource;
}

/** A day of the week, from 1 for Monday to 7 for Sunday. */
export type Weekday = 1 | 2 | 3 | 4 | 5 | 6 | 7;

/** A time of day. */
export interface DayTime {
  hour: number;
  minute: number;
}

/**
 * When nothing is released. Times are those of its zone: `once` from one day's
 * time to another's, `weekly` from a time on each of the days to the next such
 * time, or to that time on the next such day.
 */
export type FreezeWindow = {
  /** An IANA zone. */
  zone: string;
  /** For people. */
  reason?: string;
} & (
  | {
      kind: 'once';
      /** `2026-12-23T16:00`, without an offset. */
      from: string;
      to: string;
    }
  | {
      kind: 'weekly';
      days: Weekday[];
      from: DayTime;
      to: DayTime & { day?: Weekday };
    }
);

/** Rules of one environment, as one level states them; absent is no opinion. */
export interface StatedRules {
  approvals?: Ruled<number>;
  onlyWhenWarning?: Ruled<boolean>;
  rollbackNeedsApproval?: Ruled<boolean>;
  soakMs?: Ruled<number>;
  tests?: Ruled<CheckMode>;
  highVulnerabilities?: Ruled<CheckMode>;
  mediumVulnerabilities?: Ruled<CheckMode>;
  /** Links that calls of the service cross and that aren't well. */
  links?: Ruled<CheckMode>;
  freezes: Ruled<FreezeWindow>[];
}

/**
 * What one level says: the floor, the defaults, a squad or a service. Of an
 * environment that it doesn't name, only its freezes count.
 */
export interface RuleLevel {
  environments: Map<string, StatedRules>;
  /** For all environments. */
  freezes: Ruled<FreezeWindow>[];
}

/** The rules that hold for a service in an environment. */
export type EnvironmentRules = Required<StatedRules>;
