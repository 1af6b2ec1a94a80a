import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { TestDatabaseId } from '@backstage/backend-test-utils';
import { ConfigReader } from '@backstage/config';
import {
  Artifact,
  ServiceRef,
} from '@ground-control/backstage-plugin-ground-control-common';
import {
  Mirror,
  parseRemoteUrl,
  ReleasePolicy,
} from '@ground-control/backstage-plugin-ground-control-node';
import {
  createRecordingLogger,
  TestRepository,
} from '@ground-control/backstage-plugin-ground-control-node/testUtils';
import { Knex } from 'knex';
import { createTestDatabases } from '../__testUtils__/databases';
import { migrate } from '../__testUtils__/migrate';
import {
  artifactIdOf,
  revisionOf,
  TestHistory,
} from '../__testUtils__/TestHistory';
import { MirrorFiles } from '../gitops/MirrorFiles';
import { releaseManagerLayout } from '../gitops/releaseManager/releaseManagerLayout';
import { CallsWorld } from '../links/__testUtils__/CallsWorld';
import { insertAccess } from '../requests/__testUtils__/insertAccess';
import { insertRequest } from '../requests/__testUtils__/insertRequest';
import { findBlocks } from '../requests/decide/findBlocks';
import { createPolicyJudge } from './createPolicyJudge';
import { readPoliciesConfig } from './readPoliciesConfig';
import { PolicyJudge, ReleaseToJudge } from './types';

const databases = createTestDatabases();
const ENVIRONMENTS = ['dev', 'staging', 'prod'];
const SERVICE: ServiceRef = { namespace: 'payments', name: 'ledger-api' };
const SQUAD = 'group:default/squad-ledger';
const START = Date.parse('2026-03-02T08:00:00.000Z');
const MINUTE = 60_000;
const soakOfProd = (soak: string) =>
  `defaults: { environments: { prod: { soak: ${soak} } } }\n`;

describe.each(databases.eachSupportedId())('createPolicyJudge on %s', id => {
  let knex: Knex;
  let history: TestHistory;
  let repository: TestRepository;
  let directory: string;
  let mirror: Mirror;

  const write = async (files: Record<string, string | null>) => {
    repository.commit({ message: 'Change', files });
    await mirror.fetch();
  };

  beforeEach(async () => {
    knex = await databases.init(id as TestDatabaseId);
    await migrate(knex);
    history = new TestHistory(knex);
    repository = TestRepository.create();
    directory = mkdtempSync(join(tmpdir(), 'ground-control-mirror-'));
    mirror = new Mirror({
      remote: parseRemoteUrl(repository.path),
      branch: 'master',
      directory,
      timeoutMs: 60_000,
      logger: createRecordingLogger(),
    });
    await write({ README: 'x' });
  });

  afterEach(async () => {
    await mirror.close();
    repository.remove();
    rmSync(directory, { recursive: true, force: true });
  });

  const create = (
    options: {
      config?: object;
      policies?: ReleasePolicy[];
      autoReleases?: boolean;
      now?: Date;
    } = {},
  ): PolicyJudge =>
    createPolicyJudge({
      knex,
      repository: 'default',
      environments: ENVIRONMENTS,
      files: new MirrorFiles(mirror),
      layout: releaseManagerLayout,
      settings: readPoliciesConfig(
        new ConfigReader((options.config ?? {}) as never),
        ENVIRONMENTS,
      ),
      policies: options.policies ?? [],
      autoReleases: options.autoReleases,
      ...(options.now && { now: () => options.now! }),
    });
  const build = {
    service: SERVICE.name,
    namespace: SERVICE.namespace,
    number: 2,
  };
  const artifact: Artifact = {
    id: artifactIdOf(build),
    service: SERVICE.name,
    namespace: SERVICE.namespace,
    branch: 'master',
    tests: { passed: 3, failed: 0, skipped: 0 },
    vulnerabilities: { code: { high: 0, medium: 0, low: 0 } },
    images: [],
  };
  const judge = async (
    more: Partial<ReleaseToJudge> = {},
    options: Parameters<typeof create>[0] & {
      at?: number;
      levelsOnly?: boolean;
    } = {},
  ) => {
    const judged = await create(options).judge(
      {
        service: SERVICE,
        environment: 'prod',
        intent: 'promote',
        artifact,
        squadRef: SQUAD,
        ...more,
      },
      {
        now: new Date(options.at ?? START + 60 * MINUTE),
        levelsOnly: options.levelsOnly,
      },
    );
    const by = (policy: string) =>
      judged.verdicts.find(one => one.policy === policy);
    return { ...judged, by };
  };

  it('passes a good release without any file, and asks one lead for prod', async () => {
    const { verdicts, requirement } = await judge();
    expect(verdicts.map(({ policy, level }) => [policy, level])).toEqual([
      ['branch', 'pass'],
      ['soak', 'pass'],
      ['tests', 'pass'],
      ['vulnerabilities', 'pass'],
      ['freeze', 'pass'],
      ['owner', 'pass'],
    ]);
    expect(requirement).toMatchObject({ approvals: 1, platform: false });
    const staging = await judge({ environment: 'staging' });
    expect(staging.requirement.approvals).toBe(0);
  });

  it('follows the files of the repository, with their lines', async () => {
    await write({
      'policies/ledger-api.json': `${JSON.stringify(
        {
          service: 'ledger-api',
          branchRestrictions: [
            { id: 'a', branchRegex: '^master$', environment: 'dev' },
            { id: 'b', branchRegex: '^release/', environment: 'prod' },
          ],
        },
        undefined,
        2,
      )}\n`,
      'ground-control.yaml': `squads:\n  squad-ledger:\n    environments:\n      prod: { approvals: 2 }\n`,
    });
    const { by, requirement } = await judge();
    expect(by('branch')).toMatchObject({
      level: 'block',
      rule: {
        file: 'policies/ledger-api.json',
        line: 11,
        text: '^release/',
        keptBy: 'squad',
      },
    });
    expect(requirement).toMatchObject({
      approvals: 2,
      reason: expect.stringContaining('ground-control.yaml, line 4'),
    });
    const other = await judge({ squadRef: 'group:default/squad-fx' });
    expect(other.requirement.approvals).toBe(1);
    await write({
      'policies/ledger-api.json': null,
      'ground-control.yaml': null,
    });
    const after = await judge();
    expect(after.by('branch')?.level).toBe('pass');
    expect(after.requirement.approvals).toBe(1);
  });

  it('takes the configured restrictions instead of a service’s own', async () => {
    const own = { branchRegex: '^master$', environment: 'prod' };
    await write({
      'policies/ledger-api.json': JSON.stringify({ branchRestrictions: [own] }),
    });
    const restrict = (branchRegex: string, environment = 'prod') => ({
      config: { branchRestrictions: [{ branchRegex, environment }] },
    });
    expect((await judge({}, restrict('^main$'))).by('branch')).toMatchObject({
      level: 'block',
      rule: { file: 'app-config' },
    });
    expect(
      (await judge({}, restrict('^main$', 'dev'))).by('branch'),
    ).toMatchObject({
      level: 'pass',
      rule: { file: 'policies/ledger-api.json', line: 1 },
    });
  });

  it.each([
    ['{', 'not JSON'],
    ['{"branchRestriction": []}', 'a key that is not known'],
    [
      '{"branchRestrictions": [{"branchRegex": 1, "environment": "prod"}]}',
      'a pattern that is none',
    ],
  ])('blocks where the service’s file is %s (%s)', async content => {
    await write({ 'policies/ledger-api.json': content });
    const { by } = await judge({ environment: 'dev' });
    expect(by('branch')).toMatchObject({
      level: 'block',
      rule: { file: 'policies/ledger-api.json', keptBy: 'squad' },
      remedy: expect.stringContaining('policies/ledger-api.json'),
    });
  });

  it('fails closed where ground-control.yaml can’t be read, and falls back to the floor elsewhere', async () => {
    await write({ 'ground-control.yaml': 'defaults: {\n' });
    const config = { floor: { environments: { staging: { tests: 'block' } } } };
    const prod = await judge({}, { config });
    expect(prod.verdicts[0]).toMatchObject({
      policy: 'policy-file',
      level: 'block',
      overridable: true,
      rule: { file: 'ground-control.yaml', line: 2 },
    });
    const failing = {
      ...artifact,
      tests: { passed: 1, failed: 1, skipped: 0 },
    };
    const staging = await judge(
      { environment: 'staging', artifact: failing },
      { config },
    );
    expect(staging.by('policy-file')).toMatchObject({
      level: 'warning',
      reason: expect.stringContaining('floor of app-config'),
    });
    expect(staging.by('tests')).toMatchObject({
      level: 'block',
      rule: { file: 'app-config' },
    });
  });

  it('fails closed where the repository was never fetched', async () => {
    await mirror.discard();
    const { by } = await judge();
    expect(by('policy-file')).toMatchObject({ level: 'block' });
    expect(by('branch')).toMatchObject({
      level: 'block',
      reason: expect.stringMatching(/not fetched yet/),
    });
    const guarded = await create().isGuarded(SERVICE, 'prod', {});
    expect(guarded).toBe(true);
  });

  it('knows how long the artifact has been in the environment before', async () => {
    await write({ 'ground-control.yaml': soakOfProd('30m') });
    expect((await judge()).by('soak')?.title).toBe('Never ran in staging');
    await history.release({ ...build, environment: 'staging' });
    const at = START + 21 * MINUTE;
    expect((await judge({}, { at })).by('soak')).toMatchObject({
      level: 'block',
      title: 'Soaked 20 min',
      rule: { file: 'ground-control.yaml', line: 1, text: 'soak: 30m' },
    });
    expect(
      (await judge({}, { at: START + 31 * MINUTE })).by('soak')?.level,
    ).toBe('pass');
    // The same artifact again doesn't begin anew; another one ends its stay.
    await history.release({ ...build, environment: 'staging' });
    expect(
      (await judge({}, { at: START + 31 * MINUTE })).by('soak')?.level,
    ).toBe('pass');
    await history.release({ ...build, number: 3, environment: 'staging' });
    expect(
      (await judge({}, { at: START + 31 * MINUTE })).by('soak')?.title,
    ).toBe('No longer in staging');
  });

  it('says what is known of a soak that nobody asks for, and reads it for people alone', async () => {
    await history.release({ ...build, environment: 'staging' });
    const at = START + 31 * MINUTE;
    const said = await judge({}, { at });
    expect(said.by('soak')).toMatchObject({
      level: 'pass',
      reason: expect.stringMatching(/^Current in staging for 30 min/),
    });
    const levels = await judge({}, { at, levelsOnly: true });
    expect(levels.by('soak')?.reason).toMatch(/wasn't looked at/);
    const bound = ({ verdicts }: typeof said) =>
      verdicts.map(({ policy, level, momentary }) => [
        policy,
        level,
        momentary,
      ]);
    expect(bound(levels)).toEqual(bound(said));
    // A rule wants it read, whoever asks.
    await write({ 'ground-control.yaml': soakOfProd('2h') });
    const asked = await judge({}, { at, levelsOnly: true });
    expect(asked.by('soak')).toMatchObject({
      level: 'block',
      title: 'Soaked 30 min',
    });
  });

  it('counts the soak from when every cluster had it well', async () => {
    await write({ 'ground-control.yaml': soakOfProd('30m') });
    const position = await history.release({
      ...build,
      environment: 'staging',
    });
    const at = START + 60 * MINUTE;
    await knex('clusters').insert(
      ['az-stg-1', 'gcp-stg-1'].map((cluster, ordinal) => ({
        cluster,
        ordinal,
        environment: 'staging',
        connection: 'live',
        since: START,
        observed_at: at,
      })),
    );
    const stands = (cluster: string, state: string, since: number) =>
      knex('cluster_services')
        .insert({
          repository: 'default',
          cluster,
          environment: 'staging',
          namespace: SERVICE.namespace,
          service: SERVICE.name,
          release_position: position,
          state,
          reason: 'ready',
          since,
        })
        .onConflict([
          'repository',
          'cluster',
          'environment',
          'namespace',
          'service',
        ])
        .merge();
    await stands('az-stg-1', 'reconciled', START + 5 * MINUTE);
    expect((await judge({}, { at })).by('soak')?.title).toBe(
      'Not running in staging yet',
    );
    await stands('gcp-stg-1', 'reconciled', START + 40 * MINUTE);
    expect((await judge({}, { at })).by('soak')?.title).toBe('Soaked 20 min');
    await stands('gcp-stg-1', 'reconciled', START + 10 * MINUTE);
    expect((await judge({}, { at })).by('soak')).toMatchObject({
      level: 'pass',
      title: 'Soaked 50 min',
    });
    await stands('gcp-stg-1', 'failed', START + 50 * MINUTE);
    expect((await judge({}, { at })).by('soak')?.title).toBe(
      'Not well in staging',
    );
    // A watcher that died says nothing of now.
    expect((await judge({}, { at: at + 60_000 })).by('soak')?.title).toBe(
      'Soak in staging unknown',
    );
  });

  it('looks at links, counts them where a rule asks, and what one blocks waits for it', async () => {
    const world = new CallsWorld(knex, START);
    await world.fill();
    await world.traffic({ 'aws-1 pay ledger': 4 });
    await world.link('aws-1', 'gcp-1', 'down');
    const ledger = { service: { namespace: 'pay', name: 'ledger' } };
    const linksOf = async (
      more: Partial<ReleaseToJudge> = {},
      config: object = {},
    ) =>
      (await judge({ ...ledger, ...more }, { at: START, config })).by('links');
    expect(await linksOf()).toMatchObject({
      level: 'pass',
      title: 'Link is down, not asked',
    });
    const levels = await judge(ledger, { at: START, levelsOnly: true });
    expect(levels.by('links')).toBeUndefined();
    await write({
      'ground-control.yaml':
        'services: { pay/ledger: { environments: { prod: { links: warn } } } }\n',
    });
    expect(await linksOf()).toMatchObject({
      level: 'warning',
      rule: { file: 'ground-control.yaml', line: 1, text: 'links: warn' },
    });
    expect(await linksOf({ environment: 'dev' })).toBeUndefined();
    const config = { floor: { environments: { prod: { links: 'block' } } } };
    const blocked = await linksOf({}, config);
    expect(blocked).toMatchObject({
      level: 'block',
      title: 'Link is down',
      reason: expect.stringMatching(/^aws-1 → gcp-1 is down since .* fx-api/),
      rule: { file: 'app-config' },
    });
    expect(findBlocks([blocked!], [])).toMatchObject({
      final: [],
      momentary: [{ policy: 'links' }],
      overridable: [{ policy: 'links' }],
    });
    const rollback = await linksOf({ intent: 'rollback' }, config);
    expect(rollback?.level).toBe('pass');
    await world.link('aws-1', 'gcp-1', 'normal');
    expect((await linksOf({}, config))?.level).toBe('pass');
  });

  it('needs nobody for a rollback to what ran well lately', async () => {
    const position = await history.release({ ...build, environment: 'prod' });
    history.position += 60;
    await history.release({ ...build, number: 3, environment: 'prod' });
    const rollback = {
      intent: 'rollback' as const,
      rollbackRevision: revisionOf(position),
    };
    const at = START + 120 * MINUTE;
    const { requirement } = await judge(rollback, { at });
    expect(requirement).toMatchObject({
      approvals: 0,
      reason: expect.stringContaining('current there for 1 h'),
    });
    // One of a history that was rewritten since had this position.
    await insertRequest(knex, {
      namespace: SERVICE.namespace,
      service: SERVICE.name,
      state: 'failed',
      position,
      revision: 'd'.repeat(40),
    });
    // One for access isn't how a release went.
    await insertAccess(knex, {
      namespace: SERVICE.namespace,
      service: SERVICE.name,
      state: 'failed',
      revision: revisionOf(position),
    });
    expect((await judge(rollback, { at })).requirement.approvals).toBe(0);
    const never = { ...rollback, rollbackRevision: revisionOf(position + 1) };
    expect((await judge(never, { at })).requirement.approvals).toBe(1);
    const lying = { ...rollback, artifact: { ...artifact, id: 'another' } };
    expect((await judge(lying, { at })).requirement.approvals).toBe(1);
    const late = { at: at + 8 * 24 * 60 * MINUTE };
    expect((await judge(rollback, late)).requirement.approvals).toBe(1);
    await knex('unapproved_releases').insert({
      repository: 'default',
      environment: 'prod',
      namespace: SERVICE.namespace,
      service: SERVICE.name,
      position,
      revision: revisionOf(position),
      reason: 'x',
      noted_at: at,
    });
    expect((await judge(rollback, { at })).requirement).toMatchObject({
      approvals: 1,
      reason: expect.stringContaining('never approved here'),
    });
  });

  it('asks again when what was approved soaks no longer', async () => {
    const rules = '{ approvals: 1, onlyWhenWarning: true, soak: 30m }';
    await write({
      'ground-control.yaml': `defaults: { environments: { prod: ${rules} } }\n`,
    });
    const { by, lasting } = await judge();
    expect(by('soak')?.title).toBe('Never ran in staging');
    expect(lasting?.approvals).toBe(1);
  });

  it('asks added policies last, and counts their warnings', async () => {
    await write({
      'ground-control.yaml':
        'defaults: { environments: { prod: { approvals: 1, onlyWhenWarning: true } } }\n',
    });
    expect((await judge()).requirement.approvals).toBe(0);
    const seen: unknown[] = [];
    const policies: ReleasePolicy[] = [
      {
        id: 'office-hours',
        judge: async release => {
          seen.push(release);
          return {
            level: 'warning',
            title: 'Late',
            reason: 'It is late.',
            momentary: true,
            overridable: false,
          };
        },
      },
    ];
    const { verdicts, requirement, lasting } = await judge({}, { policies });
    expect(verdicts.at(-1)?.policy).toBe('office-hours');
    expect(requirement.approvals).toBe(1);
    // It is late for a while: what was approved in time isn't asked for again.
    expect(lasting?.approvals).toBe(0);
    expect(seen).toEqual([
      {
        service: SERVICE,
        environment: 'prod',
        environments: ENVIRONMENTS,
        intent: 'promote',
        artifact,
        squad: SQUAD,
      },
    ]);
    const same = [{ ...policies[0], id: 'soak' }];
    expect(() => create({ policies: same })).toThrow(
      /two policies with the id soak/,
    );
    const bad = [{ ...policies[0], id: 'Office hours' }];
    expect(() => create({ policies: bad })).toThrow(/lower case/);
  });

  it('tells which environments are guarded', async () => {
    const guarded = (environment: string, squadRef?: string) =>
      create().isGuarded(SERVICE, environment, { squadRef });
    expect(await Promise.all(ENVIRONMENTS.map(one => guarded(one)))).toEqual([
      false,
      false,
      true,
    ]);
    await write({
      'ground-control.yaml': `defaults: { environments: { prod: { approvals: 0 } } }\nsquads: { squad-ledger: { environments: { staging: { approvals: 1, onlyWhenWarning: true } } } }\n`,
    });
    expect(await guarded('prod')).toBe(false);
    expect(await guarded('staging')).toBe(false);
    expect(await guarded('staging', SQUAD)).toBe(true);
    // Of an earlier commit: what it said then.
    const at = repository.git('rev-parse', 'master~1').trim();
    expect(await create().isGuarded(SERVICE, 'prod', { at })).toBe(true);
    expect(await guarded('prod')).toBe(false);
  });

  it('tells what is released by itself, unless that is paused', async () => {
    const auto = (now = START, environment = 'dev') =>
      create({ autoReleases: true, now: new Date(now) }).readAutoRelease(
        SERVICE,
        environment,
      );
    const found = { branch: 'master' };
    expect(await auto()).toBeUndefined();
    const policies = {
      autoReleases: [{ id: 'x', branch: 'master', environment: 'dev' }],
    };
    await write({ 'policies/ledger-api.json': JSON.stringify(policies) });
    expect(await auto()).toEqual(found);
    expect(await auto(START, 'staging')).toBeUndefined();
    await knex('auto_release_pauses').insert({
      repository: 'default',
      environment: 'dev',
      namespace: SERVICE.namespace,
      service: SERVICE.name,
      until: START + MINUTE,
      number: 1,
    });
    expect(await auto()).toBeUndefined();
    // Who releases it in our place knows what the file says.
    for (const autoReleases of [false, undefined]) {
      const others = create({ autoReleases, now: new Date(START) });
      expect(await others.readAutoRelease(SERVICE, 'dev')).toEqual(found);
    }
    expect(await auto(START + MINUTE)).toEqual(found);
    await write({ 'policies/ledger-api.json': '{' });
    expect(await auto(START + MINUTE)).toBeUndefined();
  });
});
