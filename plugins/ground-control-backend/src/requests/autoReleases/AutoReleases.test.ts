import { TestDatabaseId } from '@backstage/backend-test-utils';
import { ConflictError, ServiceUnavailableError } from '@backstage/errors';
import { createRecordingLogger } from '@ground-control/backstage-plugin-ground-control-node/testUtils';
import { Knex } from 'knex';
import { createTestDatabases } from '../../__testUtils__/databases';
import { migrate } from '../../__testUtils__/migrate';
import { artifactIdOf, TestHistory } from '../../__testUtils__/TestHistory';
import { until } from '../../__testUtils__/until';
import { ChangeHub } from '../../lib/ChangeHub';
import { insertAccess } from '../__testUtils__/insertAccess';
import { insertRequest } from '../__testUtils__/insertRequest';
import { AutoReleases, AutoReleaseWish } from './AutoReleases';
import { decideAutoRelease } from './decideAutoRelease';
import { AutoReleasePlace, NewBuild } from './types';

const databases = createTestDatabases();
const HOUR = 3_600_000;
const NOW = Date.parse('2026-03-02T09:00:00.000Z');

describe('decideAutoRelease', () => {
  const build: NewBuild = {
    namespace: '',
    service: 'ledger-api',
    artifactId: 'b',
    branch: 'master',
    builtAt: NOW - HOUR,
  };
  const place: AutoReleasePlace = {
    environment: 'dev',
    branch: 'master',
    current: { artifactId: 'a', builtAt: NOW - 2 * HOUR },
    personAsks: false,
    asked: false,
  };
  it.each<
    [string, Partial<NewBuild>, Partial<AutoReleasePlace>, string, boolean?]
  >([
    ['a new build', {}, {}, 'ask'],
    ['where nothing is', {}, { current: undefined }, 'ask'],
    [
      'where what is there doesn’t say its age',
      {},
      { current: { artifactId: 'a', builtAt: null } },
      'ask',
    ],
    ['of another branch', { branch: 'feature' }, {}, 'leave'],
    ['of no branch', { branch: null }, { branch: undefined }, 'leave'],
    ['no policy, or a paused one', {}, { branch: undefined }, 'leave'],
    ['asked before', {}, { asked: true }, 'leave'],
    [
      'there already',
      {},
      { current: { artifactId: 'b', builtAt: NOW } },
      'leave',
    ],
    [
      'older than what is there',
      {},
      { current: { artifactId: 'a', builtAt: NOW } },
      'leave: what is there was built later',
    ],
    ['not the newest', {}, {}, 'leave', false],
    [
      'of yesterday',
      { builtAt: NOW - 24 * HOUR },
      { current: undefined },
      'ask',
    ],
    [
      'older',
      { builtAt: NOW - 24 * HOUR - 1 },
      { current: undefined },
      'leave: it is older than 24 hours',
    ],
    [
      'of no age',
      { builtAt: null },
      {},
      'leave: it doesn’t say when it was built (ci.end), and nobody saw when it came into the store',
    ],
    [
      'of no age, there already',
      { builtAt: null },
      { current: { artifactId: 'b', builtAt: null } },
      'leave',
    ],
    ['a person asks', {}, { personAsks: true }, 'later'],
    [
      'a person asks, of another branch',
      { branch: 'feature' },
      { personAsks: true },
      'leave',
    ],
  ])('%s', (_, ofBuild, ofPlace, kind, newest = true) => {
    const decision = decideAutoRelease(
      { ...build, ...ofBuild },
      { ...place, ...ofPlace },
      { now: NOW, newest },
    );
    const why = 'why' in decision && decision.why;
    expect(why ? `${decision.kind}: ${why}` : decision.kind).toBe(kind);
  });
});

describe.each(databases.eachSupportedId())('AutoReleases on %s', id => {
  let knex: Knex;
  let history: TestHistory;
  let hub: ChangeHub;
  let service: AutoReleases | undefined;
  let policies: Record<string, string | undefined>;
  let asked: string[];
  let fail: Error | undefined;
  const logger = createRecordingLogger();

  beforeEach(async () => {
    knex = await databases.init(id as TestDatabaseId);
    await migrate(knex);
    history = new TestHistory(knex);
    hub = new ChangeHub({ onError: () => {}, gatherMs: 1 });
    policies = { dev: 'master' };
    asked = [];
    fail = undefined;
  });

  afterEach(async () => {
    await service?.stop();
    hub.close();
  });

  const start = () => {
    service = new AutoReleases({
      knex,
      repository: 'default',
      environments: ['dev', 'prod'],
      judge: {
        readAutoRelease: async (_, environment) => {
          const branch = policies[environment];
          return branch ? { branch } : undefined;
        },
      },
      ask: async (wish: AutoReleaseWish, { author }) => {
        asked.push(`${wish.environment} ${wish.artifactId} by ${author.email}`);
        if (fail) throw fail;
        await insertRequest(knex, {
          environment: wish.environment,
          namespace: wish.service.namespace,
          service: wish.service.name,
          artifact_id: wish.artifactId,
          intent: wish.intent,
          requested_by: 'system:auto-release',
        });
      },
      hub,
      logger,
      intervalMs: 20,
      now: () => new Date(NOW),
    });
    service.start();
  };
  const undecided = async () =>
    (await knex('artifacts').where({ auto_release_decided: false })).length;
  const allDecided = () => until(async () => (await undecided()) === 0);
  const build = (number: number, branch = 'master') => ({
    service: 'ledger-api',
    number,
    branch,
  });
  const line = (number: number, environment = 'dev') =>
    `${environment} ${artifactIdOf(build(number))} by bo.lind@bank.example`;

  it('asks for the newest new build of the branch, once', async () => {
    await history.build(build(1));
    await history.build(build(2));
    await history.build(build(3, 'feature'));
    start();
    await allDecided();
    expect(asked).toEqual([line(2)]);
    await service!.stop();
    // Another process, after one that died before it noted what it did.
    await knex('artifacts').update({ auto_release_decided: false });
    start();
    await allDecided();
    expect(asked).toEqual([line(2)]);
    await history.build(build(4));
    await hub.publish({ kind: 'services', services: 'all' });
    await allDecided();
    expect(asked).toEqual([line(2), line(4)]);
  });

  it('leaves alone what comes while it is paused, and goes on with the next', async () => {
    policies = {};
    await history.build(build(1));
    start();
    await allDecided();
    policies = { dev: 'master', prod: 'master' };
    await history.build(build(2));
    await allDecided();
    expect(asked).toEqual([line(2), line(2, 'prod')]);
  });

  it('waits for a person’s request, and comes after it', async () => {
    const number = await insertRequest(knex, { environment: 'dev' });
    await history.build(build(1));
    await history.build({ service: 'fx-api' });
    start();
    await until(async () => (await undecided()) === 1);
    expect(asked).toHaveLength(1);
    expect(asked[0]).not.toBe(line(1));
    await knex('release_requests')
      .where({ number })
      .update({ state: 'rejected' });
    await allDecided();
    expect(asked[1]).toBe(line(1));
  });

  it('waits for nobody who asks for access', async () => {
    await insertAccess(knex, { environment: 'dev' });
    await history.build(build(1));
    start();
    await until(async () => asked.length > 0);
    expect(asked).toEqual([line(1)]);
  });

  it('gives up on what is refused, and tries again what could not be asked', async () => {
    fail = new ServiceUnavailableError('The store can’t be read');
    await history.build(build(1));
    start();
    await until(async () => asked.length >= 2);
    expect(await undecided()).toBe(1);
    fail = new ConflictError('The branch may not be released');
    await allDecided();
    const { length } = asked;
    await new Promise(resolve => setTimeout(resolve, 100));
    expect(asked).toHaveLength(length);
    expect(await knex('release_requests')).toEqual([]);
  });

  it('takes when it came for the age of a build that doesn’t say its own', async () => {
    const came = async (number: number, arrived_at: number | null) => {
      const artifact_id = await history.build(build(number));
      await knex('artifacts')
        .where({ artifact_id })
        .update({ built_at: null, arrived_at });
    };
    await came(1, NOW - HOUR);
    await came(2, NOW - 2 * HOUR);
    await came(3, null);
    start();
    await allDecided();
    expect(asked).toEqual([line(1)]);
    expect(await undecided()).toBe(0);
  });

  it('says in the log what it leaves out, once, where a policy names its branch', async () => {
    await history.build(build(1, 'feature'));
    const artifact_id = await history.build(build(2));
    await knex('artifacts').where({ artifact_id }).update({ built_at: 0 });
    await history.build({ service: 'fx-api', branch: 'feature' });
    logger.lines.length = 0;
    start();
    await allDecided();
    await service!.stop();
    expect(logger.lines.filter(text => text.includes('by itself'))).toEqual([
      expect.stringMatching(
        new RegExp(
          `${artifact_id} of payments/ledger-api is not released to dev by itself: it is older than 24 hours`,
        ),
      ),
    ]);
    expect(asked).toEqual([]);
  });

  it('lets old builds be, however many', async () => {
    await knex('artifacts').insert(
      Array.from({ length: 450 }, (_, i) => ({
        repository: 'default',
        namespace: 'payments',
        service: 'ledger-api',
        artifact_id: `master-${i}`,
        branch: 'master',
        built_at: i === 7 ? null : NOW - 48 * HOUR + i,
        description: '{}',
        in_store: true,
      })),
    );
    start();
    await allDecided();
    expect(asked).toEqual([]);
  });
});
