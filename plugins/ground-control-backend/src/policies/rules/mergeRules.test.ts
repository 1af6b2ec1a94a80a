import fc from 'fast-check';
import { mergeRules } from './mergeRules';
import { CheckMode, FreezeWindow, RuleLevel, StatedRules } from './types';

const ENVIRONMENTS = ['dev', 'staging', 'prod'];
const NONE: RuleLevel = { environments: new Map(), freezes: [] };
const MODES: CheckMode[] = ['off', 'warn', 'block'];

const level = (
  stated: Partial<StatedRules>,
  environment = 'prod',
): RuleLevel => ({
  environments: new Map([[environment, { freezes: [], ...stated }]]),
  freezes: [],
});
const merge = (options: Partial<Parameters<typeof mergeRules>[0]> = {}) =>
  mergeRules({
    environment: 'prod',
    environments: ENVIRONMENTS,
    floor: NONE,
    defaults: NONE,
    others: [],
    ...options,
  });

describe('mergeRules', () => {
  it('asks one lead for the last environment, and nobody before, by default', () => {
    expect(merge().approvals).toEqual({ value: 1 });
    expect(merge({ environment: 'staging' }).approvals).toEqual({ value: 0 });
    const live = { environments: ['test', 'live'], environment: 'live' };
    expect(merge(live).approvals).toEqual({ value: 1 });
    expect(merge({ ...live, environment: 'test' }).approvals.value).toBe(0);
  });

  it('lets the defaults lower what is ours, and a squad not', () => {
    const none = level({ approvals: { value: 0 }, tests: { value: 'off' } });
    expect(merge({ defaults: none }).approvals.value).toBe(0);
    expect(merge({ defaults: none }).tests.value).toBe('off');
    expect(merge({ others: [none] }).approvals.value).toBe(1);
    expect(merge({ others: [none] }).tests.value).toBe('warn');
    expect(merge().links).toEqual({ value: 'off' });
  });

  it('names the level whose rule counts, the highest of equal ones', () => {
    const by = (file: string, value: number) =>
      level({ approvals: { value, rule: { file } } });
    const rules = (...values: number[]) =>
      merge({
        floor: by('floor', values[0]),
        defaults: by('defaults', values[1]),
        others: [by('squad', values[2]), by('service', values[3])],
      }).approvals.rule?.file;
    expect(rules(1, 1, 1, 1)).toBe('floor');
    expect(rules(0, 1, 2, 1)).toBe('squad');
    expect(rules(0, 2, 2, 3)).toBe('service');
  });

  it('lets a squad be asked only when a verdict warns, unless somebody above refuses', () => {
    const only = level({ onlyWhenWarning: { value: true } });
    const always = level({ onlyWhenWarning: { value: false } });
    const asks = level({ approvals: { value: 1 } });
    const value = (options: Parameters<typeof merge>[0]) =>
      merge(options).onlyWhenWarning.value;
    expect(value({})).toBe(false);
    expect(value({ others: [only] })).toBe(true);
    expect(value({ defaults: asks, others: [only] })).toBe(true);
    expect(value({ defaults: always, others: [only] })).toBe(false);
    expect(value({ floor: asks, others: [only] })).toBe(false);
    const both = level({
      approvals: { value: 1 },
      onlyWhenWarning: { value: true },
    });
    expect(value({ floor: both })).toBe(true);
  });

  it('takes the freezes of all levels, those for all environments too', () => {
    const freeze = (reason: string): FreezeWindow => ({
      kind: 'once',
      from: '2026-01-01T00:00',
      to: '2026-01-02T00:00',
      zone: 'utc',
      reason,
    });
    const rules = merge({
      floor: { environments: new Map(), freezes: [{ value: freeze('a') }] },
      defaults: level({ freezes: [{ value: freeze('b') }] }),
      others: [level({ freezes: [{ value: freeze('c') }] }, 'dev')],
    });
    expect(rules.freezes.map(({ value }) => value.reason)).toEqual(['a', 'b']);
  });

  const ruled = <T>(value: fc.Arbitrary<T>) =>
    fc.option(
      value.map(one => ({ value: one })),
      { nil: undefined },
    );
  const mode = fc.constantFrom(...MODES);
  const levels = fc
    .record({
      approvals: ruled(fc.nat(3)),
      onlyWhenWarning: ruled(fc.boolean()),
      rollbackNeedsApproval: ruled(fc.boolean()),
      soakMs: ruled(fc.nat(5)),
      tests: ruled(mode),
      highVulnerabilities: ruled(mode),
      mediumVulnerabilities: ruled(mode),
      links: ruled(mode),
    })
    .map(stated => level(stated));
  /** Each as a number that grows with strictness. */
  const strictness = (rules: ReturnType<typeof merge>) => ({
    approvals: rules.approvals.value,
    unasked: rules.onlyWhenWarning.value ? 0 : rules.approvals.value,
    rollback: Number(rules.rollbackNeedsApproval.value),
    soak: rules.soakMs.value,
    tests: MODES.indexOf(rules.tests.value),
    high: MODES.indexOf(rules.highVulnerabilities.value),
    medium: MODES.indexOf(rules.mediumVulnerabilities.value),
    links: MODES.indexOf(rules.links.value),
  });

  it('is never weaker than the floor, whatever the file says', () => {
    fc.assert(
      fc.property(
        levels,
        levels,
        fc.array(levels),
        (floor, defaults, others) => {
          // What the floor doesn't state it doesn't hold.
          const stated = floor.environments.get('prod')!;
          const held = strictness(merge({ floor, defaults: floor }));
          const got = strictness(merge({ floor, defaults, others }));
          const keys = {
            approvals: stated.approvals,
            unasked: stated.approvals,
            rollback: stated.rollbackNeedsApproval,
            soak: stated.soakMs,
            tests: stated.tests,
            high: stated.highVulnerabilities,
            medium: stated.mediumVulnerabilities,
            links: stated.links,
          };
          const lowered = (Object.keys(keys) as Array<keyof typeof keys>)
            .filter(key => keys[key] !== undefined)
            .filter(key => got[key] < held[key]);
          expect(lowered).toEqual([]);
        },
      ),
    );
  });

  it('does not depend on the order of squad and service, nor on how often one is given', () => {
    fc.assert(
      fc.property(
        levels,
        levels,
        fc.array(levels),
        (floor, defaults, others) => {
          const rules = strictness(merge({ floor, defaults, others }));
          const turned = [...others].reverse();
          expect(
            strictness(merge({ floor, defaults, others: turned })),
          ).toEqual(rules);
          const twice = [...others, ...others, defaults, floor];
          const again = strictness(merge({ floor, defaults, others: twice }));
          // The floor's own word on onlyWhenWarning is closed, the copy's isn't.
          expect({ ...again, unasked: 0 }).toEqual({ ...rules, unasked: 0 });
        },
      ),
    );
  });
});
