import { mockServices } from '@backstage/backend-test-utils';
import { NOW as CLUSTERS_AT } from '../../__testUtils__/startServer';
import { TestClusters } from '../../__testUtils__/TestClusters';
import { revisionOf } from '../../__testUtils__/TestHistory';
import { until } from '../../__testUtils__/until';
import { NoticesService } from '../../clusters/notices/NoticesService';
import { serviceKey } from '../../clusters/serviceKey';
import { writeStandings } from '../../clusters/store/writeStandings';
import { describeRequests } from '../__testUtils__/describeRequests';
import { insertAccess } from '../__testUtils__/insertAccess';
import { insertRequest } from '../__testUtils__/insertRequest';
import { as, RequestsFixture, SERVICE } from '../__testUtils__/RequestsFixture';
import { createReading } from './__testUtils__/createReading';
import { RequestReading } from './RequestReading';

describeRequests('What can be chosen', world => {
  let fixture: RequestsFixture;
  let reading: RequestReading;

  beforeEach(() => {
    fixture = world.fixture;
    reading = createReading(fixture);
  });

  describe('choices', () => {
    it('recommend what the environment before runs', async () => {
      await fixture.history.release({
        service: SERVICE.name,
        environment: 'staging',
        number: 2,
      });
      await fixture.store({
        service: SERVICE.name,
        number: 3,
        branch: 'fix',
      });
      const choices = await reading.choices(as('ana.ruiz'), SERVICE, 'prod');
      expect(choices).toMatchObject({
        current: { position: 1 },
        branches: ['master', 'fix'],
        ask: { allowed: true },
        promotesFrom: 'staging',
        rollbacks: [],
      });
      expect(
        choices.candidates.map(one => [
          one.artifact.commit?.slice(6, 10),
          one.runsIn,
          one.stored,
          one.recommended,
        ]),
      ).toEqual([
        ['0003', [], true, false],
        ['0002', ['staging'], true, true],
        ['0001', ['prod'], true, false],
      ]);
      const first = await reading.choices(as('ana.ruiz'), SERVICE, 'dev');
      expect(first.promotesFrom).toBeUndefined();
      expect(first.candidates.map(one => one.recommended)).toEqual([
        false,
        true,
        false,
      ]);
    });

    it('promote from the last environment before that runs something', async () => {
      const read = () => reading.choices(as('ana.ruiz'), SERVICE, 'prod');
      const none = await read();
      expect(none.promotesFrom).toBe('staging');
      expect(none.candidates.some(one => one.recommended)).toBe(false);
      await fixture.history.release({
        service: SERVICE.name,
        environment: 'dev',
        number: 2,
      });
      const skipping = await read();
      expect(skipping.promotesFrom).toBe('dev');
      expect(skipping.candidates.find(one => one.recommended)).toMatchObject({
        runsIn: ['dev'],
      });
    });

    it('keep what is recommended among the newest 50', async () => {
      for (let number = 3; number <= 60; number += 1) {
        await fixture.history.build({ service: SERVICE.name, number });
      }
      await fixture.history.release({
        service: SERVICE.name,
        environment: 'staging',
        number: 1,
      });
      const choices = await reading.choices(as('ana.ruiz'), SERVICE, 'prod');
      expect(choices.candidates).toHaveLength(50);
      expect(choices.candidates.at(-1)).toMatchObject({
        recommended: true,
        runsIn: ['staging', 'prod'],
      });
    });

    describe('to go back to', () => {
      const hours = (n: number) =>
        Date.parse('2026-03-02T00:00:00Z') + n * 3_600_000;
      const scope = {
        repository: 'default',
        cluster: 'aws-prod',
        environment: 'prod',
      };

      /**
       * Releases of builds, by their numbers, each until the next; the last is
       * current. The first is there already.
       */
      const timeline = async (...stays: Array<[build: number, at: number]>) => {
        const { history, knex } = fixture;
        for (const [i, [build, at]] of stays.entries()) {
          const number = i + 1;
          if (number > 1) {
            await history.release({
              service: SERVICE.name,
              environment: 'prod',
              number: build,
              tree: String(build === 1 ? 0 : build).repeat(40),
            });
          }
          await knex('releases')
            .where({ position: number })
            .update({ released_at: hours(at) });
          await knex('releases')
            .where({ position: number - 1 })
            .update({ replaced_at: hours(at) });
        }
      };
      /** Releases from 1 on, of a build of its own each. */
      const releases = (...from: number[]) =>
        timeline(...from.map((at, i): [number, number] => [i + 1, at]));
      const watch = (sinceHours: number) =>
        new TestClusters(fixture.knex, CLUSTERS_AT).cluster({
          name: scope.cluster,
          environment: 'prod',
          observedAt: new Date(hours(24)).toISOString(),
          watchedSince: new Date(hours(sinceHours)).toISOString(),
        });
      const judge = (
        releasePosition: number,
        state: 'failed' | 'reconciled' | 'suspended',
        at: number,
      ) =>
        fixture.knex.transaction(tx =>
          writeStandings(
            tx,
            scope,
            [
              [
                serviceKey(SERVICE.namespace, SERVICE.name),
                {
                  releasePosition,
                  state,
                  reason: state === 'failed' ? 'crash-loop' : 'applied',
                  since: hours(at),
                },
              ],
            ],
            hours(at),
          ),
        );
      const rollbacks = async () => {
        const choices = await reading.choices(as('ana.ruiz'), SERVICE, 'prod');
        return choices.rollbacks.map(one => [
          one.release.position,
          one.healthyForSeconds,
          one.recommended,
        ]);
      };

      it('choose the last that stayed healthy, after all notices of others are gone', async () => {
        const { knex } = fixture;
        // 2 crashes after half an hour for two hours, 3 stands for half an hour.
        await releases(0, 5, 7.5, 8);
        await watch(-1);
        await judge(1, 'reconciled', 0);
        let now = hours(5.5);
        const sent: string[] = [];
        const notices = new NoticesService({
          knex,
          logger: mockServices.logger.mock(),
          repository: 'default',
          notifications: {
            send: async ({ payload }) => void sent.push(payload.title),
          },
          flapMs: 20_000,
          stuckMs: 600_000,
          unreadMs: 300_000,
          intervalMs: 20,
          now: () => now,
        });
        const go = async (at: number, seconds: number) => {
          const time = hours(at) + seconds * 1_000;
          // Before the clock: what isn't heard of at some moment isn't over.
          await knex('clusters').update({ observed_at: time });
          now = time;
        };
        await go(5.5, 0);
        await judge(2, 'failed', 5.5);
        notices.start();
        try {
          await until(async () => (await knex('cluster_notices')).length === 1);
          await go(5.5, 30);
          await until(async () => sent.length === 1);
          await judge(3, 'reconciled', 7.5);
          await go(7.5, 1);
          await until(async () => {
            const [notice] = await knex('cluster_notices');
            return notice?.over_since !== null;
          });
          await go(7.5, 60);
          await until(async () => (await knex('cluster_notices')).length === 0);
        } finally {
          await notices.stop();
        }
        expect(sent).toHaveLength(2);
        await go(24, 0);
        expect(await rollbacks()).toEqual([
          [3, 1_800, false],
          [2, 0, false],
          [1, 18_000, true],
        ]);
      });

      it('never call well what nobody watched', async () => {
        await releases(0, 5, 7, 9, 11);
        await watch(6);
        await judge(3, 'reconciled', 7);
        await judge(4, 'failed', 10);
        await judge(5, 'reconciled', 11);
        expect(await rollbacks()).toEqual([
          [4, 0, false],
          [3, 7_200, true],
          [2, undefined, false],
          [1, undefined, false],
        ]);
      });

      it('never call well what waited until another took its place', async () => {
        await releases(0, 5, 8);
        await watch(-1);
        await judge(1, 'reconciled', 0);
        await judge(2, 'suspended', 5);
        await judge(3, 'reconciled', 8);
        expect(await rollbacks()).toEqual([
          [2, 0, false],
          [1, 18_000, true],
        ]);
      });

      it.each<[string, Array<[number, number]>, number[], unknown[]]>([
        [
          'what was gone back to for a moment by its long stay before',
          [
            [1, 0],
            [2, 2],
            [3, 4],
            [4, 9],
            [3, 9.5],
            [5, 10],
          ],
          [4, 6],
          [
            [5, 18_000, true],
            [4, 0, false],
            [2, 7_200, false],
            [1, 7_200, false],
          ],
        ],
        [
          'what failed the second time by the first',
          [
            [1, 0],
            [2, 5],
            [1, 6],
            [3, 8],
          ],
          [3],
          [
            [3, 18_000, true],
            [2, 3_600, false],
          ],
        ],
        [
          'short stays by the longest, and not by their sum',
          [
            [1, 0],
            [2, 2],
            [3, 2.5],
            [2, 3],
            [4, 3.75],
          ],
          [],
          [
            [4, 2_700, false],
            [3, 1_800, false],
            [1, 7_200, true],
          ],
        ],
      ])('judge %s', async (_, stays, failing, expected) => {
        await timeline(...stays);
        await watch(-1);
        for (const [i, [, at]] of stays.entries()) {
          const position = i + 1;
          await judge(
            position,
            failing.includes(position) ? 'failed' : 'reconciled',
            at,
          );
        }
        expect(await rollbacks()).toEqual(expected);
      });

      it('choose what stood only where nothing is known to have stayed healthy', async () => {
        await releases(0, 5, 5.5, 10);
        await watch(5.2);
        await judge(3, 'failed', 6);
        await judge(4, 'reconciled', 10);
        expect(await rollbacks()).toEqual([
          [3, 0, false],
          [2, undefined, false],
          [1, undefined, true],
        ]);
      });
    });

    it('know how a release went by its commit, not by its position', async () => {
      const { history, knex } = fixture;
      for (const number of [2, 3]) {
        await history.release({
          service: SERVICE.name,
          environment: 'prod',
          number,
          tree: String(number).repeat(40),
        });
      }
      await new TestClusters(knex, CLUSTERS_AT).cluster({
        name: 'aws-prod',
        environment: 'prod',
        watchedSince: '2026-01-01T00:00:00Z',
      });
      for (const revision of [revisionOf(1), revisionOf(2)]) {
        await knex('release_arrivals').insert({
          repository: 'default',
          environment: 'prod',
          namespace: SERVICE.namespace,
          service: SERVICE.name,
          revision,
          since: 0,
        });
      }
      // Failed at position 1 of a history that was rewritten since.
      await insertRequest(knex, {
        state: 'failed',
        revision: 'd'.repeat(40),
        position: 1,
      });
      await insertRequest(knex, {
        state: 'failed',
        revision: revisionOf(2),
        position: 9,
      });
      // One for access isn't how a release went.
      await insertAccess(knex, { state: 'failed', revision: revisionOf(1) });
      const { rollbacks } = await reading.choices(
        as('ana.ruiz'),
        SERVICE,
        'prod',
      );
      expect(
        rollbacks.map(one => [one.release.position, one.healthyForSeconds]),
      ).toEqual([
        [2, 0],
        [1, 60],
      ]);
    });

    it('say what is missing, and nothing of a service that may not be seen', async () => {
      const choices = (permit: Parameters<typeof fixture.allow>[0]) => {
        fixture.allow(permit);
        return reading.choices(as('ana.ruiz'), SERVICE, 'prod');
      };
      const may = await choices(name => !name.endsWith('request.create'));
      expect(may.ask).toMatchObject({ allowed: false, code: 'permission' });
      reading = createReading(fixture, { canWrite: false });
      expect((await choices(() => true)).ask).toMatchObject({
        code: 'not-configured',
      });
      await expect(choices(() => false)).rejects.toMatchObject({
        name: 'NotFoundError',
      });
      await expect(
        reading.choices(as('ana.ruiz'), SERVICE, 'nowhere'),
      ).rejects.toMatchObject({ name: 'InputError' });
    });
  });
});
