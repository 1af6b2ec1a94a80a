import { NOW as CLUSTERS_AT } from '../../__testUtils__/startServer';
import { TestClusters } from '../../__testUtils__/TestClusters';
import { revisionOf } from '../../__testUtils__/TestHistory';
import { describeRequests } from '../__testUtils__/describeRequests';
import { insertAccess } from '../__testUtils__/insertAccess';
import { insertRequest } from '../__testUtils__/insertRequest';
import { as, RequestsFixture, SERVICE } from '../__testUtils__/RequestsFixture';
import { createReading } from './__testUtils__/createReading';
import { RequestReading } from './RequestReading';

jest.setTimeout(60_000);

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
      expect(first.candidates.map(one => one.recommended)).toEqual([
        false,
        true,
        false,
      ]);
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

    it('go back to the last that stayed healthy', async () => {
      const { history, knex } = fixture;
      const release = (number: number) =>
        history.release({
          service: SERVICE.name,
          environment: 'prod',
          number,
          tree: String(number).repeat(40),
        });
      const hours = (n: number) =>
        Date.parse('2026-03-02T00:00:00Z') + n * 3_600_000;
      const at = (position: number, from: number, to?: number) =>
        knex('releases')
          .where({ position })
          .update({
            released_at: hours(from),
            ...(to !== undefined && { replaced_at: hours(to) }),
          });
      // 1 ran for long, 2 failed after 10 h, 3 for half an hour, 1 again is now.
      await release(2);
      await release(3);
      await release(4);
      await at(1, 0, 5);
      await at(2, 5, 15.5);
      await at(3, 15.5, 16);
      await at(4, 16);
      await new TestClusters(knex, CLUSTERS_AT).cluster({
        name: 'aws-prod',
        environment: 'prod',
      });
      await knex('cluster_notices').insert({
        repository: 'default',
        environment: 'prod',
        namespace: 'payments',
        service: SERVICE.name,
        kind: 'failed',
        since: hours(5.5),
        clusters: '[]',
      });
      const { rollbacks } = await reading.choices(
        as('ana.ruiz'),
        SERVICE,
        'prod',
      );
      expect(
        rollbacks.map(one => [
          one.release.position,
          one.healthyForSeconds,
          one.recommended,
        ]),
      ).toEqual([
        [3, 1_800, false],
        [2, 1_800, false],
        [1, 18_000, true],
      ]);
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
      });
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
