import {
  Permit,
  ReleaseChoices,
  RequestPreview,
  RollbackCandidate,
} from '@ground-control/backstage-plugin-ground-control-common';
import {
  environmentOf,
  formatOpenForm,
  isFormOf,
  parseOpenForm,
} from '../lib/openForm';
import {
  AskFixtureApi,
  makeCandidate,
  makeRelease,
} from './__testUtils__/AskFixtureApi';
import { decideOptions, searchCandidates, wishOf } from './decideOptions';
import { decideReadiness } from './decideReadiness';
import { findRollback, failingClusters } from './decideRollback';

const service = { namespace: 'ledger', name: 'ledger-api-0' };

describe('the form that the address names', () => {
  it.each([
    ['ask=prod', { kind: 'ask', environment: 'prod' }],
    ['ask=', { kind: 'ask', environment: '' }],
    ['rollback=prod', { kind: 'rollback', environment: 'prod' }],
    [
      'rollback=ledger/ledger-api-0@prod',
      {
        kind: 'rollback',
        environment: 'prod',
        service: 'ledger/ledger-api-0',
      },
    ],
    ['q=x', undefined],
  ])('reads %s', (text, form) => {
    expect(parseOpenForm(new URLSearchParams(text))).toEqual(form);
  });

  it.each([
    [undefined, 'q=x'],
    [{ kind: 'ask' as const, environment: 'prod' }, 'q=x&ask=prod'],
    [
      { kind: 'rollback' as const, environment: 'prod', service: 'a/b' },
      'q=x&rollback=a%2Fb%40prod',
    ],
  ])('writes %j, and one form alone', (form, text) => {
    const before = new URLSearchParams('q=x&ask=dev&rollback=dev');
    expect(formatOpenForm(form, before).toString()).toBe(text);
    expect(parseOpenForm(formatOpenForm(form, before))).toEqual(form);
  });

  it('is about the service that it names, or about any', () => {
    const form = { kind: 'ask' as const, environment: 'prod' };
    expect(isFormOf(form, service)).toBe(true);
    expect(isFormOf({ ...form, service: 'ledger/ledger-api-0' }, service)).toBe(
      true,
    );
    expect(isFormOf({ ...form, service: 'ledger/other' }, service)).toBe(false);
  });

  it.each([
    ['prod', 'prod'],
    ['', 'prod'],
    ['qa', undefined],
  ])('of the environment “%s” means %s', (environment, meant) => {
    const form = { kind: 'ask' as const, environment };
    expect(environmentOf(form, ['dev', 'prod'])).toBe(meant);
  });
});

const choicesOf = (part: Partial<ReleaseChoices>): ReleaseChoices => ({
  asOf: '',
  candidates: [],
  rollbacks: [],
  branches: [],
  ask: { allowed: true },
  ...part,
});

describe('what can be released', () => {
  const usual = makeCandidate(1, { recommended: true });
  const other = makeCandidate(2, {
    artifact: { branch: 'feature/x', message: 'Try an index' },
  });

  it('begins with what is usually meant, else with nothing', () => {
    expect(decideOptions(choicesOf({ candidates: [other, usual] }))).toEqual({
      recommended: usual,
      branches: [],
      candidates: [other, usual],
      initial: { kind: 'promote' },
    });
    const without = decideOptions(choicesOf({ candidates: [other] }));
    expect(without.initial).toBeUndefined();
  });

  it.each([
    ['feature', [other]],
    ['TRY AN', [other]],
    ['1111111', [usual]],
    ['bo lind', [usual, other]],
    [' ', [usual, other]],
    ['nothing of the kind', []],
  ])('finds builds by “%s”', (text, found) => {
    expect(searchCandidates([usual, other], text)).toEqual(found);
  });

  it.each([
    [{ kind: 'promote' as const }, { intent: 'promote' }],
    [
      { kind: 'branch' as const, branch: 'b' },
      { intent: 'release-branch', branch: 'b' },
    ],
    [
      { kind: 'artifact' as const, artifactId: 'a' },
      { intent: 'release-artifact', artifactId: 'a' },
    ],
  ])('%j is a wish', (choice, wish) => {
    expect(wishOf(choice, service, 'prod')).toEqual({
      service,
      environment: 'prod',
      ...wish,
    });
  });
});

describe('the release to go back to', () => {
  const rollback = (
    digit: number,
    part: Partial<RollbackCandidate> = {},
  ): RollbackCandidate => ({
    release: makeRelease(digit, 'prod', 0),
    recommended: false,
    ...part,
  });
  it.each<[string, RollbackCandidate[], number | undefined]>([
    [
      'the last that stayed healthy, not the one before',
      [
        rollback(8, { healthyForSeconds: 60 }),
        rollback(7, { healthyForSeconds: 7_200, recommended: true }),
      ],
      107,
    ],
    ['the one before where no cluster tells', [rollback(8), rollback(7)], 108],
    [
      'none where clusters tell that none stayed healthy',
      [rollback(8, { healthyForSeconds: 0 }), rollback(7)],
      undefined,
    ],
    ['none where there is none', [], undefined],
  ])('is %s', (_, rollbacks, position) => {
    expect(findRollback(choicesOf({ rollbacks }))?.position).toBe(position);
  });

  it('names the clusters that fail, of that environment alone', async () => {
    const api = new AskFixtureApi({ clusters: 'mixed' });
    const detail = await api.getService(service);
    const prod = detail.environments[2].clusters;
    prod[1].state = 'failed';
    detail.environments[0].clusters[0].state = 'failed';
    expect(failingClusters(detail, 'prod')).toEqual([prod[1].cluster]);
    expect(failingClusters(undefined, 'prod')).toEqual([]);
  });
});

describe('whether it can be asked', () => {
  const no = (message: string): Permit => ({
    allowed: false,
    code: 'x',
    message,
  });
  const preview = (
    ask: Permit,
    waitsFor?: RequestPreview['waitsFor'],
  ): RequestPreview => ({
    wish: { service, environment: 'prod', intent: 'promote' },
    ask,
    verdicts: [],
    deciders: [],
    changes: { kind: 'unknown', items: [] },
    diff: { files: [], unchangedFiles: 0 },
    targetClusters: [],
    supersedes: [],
    waitsFor,
  });
  const yes: Permit = { allowed: true };
  it.each([
    [
      'a missing right comes before all else',
      { ask: no('may not'), previewFailed: false, wishes: 0 },
      { ready: false, because: 'refused', message: 'may not' },
    ],
    [
      'nothing is chosen',
      { ask: yes, previewFailed: false, wishes: 0 },
      { ready: false, because: 'choose' },
    ],
    [
      'it is being judged',
      { ask: yes, previewFailed: false, wishes: 1 },
      { ready: false, because: 'judging' },
    ],
    [
      'a release isn’t asked for unseen',
      { ask: yes, previewFailed: true, wishes: 1 },
      { ready: false, because: 'not-judged' },
    ],
    [
      'a rollback doesn’t wait for what fails',
      { ask: yes, previewFailed: true, wishes: 1, askUnjudged: true },
      { ready: true, unjudged: true },
    ],
    [
      'an old preview is better than none',
      { previewFailed: true, wishes: 1, previews: [preview(yes, 'approval')] },
      { ready: true, immediate: false },
    ],
    [
      'a block is told',
      { previewFailed: false, wishes: 1, previews: [preview(no('blocked'))] },
      { ready: false, because: 'refused', message: 'blocked' },
    ],
    [
      'of several, how many are refused',
      {
        previewFailed: false,
        wishes: 3,
        previews: [preview(yes, 'nobody'), preview(no('a')), preview(no('b'))],
      },
      { ready: false, because: 'some-refused', count: 2 },
    ],
    [
      'nobody has to decide',
      { previewFailed: false, wishes: 1, previews: [preview(yes, 'nobody')] },
      { ready: true, immediate: true },
    ],
    [
      'one of several has to be decided',
      {
        previewFailed: false,
        wishes: 2,
        previews: [preview(yes, 'nobody'), preview(yes, 'approval')],
      },
      { ready: true, immediate: false },
    ],
    [
      'a block has to be gone over, though nobody has to decide',
      { previewFailed: false, wishes: 1, previews: [preview(yes, 'override')] },
      { ready: true, immediate: false },
    ],
    [
      'what it waits for isn’t known',
      { previewFailed: false, wishes: 1, previews: [preview(yes)] },
      { ready: true, immediate: false },
    ],
  ])('%s', (_, given, readiness) => {
    expect(decideReadiness(given)).toEqual(readiness);
  });
});
