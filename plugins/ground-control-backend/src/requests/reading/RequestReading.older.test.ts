import { ReleaseCandidate } from '@ground-control/backstage-plugin-ground-control-common';
import { TestClusters } from '../../__testUtils__/TestClusters';
import { artifactIdOf, revisionOf } from '../../__testUtils__/TestHistory';
import { formatCursor, parseCursor } from '../../releases';
import { describeRequests } from '../__testUtils__/describeRequests';
import { as, RequestsFixture, SERVICE } from '../__testUtils__/RequestsFixture';
import { createReading } from './__testUtils__/createReading';
import { parseCandidateCursor } from './candidateCursor';
import { RequestReading } from './RequestReading';

const ANA = as('ana.ruiz');
const HOUR = 3_600_000;
const START = Date.parse('2026-03-02T00:00:00Z');

describeRequests('What else can be chosen', world => {
  let fixture: RequestsFixture;
  let reading: RequestReading;

  beforeEach(() => {
    fixture = world.fixture;
    reading = createReading(fixture);
  });

  describe('of artifacts', () => {
    /** Builds up to a number; the first two are there. */
    const build = async (last: number) => {
      for (let number = 3; number <= last; number += 1) {
        await fixture.history.build({ service: SERVICE.name, number });
      }
    };
    const idOf = (number: number) =>
      artifactIdOf({ service: SERVICE.name, number });
    const ids = (candidates: ReleaseCandidate[]) =>
      candidates.map(one => one.artifact.id);
    const read = (before?: string, text?: string) =>
      reading.candidates(ANA, SERVICE, {
        before: before ? parseCandidateCursor(before) : undefined,
        text,
      });
    /** All pages after the one that ends with a cursor. */
    const readAll = async (before?: string, text?: string) => {
      const all: ReleaseCandidate[][] = [];
      for (let next = before; next || !all.length; ) {
        const page = await read(next, text);
        all.push(page.items);
        next = page.next;
      }
      return all;
    };

    it('are all of them, each once, newest first', async () => {
      await build(160);
      // Built at the same time, and at a time that nobody knows.
      await fixture
        .knex('artifacts')
        .whereIn('artifact_id', [90, 91, 92, 93, 94].map(idOf))
        .update({ built_at: 7 });
      await fixture
        .knex('artifacts')
        .whereIn('artifact_id', [60, 61, 62].map(idOf))
        .update({ built_at: null });
      const first = await reading.choices(ANA, SERVICE, 'dev');
      const pages = await readAll(first.nextCandidates);
      expect(pages.map(page => page.length)).toEqual([50, 50, 10]);
      const shown = [...ids(first.candidates), ...pages.flatMap(ids)];
      expect(new Set(shown).size).toBe(160);
      expect(shown.slice(0, 3)).toEqual([160, 159, 158].map(idOf));
      expect(shown.slice(-8)).toEqual(
        [90, 91, 92, 93, 94, 60, 61, 62].map(idOf),
      );
      // A page may end anywhere within equals.
      for (const builtAt of [7, null]) {
        const rows = await fixture
          .knex('artifacts')
          .where({ built_at: builtAt })
          .orderBy('artifact_id');
        for (const [i, { artifact_id: artifactId }] of rows.entries()) {
          const after = await read(`${builtAt ?? ''}.${artifactId}`);
          const rest = rows.slice(i + 1).map(row => row.artifact_id);
          expect(ids(after.items).slice(0, rest.length)).toEqual(rest);
        }
      }
    });

    it('tell where they run, and recommend none', async () => {
      await build(60);
      await fixture.history.release({
        service: SERVICE.name,
        environment: 'staging',
        number: 1,
      });
      const { candidates, nextCandidates } = await reading.choices(
        ANA,
        SERVICE,
        'prod',
      );
      expect(candidates.at(-1)).toMatchObject({
        artifact: { id: idOf(1) },
        recommended: true,
      });
      const { items, next } = await read(nextCandidates);
      // The one whose place the recommended one took isn't left out.
      expect(ids(items)).toEqual([11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1].map(idOf));
      expect(items.at(-1)).toMatchObject({
        runsIn: ['staging', 'prod'],
        stored: true,
        recommended: false,
      });
      expect(next).toBeUndefined();
    });

    it('end with the choices where there are no more', async () => {
      await build(50);
      const choices = await reading.choices(ANA, SERVICE, 'dev');
      expect(choices.candidates).toHaveLength(50);
      expect(choices).not.toHaveProperty('nextCandidates');
      await build(51);
      const more = await reading.choices(ANA, SERVICE, 'dev');
      expect(ids((await read(more.nextCandidates)).items)).toEqual([idOf(1)]);
    });

    it('are found by id, commit, branch, author or message', async () => {
      await build(8);
      const describe = async (number: number, more: object) => {
        const where = { artifact_id: idOf(number) };
        const row = await fixture.knex('artifacts').where(where).first();
        const description = { ...JSON.parse(row.description), ...more };
        await fixture
          .knex('artifacts')
          .where(where)
          .update({ description: JSON.stringify(description) });
      };
      await describe(2, { message: 'Round 100% of\n"fees" in C:\\a_b' });
      await describe(3, { author: { name: 'Østen Ek', email: '' } });
      await describe(4, { branch: 'feature/Index' });
      await describe(5, { message: undefined, author: undefined });
      await describe(6, { commit: 'abc'.repeat(13) });
      // No half of a character may keep the others from being found.
      await describe(7, { message: 'cut \ud83d\u0000 off' });
      for (const [text, numbers] of [
        [idOf(5), [5]],
        ['ABCABC', [6]],
        ['feature/index', [4]],
        ['Østen', [3]],
        ['100% of', [2]],
        ['10_% of', []],
        ['of\n"FEES"', [2]],
        ['c:\\A_B', [2]],
        ['aXb', []],
        ['cut', [7]],
        ['bo lind', [8, 7, 6, 4, 2, 1]],
      ] as const) {
        const [page] = await readAll(undefined, text);
        expect([text, ids(page)]).toEqual([text, numbers.map(idOf)]);
      }
    });

    it('are found however far back, some hundreds at a time', async () => {
      await build(460);
      const before = (await read()).next;
      expect(ids((await read(before, 'change 7 of')).items)).toEqual([idOf(7)]);
      // In every description, and in no field that is meant.
      const pages = await readAll(before, 'registry');
      expect(pages).toEqual([[], [], []]);
      const all = await readAll(before, 'ledger');
      expect(all.map(page => page.length)).toEqual([...Array(8).fill(50), 10]);
      expect(new Set(all.flatMap(ids)).size).toBe(410);
    });

    it('are none of another service', async () => {
      await fixture.history.build({ service: 'fx-api', number: 1 });
      await fixture.history.build({
        service: SERVICE.name,
        namespace: 'other',
        number: 3,
      });
      expect(ids((await read()).items)).toEqual([2, 1].map(idOf));
      expect(ids((await read(undefined, 'change')).items)).toHaveLength(2);
    });
  });

  describe('to go back to', () => {
    /** Releases of one commit each, of trees by number; 1 is there, of tree 0. */
    const release = async (...trees: number[]) => {
      for (const tree of trees) {
        await fixture.history.release({
          service: SERVICE.name,
          environment: 'prod',
          number: tree,
          tree: String(tree).padStart(40, 'a'),
        });
      }
    };
    const readAll = async (before?: string) => {
      const pages: number[][] = [];
      for (let next = before; next; ) {
        const page = await reading.rollbacks(ANA, SERVICE, {
          environment: 'prod',
          before: parseCursor(next),
        });
        pages.push(page.items.map(one => one.release.position));
        next = page.next;
      }
      return pages;
    };
    const first = async () => {
      const choices = await reading.choices(ANA, SERVICE, 'prod');
      return {
        positions: choices.rollbacks.map(one => one.release.position),
        next: choices.nextRollbacks,
      };
    };
    const range = (from: number, to: number) =>
      Array.from({ length: from - to + 1 }, (_, i) => from - i);

    it('is every earlier state, once, by its newest release', async () => {
      // 30 states, each released twice, and the current one before them as well.
      const states = Array.from({ length: 30 }, (_, i) => i + 1);
      await release(99, ...states, ...states, 99);
      const { positions, next } = await first();
      expect(positions).toEqual(range(62, 53));
      expect(await readAll(next)).toEqual([range(52, 43), range(42, 33), [1]]);
    });

    it('is found behind releases of the same few states', async () => {
      await release(
        1,
        2,
        3,
        ...Array(60)
          .fill(0)
          .map((_, i) => 4 + (i % 2)),
      );
      const { positions, next } = await first();
      expect(positions).toEqual([63]);
      expect(await readAll(next)).toEqual([[4, 3, 2, 1]]);
    });

    it('is found behind releases of nothing but the current state', async () => {
      await release(1, 2, ...Array(60).fill(3));
      const { positions, next } = await first();
      expect([positions, next]).toEqual([[3, 2, 1], undefined]);
    });

    it('ends with the choices where there is no more', async () => {
      await release(...range(10, 1));
      const { positions, next } = await first();
      expect([positions, next]).toEqual([range(10, 1), undefined]);
      await release(50);
      expect(await readAll((await first()).next)).toEqual([[1]]);
    });

    it('leaves out removals, and releases of an unreadable artifact', async () => {
      const at = { service: SERVICE.name, environment: 'prod' };
      await release(1);
      await fixture.history.release({ ...at, intent: 'removed' });
      await fixture.history.release({ ...at, broken: true, tree: 'b' });
      await release(...range(40, 30));
      expect(await readAll((await first()).next)).toEqual([[2, 1]]);
    });

    it('is nothing where nothing is released', async () => {
      await release(...range(15, 1));
      const { next } = await first();
      await fixture.history.release({
        service: SERVICE.name,
        environment: 'prod',
        intent: 'removed',
      });
      expect(await readAll(next)).toEqual([[]]);
    });

    it('tells how each went, and recommends none', async () => {
      const { knex } = fixture;
      await release(...range(20, 1));
      await knex('releases').update({
        released_at: knex.raw(`${START} + position * ${HOUR}`),
        replaced_at: knex.raw(`${START} + (position + 1) * ${HOUR}`),
      });
      await new TestClusters(knex, '2026-03-03T06:00:00.000Z').cluster({
        name: 'aws-prod',
        environment: 'prod',
        watchedSince: new Date(START + 3 * HOUR).toISOString(),
      });
      const place = {
        repository: 'default',
        environment: 'prod',
        namespace: SERVICE.namespace,
        service: SERVICE.name,
      };
      await knex('release_arrivals').insert({
        ...place,
        revision: revisionOf(5),
        since: START + 5 * HOUR,
      });
      const page = await reading.rollbacks(ANA, SERVICE, {
        environment: 'prod',
        before: { position: 6 },
      });
      expect(
        page.items.map(one => [
          one.release.position,
          one.healthyForSeconds,
          one.recommended,
        ]),
      ).toEqual([
        [5, 3_600, false],
        [4, 0, false],
        [3, 0, false],
        [2, undefined, false],
        [1, undefined, false],
      ]);
      // The newest page is the one of the choices.
      const newest = await reading.rollbacks(ANA, SERVICE, {
        environment: 'prod',
      });
      const choices = await reading.choices(ANA, SERVICE, 'prod');
      expect(newest.items).toEqual(choices.rollbacks);
      expect(newest.next).toBe(formatCursor({ position: 11 }));
    });
  });

  it('says nothing of a service that may not be seen', async () => {
    const ask = () =>
      Promise.allSettled([
        reading.candidates(ANA, SERVICE, {}),
        reading.rollbacks(ANA, SERVICE, { environment: 'prod' }),
      ]);
    const allowed = { status: 'fulfilled' };
    expect(await ask()).toMatchObject([allowed, allowed]);
    fixture.allow(() => false);
    const refused = { status: 'rejected', reason: { name: 'NotFoundError' } };
    expect(await ask()).toMatchObject([refused, refused]);
    await expect(
      reading.rollbacks(ANA, SERVICE, { environment: 'nowhere' }),
    ).rejects.toMatchObject({ name: 'InputError' });
  });
});
