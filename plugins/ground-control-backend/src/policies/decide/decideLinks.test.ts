import {
  isUsedCall,
  LinkCall,
} from '@ground-control/backstage-plugin-ground-control-common';
import { isBad } from '../../links/calls/isBad';
import { ServiceCalls } from '../../links/calls/types';
import {
  ask,
  at,
  expectedOf,
  Given,
  rollback,
  Row,
  saidOf,
} from './__testUtils__/policyRows';

const SINCE = '2026-03-02T11:40:00Z';
const CODES = {
  down: 'all-lost',
  high: 'slower',
  elevated: 'loss',
  normal: 'as-usual',
  stale: 'source-stale',
  'never-sampled': 'no-source',
  'not-linked': 'not-linked',
} as const;

/** A call such as `fx-api aws → gcp down`; with `?` only the catalog says so. */
function call(text: string): LinkCall {
  const [, calleeName, declared, from, to, state] =
    /^(\S+?)(\?)? (\S+) → (\S+) (\S+)$/.exec(text)! as unknown as [
      string,
      string,
      string | undefined,
      string,
      string,
      keyof typeof CODES,
    ];
  const sources: LinkCall['sources'] = declared ? ['catalog'] : ['traffic'];
  return {
    from,
    to,
    caller: { namespace: 'payments', name: 'ledger-api' },
    squad: 'group:default/squad-ledger',
    callee: null,
    calleeName,
    calleeSquad: null,
    sources,
    state,
    code: CODES[state],
    since: state === 'never-sampled' || state === 'not-linked' ? null : SINCE,
    valueMs: null,
    approximate: false,
    baselineMs: null,
    loss: null,
    traffic: null,
    affected: isBad(state) && isUsedCall({ sources }),
  };
}

const given = (
  mode: 'off' | 'warn' | 'block',
  calls: string[],
  known: Partial<ServiceCalls> = {},
): Given => ({
  rules: { links: { value: mode, ...at(4, `links: ${mode}`) } },
  links: {
    clusters: ['aws', 'azure'],
    calls: calls.map(call),
    unread: [],
    trafficMissing: null,
    ...known,
  },
});
const warns = (calls: string[], known?: Partial<ServiceCalls>) =>
  given('warn', calls, known);
const blocks = (calls: string[], known?: Partial<ServiceCalls>) =>
  given('block', calls, known);

describe('the policy links', () => {
  it.each<Row>([
    [
      'a link that is down',
      warns(['fx-api aws → gcp down']),
      'warning',
      'Link is down',
      /^aws → gcp is down since 2 Mar 2026, 11:40 UTC, and the service calls fx-api over it \(links: warn in ground-control.yaml, line 4\)\.$/,
    ],
    [
      'a link that is down, which blocks',
      blocks(['fx-api aws → gcp down']),
      'block',
      'Link is down',
      /aws → gcp is down since .* fx-api .*links: block in/,
    ],
    [
      'a slow one',
      blocks(['fx-api aws → gcp high']),
      'block',
      'Link is high',
      /^aws → gcp is high \(slow\) since/,
    ],
    [
      'one that loses probes',
      blocks(['fx-api aws → gcp elevated']),
      'block',
      'Link is elevated',
      /^aws → gcp is elevated \(lossy\) since/,
    ],
    [
      'several, beside one that is normal',
      blocks([
        'fx-api aws → gcp down',
        'rates aws → gcp down',
        'fx-api azure → gcp high',
        'fx-api aws → azure normal',
      ]),
      'block',
      '2 links aren’t well',
      /^aws → gcp is down since [^;]*calls fx-api and rates over it; azure → gcp is high [^;]* over it \(links/,
    ],
    [
      'more than can be named',
      blocks([1, 2, 3, 4, 5, 6, 7].map(i => `fx-api aws → gcp-${i} down`)),
      'block',
      '7 links aren’t well',
      /; aws → gcp-5 is [^;]*; and 2 more \(links: block/,
    ],
    [
      'one that is down, and one that isn’t heard of',
      blocks(['fx-api aws → gcp down', 'fx-api azure → gcp stale']),
      'block',
      'Link is down',
      /; whether the others are well isn't known: azure → gcp,/,
    ],
    [
      'one that only the catalog says is called over',
      blocks(['fx-api? aws → gcp down']),
      'pass',
      'No calls over links',
      /By the catalog it may call fx-api over aws → gcp, which is down since 2 Mar 2026, 11:40 UTC; no such call was counted/,
    ],
    [
      'a normal one',
      blocks(['fx-api aws → gcp normal', 'rates aws → gcp normal']),
      'pass',
      'Link is normal',
      /^Its calls cross aws → gcp, which is normal \(links: block in ground-control.yaml, line 4\)\.$/,
    ],
    [
      'normal ones',
      warns(['fx-api aws → gcp normal', 'fx-api azure → gcp normal']),
      'pass',
      'Links are normal',
      /^Its calls cross aws → gcp and azure → gcp, which are normal/,
    ],
    [
      'no calls at all',
      blocks([]),
      'pass',
      'No calls over links',
      /^No calls of the service from clusters of prod to other clusters were counted lately/,
    ],
    [
      'one that isn’t heard of',
      blocks(['fx-api aws → gcp stale', 'fx-api azure → gcp normal']),
      'warning',
      'Links aren’t known',
      /^Whether all links are well that its calls cross isn't known: aws → gcp, over which it calls fx-api, isn't heard of since 2 Mar 2026, 11:40 UTC \(links/,
    ],
    [
      'one that nothing measures',
      blocks(['fx-api aws → gcp never-sampled']),
      'warning',
      'Links aren’t known',
      /was never measured/,
    ],
    [
      'one of which nobody can say whether it is there',
      blocks(['fx-api aws → gcp not-linked'], { unread: ['aws'] }),
      'warning',
      'Links aren’t known',
      /isn't measured, and the links of aws can't be read/,
    ],
    [
      'one that is there no more',
      blocks(['fx-api aws → gcp not-linked'], { unread: ['azure'] }),
      'warning',
      'Links aren’t known',
      /counted to call fx-api of gcp from aws, which has no link there now/,
    ],
    [
      'calls that nothing counts',
      blocks([], { trafficMissing: 'Nothing that counts calls is configured' }),
      'warning',
      'Links aren’t known',
      /aren't counted: Nothing that counts calls is configured/,
    ],
    [
      'calls that nothing counts, and the catalog knows of',
      blocks(['fx-api? aws → gcp down'], { trafficMissing: 'eu: no answer' }),
      'warning',
      'Links aren’t known',
      /may call fx-api over aws → gcp, which is down since .*; whether it does isn't known\.$/,
    ],
    [
      'normal ones, where not all calls are counted',
      warns(['fx-api aws → gcp normal'], { trafficMissing: 'eu: no answer' }),
      'warning',
      'Links aren’t known',
      /aren't counted: eu: no answer/,
    ],
    [
      'an environment without a cluster',
      blocks([], { clusters: [] }),
      'warning',
      'Links aren’t known',
      /no cluster that carries prod is known/,
    ],
    [
      'a rollback',
      { ...blocks(['fx-api aws → gcp down']), release: rollback },
      'pass',
      'No links for a rollback',
    ],
  ])('%s', (...row) => {
    const said = saidOf('links', row);
    expect(said).toEqual(expectedOf('links', row));
    expect(said.reason).not.toMatch(/undefined|null|\.\.|\s\s/);
  });

  it.each([
    [
      'a link that is down',
      ['fx-api aws → gcp down', 'rates aws → azure normal'],
      'Link is down, not asked',
      /^aws → gcp is down since [^;]* fx-api over it; no rule asks for/,
    ],
    [
      'one that isn’t heard of',
      ['fx-api aws → gcp stale'],
      'Links aren’t known, not asked',
      /calls fx-api, isn't heard of[^;]*; no rule asks for/,
    ],
    [
      'one that is normal',
      ['fx-api aws → gcp normal'],
      'Link is normal',
      /^Its calls cross aws → gcp, which is normal; no rule asks for/,
    ],
  ])(
    'tells of %s where no rule asks, and lets it pass',
    (_, calls, title, reason) => {
      const said = ask('links', given('off', calls))!;
      expect(said).toMatchObject({ level: 'pass', title, momentary: true });
      expect(said.reason).toMatch(reason);
      expect(said.remedy).toBeUndefined();
    },
  );

  it('says of a link that isn’t well, and only the catalog has calls over', () => {
    const declared = given('off', ['fx-api? aws → gcp down']);
    expect(ask('links', declared)).toMatchObject({
      level: 'pass',
      title: 'Link is down, not counted',
      reason: expect.stringMatching(
        /^By the catalog it may call fx-api over aws → gcp, which is down since .*; no such call .* No rule asks/,
      ),
    });
    const beside = given('off', [
      'card-api aws → azure normal',
      'fx-api? aws → gcp down',
    ]);
    expect(ask('links', beside)).toMatchObject({
      title: 'Link is normal',
      reason: expect.stringMatching(/no rule asks .* By the catalog it may/),
    });
  });

  it('says nothing where no rule asks and no call is known', () => {
    expect(ask('links', given('off', []))).toBeUndefined();
    const down = given('off', ['fx-api aws → gcp down']);
    expect(ask('links', { ...down, release: rollback })).toBeUndefined();
    const well = given('off', ['fx-api? aws → gcp normal']);
    expect(ask('links', well)).toBeUndefined();
    expect(ask('links', {})).toBeUndefined();
  });

  it('never takes for well what isn’t known, and never blocks by it', () => {
    const { links, ...release } = blocks([]);
    const states = ['stale', 'never-sampled', 'not-linked'] as const;
    const levels = states.map(
      state =>
        ask('links', {
          ...release,
          links: { ...links!, calls: [call(`fx-api aws → gcp ${state}`)] },
        })?.level,
    );
    expect(levels).toEqual(['warning', 'warning', 'warning']);
    // What wasn't gathered isn't well either.
    expect(ask('links', release)?.level).toBe('warning');
  });
});
