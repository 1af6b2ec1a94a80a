import { Artifact } from '@ground-control/backstage-plugin-ground-control-common';
import { EnvironmentRules, FreezeWindow } from '../../rules';
import { defaultRules } from '../../rules/defaultRules';
import { ReleaseToJudge } from '../../types';
import { BUILT_IN_POLICIES } from '../builtInPolicies';
import { PolicyFacts, Saying } from '../types';

export const NOW = Date.parse('2026-03-02T12:00:00Z');
export const MINUTE = 60_000;
export const ago = (minutes: number) => NOW - minutes * MINUTE;
export const at = (line: number, text?: string) => ({
  rule: { file: 'ground-control.yaml', line, ...(text && { text }) },
});

export const artifact = (more: Partial<Artifact> = {}): Artifact => ({
  id: 'master-1',
  service: 'ledger-api',
  namespace: 'payments',
  branch: 'master',
  images: [],
  ...more,
});
export const vulnerable = (code?: [number, number], image?: [number, number]) =>
  artifact({
    vulnerabilities: {
      ...(code && { code: { high: code[0], medium: code[1], low: 0 } }),
      ...(image && { image: { high: image[0], medium: image[1], low: 0 } }),
    },
  });

export type Given = Partial<Omit<PolicyFacts, 'release' | 'rules'>> & {
  release?: Partial<ReleaseToJudge>;
  rules?: Partial<EnvironmentRules>;
  runs?: Artifact;
};

export function factsOf({
  release,
  rules,
  runs,
  ...given
}: Given): PolicyFacts {
  return {
    now: NOW,
    release: {
      service: { namespace: 'payments', name: 'ledger-api' },
      environment: 'prod',
      intent: 'promote',
      artifact: artifact(),
      squadRef: 'group:default/squad-ledger',
      ...(runs && { current: { artifact: runs, position: 1, releasedAt: 0 } }),
      ...release,
    },
    rules: { ...defaultRules('prod', ['dev', 'staging', 'prod']), ...rules },
    branch: { restrictions: [] },
    soak: { before: 'staging', stays: [], clusters: [] },
    links: { clusters: [], calls: [], unread: [], trafficMissing: null },
    ...given,
  };
}

export function ask(id: string, given: Given): Saying | undefined {
  return BUILT_IN_POLICIES.find(one => one.id === id)?.decide(factsOf(given));
}

export type Row = [
  what: string,
  given: Given,
  level: Saying['level'],
  title: string,
  reason?: RegExp,
];

export const soaked = (minutes: number, asked = 30): Given => ({
  rules: { soakMs: { value: asked * MINUTE, ...at(7, `soak: ${asked}m`) } },
  soak: { before: 'staging', stays: [{ from: ago(minutes) }], clusters: [] },
});
export const inClusters = (
  minutes: number,
  ...clusters: PolicyFacts['soak']['clusters']
): Given => {
  const given = soaked(minutes);
  return { ...given, soak: { ...given.soak!, clusters } };
};
export const takes = (pattern: string): Given => ({
  branch: {
    restrictions: [
      {
        value: pattern,
        rule: { file: 'policies/ledger-api.json', line: 6, text: pattern },
      },
    ],
  },
});
export const freeze = (from: string, to: string): FreezeWindow => ({
  kind: 'once',
  from,
  to,
  zone: 'Europe/Copenhagen',
  reason: 'Year end',
});
export const frozen = (...windows: FreezeWindow[]): Given => ({
  rules: { freezes: windows.map(value => ({ value, ...at(9, 'freeze: x') })) },
});
export const rollback = { intent: 'rollback' as const };
export const results = (passed: number, failed: number) =>
  artifact({ tests: { passed, failed, skipped: 2 } });

/** What a policy says of one release, for {@link expectedOf}. */
export function saidOf(id: string, [, given]: Row) {
  const { level, title, momentary, overridable, ...said } = ask(id, given)!;
  return {
    ...{ level, title, momentary, overridable },
    reason: said.reason,
    hasRemedy: said.remedy !== undefined,
    isShort: title.length <= 40 && hasShortTitle(id, given),
  };
}

/** What it should say; of the soak, where the time that runs is what counts. */
export function expectedOf(id: string, [, , level, title, reason = /./]: Row) {
  return {
    level,
    title,
    momentary: ['freeze', 'soak', 'links'].includes(id),
    // Whoever can't release is told what would help, and who may go over it.
    hasRemedy: level !== 'pass',
    overridable: level === 'block',
    reason: expect.stringMatching(reason),
    isShort: true,
  };
}

/** Titles are short, whatever the environments are called. */
function hasShortTitle(id: string, given: Given): boolean {
  const long = 'e'.repeat(63);
  const facts = factsOf(given);
  const renamed = {
    ...facts,
    release: { ...facts.release, environment: long },
    soak: { ...facts.soak, ...(facts.soak.before && { before: long }) },
  };
  const said = BUILT_IN_POLICIES.find(one => one.id === id)!.decide(renamed);
  return (said?.title.length ?? 0) <= 40;
}
