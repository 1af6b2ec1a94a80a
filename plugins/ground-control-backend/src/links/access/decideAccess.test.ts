import {
  AccessLink,
  AccessWish,
  VERDICT_LEVELS,
} from '@ground-control/backstage-plugin-ground-control-common';
import { decideAccess } from './decideAccess';
import { AccessFacts, AccessUsers } from './types';

const FX = 'group:default/squad-fx';
const LEDGER = 'group:default/squad-ledger';
const service = { namespace: 'payments', name: 'ledger-api' };

const TARGET: AccessWish = {
  kind: 'target',
  change: 'add',
  service,
  name: 'credit-bureau',
  cluster: 'az-1',
  from: ['aws-1'],
  dnsName: 'credit-bureau.azurewebsites.net',
  squad: 'squad-ledger',
};
const INGRESS: AccessWish = {
  kind: 'ingress',
  change: 'add',
  service,
  name: 'fx-api',
  namespace: 'prod',
  cluster: 'gcp-1',
  from: ['aws-1'],
  port: 8080,
  squad: 'squad-fx',
};
const REMOVE: Partial<AccessWish> = { change: 'remove' };

const link = (
  state: AccessLink['state'],
  from = 'aws-1',
  to = 'az-1',
): AccessLink => ({ from, to, state, valueMs: null, approximate: false });
const users = (more: Partial<AccessUsers> = {}): AccessUsers => ({
  seen: [],
  hidden: 0,
  calling: 0,
  mirroredIn: [],
  trafficMissing: null,
  ...more,
});
const user = {
  from: 'aws-1',
  caller: service,
  squad: LEDGER,
  calls: true,
};

type Given = Partial<Omit<AccessFacts, 'wish'>> & {
  wish?: Partial<AccessWish>;
};

function decide(given: Given, base: AccessWish = TARGET) {
  const { wish, ...facts } = given;
  return decideAccess({
    path: 'backbone-gateway/shuttle.yaml',
    changed: { kind: 'changed', content: null, entry: '' },
    ownAddress: 'http://credit-bureau.backbone-gateway.svc.cluster.local',
    clusters: ['aws-1', 'az-1', 'gcp-1'],
    links: [link('normal')],
    entrySquad: { squadRef: LEDGER, isKnown: true },
    live: {},
    ...(base.kind === 'ingress' && {
      called: { squadRef: FX },
      entrySquad: { squadRef: FX, isKnown: true },
    }),
    ...facts,
    wish: { ...base, ...wish },
  });
}

const refused = (
  code: 'names' | 'already-there' | 'conflict' | 'not-there' | 'file',
) => ({
  changed: {
    kind: 'refused' as const,
    code,
    message: 'The reason.',
    remedy: 'The remedy.',
  },
});

describe('decideAccess', () => {
  it('has nothing against what is in order, and says who decides', () => {
    const target = decide({});
    expect(target.verdicts.map(({ policy, level }) => [policy, level])).toEqual(
      [
        ['entry', 'pass'],
        ['cluster', 'pass'],
        ['link', 'pass'],
        ['owner', 'pass'],
      ],
    );
    expect(target).toMatchObject({
      squadRef: LEDGER,
      requirement: {
        approvals: 1,
        platform: false,
        reason: 'A lead of squad-ledger decides, whose entry it is.',
      },
    });
    const ingress = decide({}, INGRESS);
    expect(ingress.verdicts.map(({ policy }) => policy)).toEqual([
      'entry',
      'cluster',
      'port',
      'link',
      'owner',
    ]);
    expect(ingress).toMatchObject({
      squadRef: FX,
      requirement: {
        platform: false,
        reason: 'A lead of squad-fx decides, whose service is called.',
      },
    });
  });

  it.each<[string, Given, AccessWish, string, string, RegExp]>([
    [
      'the same entry',
      refused('already-there'),
      TARGET,
      'entry',
      'block',
      /The reason/,
    ],
    [
      'another entry',
      refused('conflict'),
      TARGET,
      'entry',
      'block',
      /The reason/,
    ],
    ['nothing to remove', refused('not-there'), TARGET, 'entry', 'block', /./],
    ['a name that is none', refused('names'), TARGET, 'name', 'block', /./],
    ['a broken file', refused('file'), TARGET, 'gateway-file', 'block', /./],
    [
      'an unknown cluster',
      { wish: { cluster: 'moon-1' } },
      TARGET,
      'cluster',
      'block',
      /No cluster of the name moon-1 is known.*aws-1, az-1 and gcp-1/,
    ],
    [
      'unknown callers',
      { wish: { from: ['aws-1', 'moon-1', 'moon-2'] } },
      TARGET,
      'cluster',
      'block',
      /the name moon-1 and moon-2/,
    ],
    [
      'an unknown cluster that has to be left',
      { wish: { ...REMOVE, cluster: 'moon-1' }, users: users() },
      TARGET,
      'cluster',
      'pass',
      /./,
    ],
    [
      'a caller in the same cluster',
      { wish: { from: ['az-1'] } },
      TARGET,
      'cluster',
      'block',
      /crosses no link.*http:\/\/credit-bureau\.backbone-gateway\./,
    ],
    [
      'a target that nobody calls',
      { wish: { from: [] }, links: [] },
      TARGET,
      'cluster',
      'block',
      /Name the clusters/,
    ],
    [
      'an ingress that is called from outside',
      { wish: { from: [] }, links: [] },
      INGRESS,
      'cluster',
      'pass',
      /lies at gcp-1\./,
    ],
    [
      'another open port',
      { live: { ingressPort: 9090 } },
      INGRESS,
      'port',
      'warning',
      /with port 9090, and the entry says 8080/,
    ],
    [
      'a port that the service has not',
      { live: { ports: [80, 443] } },
      INGRESS,
      'port',
      'warning',
      /has the ports 80, 443, and the entry says 8080/,
    ],
    [
      'its own port',
      { live: { ingressPort: 8080, ports: [8080] } },
      INGRESS,
      'port',
      'pass',
      /./,
    ],
    [
      'a port that has a name',
      { live: { ingressPort: null } },
      INGRESS,
      'port',
      'pass',
      /./,
    ],
    [
      'no link',
      { links: [link('normal'), link('not-linked', 'gcp-1'), link('down')] },
      TARGET,
      'link',
      'block',
      /no link from gcp-1 to az-1.*platform engineers/,
    ],
    [
      'links that are not known',
      { links: [link(null)] },
      TARGET,
      'link',
      'warning',
      /isn't known whether aws-1 and az-1/,
    ],
    ...(['down', 'high', 'elevated', 'stale', 'never-sampled'] as const).map(
      (state): [string, Given, AccessWish, string, string, RegExp] => [
        `a link that is ${state}`,
        { links: [link(state)] },
        TARGET,
        'link',
        'warning',
        /^aws-1 → az-1 is .*wait until it is normal/,
      ],
    ),
    [
      'several links, the worst first',
      { links: [link('normal'), link('elevated', 'b'), link('down', 'c')] },
      TARGET,
      'link',
      'warning',
      /^c → az-1 is down: nothing gets through; b → az-1 is slower/,
    ],
    [
      'callers that were counted',
      {
        wish: REMOVE,
        users: users({ seen: [user], hidden: 2, calling: 3 }),
      },
      TARGET,
      'users',
      'warning',
      /Calls were counted.*payments\/ledger-api in aws-1 and 2 whom you may not see/,
    ],
    [
      'callers that may be',
      { wish: REMOVE, users: users({ seen: [{ ...user, caller: null }] }) },
      TARGET,
      'users',
      'warning',
      /No calls were counted lately; .*squad-ledger in aws-1/,
    ],
    [
      'callers that nothing counts',
      {
        wish: REMOVE,
        users: users({ seen: [user], trafficMissing: 'No source is set' }),
      },
      TARGET,
      'users',
      'warning',
      /isn't known: No source is set; by catalog/,
    ],
    [
      'only callers that are hidden',
      { wish: REMOVE, users: users({ hidden: 1 }) },
      TARGET,
      'users',
      'warning',
      /may be used by 1 whom you may not see/,
    ],
    [
      'callers that are only counted',
      {
        wish: REMOVE,
        users: users({ hidden: 3, calling: 4, isCounted: true }),
      },
      TARGET,
      'users',
      'warning',
      /Calls were counted lately\. Known to use it: 3 callers\. /,
    ],
    [
      'one caller that is only counted',
      { wish: REMOVE, users: users({ hidden: 1, isCounted: true }) },
      TARGET,
      'users',
      'warning',
      /by catalog and entries it may be used by 1 caller\. /,
    ],
    [
      'no callers, as far as nothing tells',
      { wish: REMOVE, users: users({ trafficMissing: 'No source is set' }) },
      TARGET,
      'users',
      'warning',
      /calls aren't counted: No source is set/,
    ],
    [
      'an ingress that nobody in the mesh calls',
      { wish: REMOVE, users: users() },
      INGRESS,
      'users',
      'warning',
      /from outside of the mesh aren’t counted/,
    ],
    [
      'no callers',
      { wish: REMOVE, users: users({ mirroredIn: ['aws-1', 'gcp-1'] }) },
      TARGET,
      'users',
      'pass',
      /It is mirrored in aws-1 and gcp-1/,
    ],
    [
      'no squad',
      { entrySquad: undefined },
      TARGET,
      'owner',
      'block',
      /whose the entry is to be/,
    ],
    [
      'a squad that is none',
      { entrySquad: { squadRef: 'group:default/nobody', isKnown: false } },
      TARGET,
      'owner',
      'block',
      /no Group nobody/,
    ],
    [
      'the entry of a squad that is gone',
      {
        wish: REMOVE,
        users: users(),
        entrySquad: { squadRef: 'group:default/nobody', isKnown: false },
      },
      TARGET,
      'owner',
      'warning',
      /no Group nobody/,
    ],
    [
      'another squad’s service',
      { entrySquad: { squadRef: LEDGER, isKnown: true } },
      INGRESS,
      'owner',
      'block',
      /squad-ledger, and the catalog says that squad-fx owns fx-api.*Ask with squad-fx/,
    ],
    [
      'an artifact of another squad',
      { called: { squadRef: FX, artifactSquadRef: LEDGER } },
      INGRESS,
      'owner',
      'warning',
      /squad-fx owns fx-api, and the artifact says squad-ledger/,
    ],
    [
      'a service without an owner',
      { called: undefined },
      INGRESS,
      'owner',
      'warning',
      /whose fx-api is/,
    ],
  ])('says of %s', (_, given, base, policy, level, words) => {
    const { verdicts } = decide(given, base);
    const found = verdicts.find(verdict => verdict.policy === policy)!;
    expect([found.policy, found.level]).toEqual([policy, level]);
    expect(`${found.reason} ${found.remedy ?? ''}`).toMatch(words);
    for (const verdict of verdicts) {
      expect(VERDICT_LEVELS).toContain(verdict.level);
      expect(verdict.title.length).toBeLessThanOrEqual(40);
      expect(verdict.remedy === undefined).toBe(verdict.level === 'pass');
      expect(JSON.stringify(verdict)).not.toMatch(/undefined|NaN/);
      // A decision isn't bound to how a link is, or who calls, at a moment.
      const isMoment = ['link', 'users'].includes(verdict.policy);
      expect(verdict.momentary).toBe(isMoment && verdict.level !== 'block');
    }
    const names = verdicts.map(verdict => verdict.policy);
    expect(new Set(names).size).toBe(names.length);
  });

  it.each<[string, Given, AccessWish, string | undefined, boolean]>([
    ['the entry’s squad of a target', {}, TARGET, LEDGER, false],
    ['the owner of what is called', {}, INGRESS, FX, false],
    [
      'the owner, whatever the entry is to name',
      { entrySquad: { squadRef: LEDGER, isKnown: true } },
      INGRESS,
      FX,
      false,
    ],
    [
      'platform engineers too, where owners differ',
      { called: { squadRef: FX, artifactSquadRef: LEDGER } },
      INGRESS,
      FX,
      true,
    ],
    [
      'platform engineers, where nobody owns what is called',
      { called: {}, entrySquad: { squadRef: LEDGER, isKnown: true } },
      INGRESS,
      undefined,
      true,
    ],
    [
      'the entry’s squad, where one is removed that nobody else owns',
      { wish: REMOVE, called: {}, users: users() },
      INGRESS,
      FX,
      false,
    ],
    [
      'platform engineers, where the squad is gone',
      {
        wish: REMOVE,
        users: users(),
        entrySquad: { squadRef: 'group:default/nobody', isKnown: false },
      },
      TARGET,
      undefined,
      true,
    ],
  ])('has it decided by %s', (_, given, base, squadRef, platform) => {
    const decision = decide(given, base);
    expect(decision.squadRef).toBe(squadRef);
    expect(decision.requirement).toMatchObject({ approvals: 1, platform });
  });
});
