/**
 * What a policy says of a release request.
 *
 * - `pass`: nothing against it.
 * - `warning`: whoever decides has to accept it by name.
 * - `block`: it may not be released; some blocks can be overridden.
 *
 * @public
 */
export type VerdictLevel = 'pass' | 'warning' | 'block';

/** All levels, best first. @public */
export const VERDICT_LEVELS: readonly VerdictLevel[] = [
  'pass',
  'warning',
  'block',
];

/** Where a rule stands, so that a reader can look it up and have it changed. @public */
export interface RuleSource {
  /** Such as `policies/ledger-api.json`, `ground-control.yaml`, `app-config`, or `built in` where nobody wrote one. */
  file: string;
  /** From 1, where it is known. */
  line?: number;
  /** The rule's own words, such as `^master$` or `soak: 30m`. */
  text?: string;
  /** Who may change it; absent where that hangs on what is wrong. */
  keptBy?: RuleKeeper;
}

/**
 * Who may change a rule.
 *
 * - `platform`: platform engineers alone.
 * - `squad`: also leads of the squad that it is about.
 *
 * @public
 */
export type RuleKeeper = 'platform' | 'squad';

/** What one policy says of one release request. @public */
export interface Verdict {
  /** The policy's id: `artifact`, `branch`, `soak`, `tests`, `vulnerabilities`, `freeze`, `links`, `owner`, or an added one's. */
  policy: string;
  level: VerdictLevel;
  /** A tile's heading, at most 40 characters, such as `Soaked 3 h 12 min`. */
  title: string;
  /** Why, as a sentence. */
  reason: string;
  /** The rule that decided; absent where a policy names none. */
  rule?: RuleSource;
  /** What would satisfy it, as a sentence; absent when it passes. */
  remedy?: string;
  /**
   * It is a matter of the clock or of a moment, so that a decision isn't bound
   * to its level.
   */
  momentary: boolean;
  /** When a momentary block is over by itself, ISO 8601; absent where that isn't known. */
  until?: string;
  /** Whether a block can be overridden, with a reason and a second person. */
  overridable: boolean;
}

/**
 * The worst level of some verdicts; `pass` for none.
 *
 * @public
 */
export function worstLevel(verdicts: readonly Verdict[]): VerdictLevel {
  return verdicts.reduce<VerdictLevel>(
    (worst, { level }) =>
      VERDICT_LEVELS.indexOf(level) > VERDICT_LEVELS.indexOf(worst)
        ? level
        : worst,
    'pass',
  );
}
