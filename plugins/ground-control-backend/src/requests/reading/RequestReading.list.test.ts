import { BackstageCredentials } from '@backstage/backend-plugin-api';
import { mockCredentials } from '@backstage/backend-test-utils';
import { describeRequests } from '../__testUtils__/describeRequests';
import { ACCESS_WISH, insertAccess } from '../__testUtils__/insertAccess';
import { insertRequest } from '../__testUtils__/insertRequest';
import {
  as,
  groupOf,
  RequestsFixture,
  user,
} from '../__testUtils__/RequestsFixture';
import { createReading } from './__testUtils__/createReading';
import { parseRequestCursor } from './requestCursor';
import { RequestReading } from './RequestReading';
import { RequestSelection } from './queryRequests';

const FX = 'group:default/squad-fx';
const LEDGER = 'group:default/squad-ledger';
/** A squad that nobody leads. */
const ORPHANS = 'group:default/squad-orphans';
const PEOPLE = ['ana.ruiz', 'dee.park', 'eli.voss', 'flo.berg', 'pat.moss'];

describeRequests('Lists of requests', world => {
  let fixture: RequestsFixture;
  let reading: RequestReading;

  beforeEach(() => {
    fixture = world.fixture;
    reading = createReading(fixture);
  });

  const list = (
    by: string | BackstageCredentials,
    status: RequestSelection['status'] = 'all',
    more: Partial<RequestSelection> & {
      before?: string;
      limit?: number;
    } = {},
  ) => {
    const { before, limit = 50, ...selection } = more;
    return reading.list(typeof by === 'string' ? as(by) : by, {
      selection: { status, ...selection },
      before: before ? parseRequestCursor(before) : undefined,
      limit,
    });
  };
  const ids = async (...args: Parameters<typeof list>) =>
    (await list(...args)).items.map(item => item.id);

  /** Requests of which lists and pages don't say the same. */
  async function findContradictions(...people: string[]) {
    const found: string[] = [];
    for (const person of people) {
      for (const { id, mayDecide } of (await list(person)).items) {
        const { reject } = await reading.read(as(person), Number(id.slice(4)));
        // What they replace isn't written in these rows.
        const may = reject.allowed || reject.code === 'changed';
        if (may !== mayDecide) found.push(`${id} for ${person}`);
      }
    }
    return found;
  }

  /** Six requests: who may decide which differs. */
  async function fillRequests() {
    const { knex } = fixture;
    const one = (row: Parameters<typeof insertRequest>[1]) =>
      insertRequest(knex, { squad_ref: LEDGER, ...row });
    // 1 asked by a lead, 2 by an engineer, 3 needs a platform engineer too.
    await one({ requested_by: 'user:default/dee.park' });
    await one({});
    await one({ platform_needed: true, environment: 'staging' });
    // 4 of another squad, 5 of one that nobody leads, 6 of nobody's.
    await one({ service: 'fx-api', squad_ref: FX });
    await one({ squad_ref: ORPHANS });
    await one({ squad_ref: null });
    // 7 approved, 8 rejected, 9 succeeded, 10 decided by Dee already.
    await one({ state: 'approved' });
    await one({ state: 'rejected' });
    await one({ state: 'succeeded', requested_by: 'user:default/dee.park' });
    await one({ approvals_needed: 2 });
    await knex('release_request_decisions').insert({
      number: 10,
      decided_by: 'user:default/dee.park',
      decision: 'approve',
      role: 'lead',
      accepted: '[]',
      evidence: '',
      decided_at: 0,
    });
  }

  /** Has everybody see the services of some squads alone. */
  function showOnly(squads: string[]) {
    reading = createReading(fixture, {
      access: {
        readRequestAccess: async () => ({
          services: {
            kind: 'some',
            criteria: { kind: 'squad', squads },
          },
          ask: { kind: 'none' },
          decide: { kind: 'all' },
          audit: false,
        }),
      } as any,
    });
  }

  const req = (...numbers: number[]) => numbers.map(n => `REQ-${n}`);

  it.each<[string, number[]]>([
    ['ana.ruiz', []],
    ['dee.park', [2, 3]],
    ['eli.voss', [1, 2, 3, 10]],
    ['flo.berg', [4]],
    ['pat.moss', [3, 5, 6]],
  ])('shows %s what waits for them', async (person, waiting) => {
    await fillRequests();
    expect(await ids(person, 'waiting')).toEqual(req(...waiting));
    const all = await list(person);
    expect(
      all.items.filter(item => item.mayDecide).map(item => item.id),
    ).toEqual(req(...waiting));
    const others = [1, 2, 3, 4, 5, 6, 7, 10].filter(n => !waiting.includes(n));
    expect(await ids(person, 'others')).toEqual(req(...others));
    expect(all.counts).toEqual({
      waiting: waiting.length,
      others: others.length,
      mine: { 'ana.ruiz': 7, 'dee.park': 1 }[person] ?? 0,
    });
  });

  it('shows what is known while the catalog doesn’t answer, and says so', async () => {
    await fillRequests();
    fixture.catalogFault = 'ECONNREFUSED 10.0.0.1';
    const others = await list('dee.park', 'others');
    expect(others.items.map(({ id }) => id)).toHaveLength(8);
    expect(others.items.some(({ mayDecide }) => mayDecide)).toBe(false);
    expect(others).toMatchObject({
      counts: { waiting: 0, others: 8, mine: 1 },
      waitingUnknown: expect.stringMatching(/catalog doesn’t answer/),
    });
    expect(await list('dee.park', 'waiting')).toMatchObject({
      items: [],
      waitingUnknown: expect.any(String),
    });
    fixture.catalogFault = undefined;
    const waiting = await list('dee.park', 'waiting');
    expect(waiting.items).not.toEqual([]);
    expect(waiting).not.toHaveProperty('waitingUnknown');
  });

  it('shows platform engineers what the only lead of a squad asks for', async () => {
    const one = (row: Parameters<typeof insertRequest>[1]) =>
      insertRequest(fixture.knex, {
        service: 'fx-api',
        squad_ref: FX,
        requested_by: 'user:default/flo.berg',
        ...row,
      });
    await one({});
    await one({ requested_by: 'user:default/ana.ruiz' });
    await one({ service: 'ledger-api', squad_ref: LEDGER });
    expect(await ids('pat.moss', 'waiting')).toEqual(req(1));
    expect(await ids('flo.berg', 'waiting')).toEqual(req(2));
    expect(await ids('dee.park', 'waiting')).toEqual(req(3));
    expect(await findContradictions('pat.moss')).toEqual([]);
  });

  it('shows nobody a build of theirs that is released by itself', async () => {
    const automatic = (requested_by_email: string | null, more: object = {}) =>
      insertRequest(fixture.knex, {
        squad_ref: LEDGER,
        intent: 'auto-release',
        requested_by: 'system:auto-release',
        requested_by_email,
        ...more,
      });
    // Of Dee, of nobody known, and of somebody in person by Dee's address.
    await automatic(' Dee@BANK.example');
    await automatic(null);
    await automatic('dee@bank.example', {
      intent: 'promote',
      requested_by: 'user:default/ana.ruiz',
    });
    expect(await ids('dee.park', 'waiting')).toEqual(req(2, 3));
    expect(await ids('eli.voss', 'waiting')).toEqual(req(1, 2, 3));
    expect(await ids('pat.moss', 'waiting')).toEqual([]);

    fixture.put(groupOf('squad-ledger', [], 'user:default/dee.park'));
    reading = createReading(fixture);
    expect(await ids('dee.park', 'waiting')).toEqual(req(2, 3));
    expect(await ids('pat.moss', 'waiting')).toEqual(req(1));
    await automatic('pat@bank.example', { squad_ref: null });
    fixture.put(user('pat.moss', { email: 'pat@bank.example' }));
    expect(await ids('pat.moss', 'waiting')).toEqual(req(1));
    expect(await findContradictions(...PEOPLE)).toEqual([]);
  });

  it('shows what expires within the hour first, then the oldest, over pages', async () => {
    const hour = 3_600_000;
    const at = fixture.now.getTime();
    const ends = [5, 1, null, 1, 72, 0, 5, null, 2];
    for (const end of ends) {
      await insertRequest(fixture.knex, {
        squad_ref: LEDGER,
        expires_at: end === null ? null : at + end * hour,
      });
    }
    const expected = req(6, 2, 4, 1, 3, 5, 7, 8, 9);
    for (const limit of [1, 2, 4, 8, 9]) {
      fixture.now = new Date(at);
      const seen: string[] = [];
      let before: string | undefined;
      do {
        const page = await list('dee.park', 'waiting', { before, limit });
        seen.push(...page.items.map(item => item.id));
        before = page.next;
        // The last comes to expire soon while it is paged.
        fixture.now = new Date(at + 1.5 * hour);
      } while (before);
      expect([limit, seen]).toEqual([limit, expected]);
    }
    expect(await ids('dee.park', 'all')).toEqual(
      req(1, 2, 3, 4, 5, 6, 7, 8, 9),
    );
  });

  it.each<[RequestSelection['status'], string]>([
    ['waiting', 'open.1'],
    ['waiting', 'ended.1'],
    ['all', 'waiting.0.0.1'],
    ['mine', 'waiting.0.0.1'],
  ])('refuses for %s a cursor of another order: %s', async (status, before) => {
    await expect(list('dee.park', status, { before })).rejects.toMatchObject({
      name: 'InputError',
      message: expect.stringMatching(
        /of this list. Load it from its beginning/,
      ),
    });
  });

  it('says of each what its page says, whoever reads', async () => {
    await fillRequests();
    expect(await findContradictions(...PEOPLE)).toEqual([]);
  });

  it('lists open ones oldest first, then others newest first, in pages', async () => {
    await fillRequests();
    const expected = req(1, 2, 3, 4, 5, 6, 7, 10, 9, 8);
    expect(await ids('ana.ruiz')).toEqual(expected);
    expect(await ids('ana.ruiz', 'decided')).toEqual(req(9, 8));
    for (const limit of [1, 3, 4, 8, 9, 10]) {
      const seen: string[] = [];
      let before: string | undefined;
      do {
        const page = await list('ana.ruiz', 'all', { before, limit });
        seen.push(...page.items.map(item => item.id));
        before = page.next;
      } while (before);
      expect([limit, seen]).toEqual([limit, expected]);
    }
  });

  it('filters by squad, environment, service and requester', async () => {
    await fillRequests();
    expect(await ids('ana.ruiz', 'all', { squads: [FX] })).toEqual(req(4));
    expect(await ids('ana.ruiz', 'all', { environments: ['staging'] })).toEqual(
      req(3),
    );
    const service = { namespace: 'payments', name: 'fx-api' };
    expect(await ids('ana.ruiz', 'all', { service })).toEqual(req(4));
    expect(await ids('dee.park', 'mine')).toEqual(req(1, 9));
  });

  it('finds access under both squads and both services', async () => {
    const { knex } = fixture;
    // 1: fx asks to call ledger; 2: fx asks for a target; 3: ledger's release.
    await insertAccess(knex);
    const wish = { kind: 'target' as const, name: 'rates' };
    await insertAccess(knex, { squad_ref: FX }, { wish });
    await insertRequest(knex);
    const find = (more: Partial<RequestSelection>) =>
      ids('ana.ruiz', 'all', more);
    expect(await find({ squads: [FX] })).toEqual(req(1, 2));
    expect(await find({ squads: [LEDGER] })).toEqual(req(1, 3));
    expect(await find({ squads: [ORPHANS] })).toEqual([]);
    const namespace = 'payments';
    expect(await find({ service: { namespace, name: 'fx-api' } })).toEqual(
      req(1, 2),
    );
    expect(await find({ service: { namespace, name: 'ledger-api' } })).toEqual(
      req(1, 3),
    );
    const { items } = await list('dee.park');
    expect(
      items.map(({ access, changeCount, mayDecide }) => [
        access?.wish.name,
        changeCount,
        mayDecide,
      ]),
    ).toEqual([
      [ACCESS_WISH.name, null, true],
      ['rates', null, false],
      [undefined, null, true],
    ]);
  });

  it('lets nobody decide on a service that isn’t known any more', async () => {
    await insertAccess(fixture.knex);
    await fixture.knex('services').where({ service: 'ledger-api' }).delete();
    expect(await ids('dee.park', 'waiting')).toEqual([]);
    expect(await ids('dee.park', 'others')).toEqual(req(1));
    await fixture.knex('services').delete();
    expect(await ids('dee.park', 'others')).toEqual([]);
  });

  it.each<[string[], boolean]>([
    [[LEDGER], true],
    [[FX], true],
    [[ORPHANS], false],
  ])(
    'shows who sees services of %s access between two: %s',
    async (squads, seen) => {
      await insertAccess(fixture.knex, {
        requested_by: 'user:default/eli.voss',
      });
      showOnly(squads);
      expect(await ids('eli.voss')).toEqual(seen ? req(1) : []);
      const count = Number(seen);
      expect((await list('eli.voss')).counts).toEqual({
        waiting: 0,
        others: count,
        mine: count,
      });
      expect((await list('dee.park')).counts).toMatchObject({ waiting: count });
    },
  );

  it('shows who may see one service its requests, and counts those', async () => {
    await fillRequests();
    showOnly([FX]);
    expect(await ids('eli.voss')).toEqual(req(4));
    expect((await list('eli.voss')).counts).toEqual({
      waiting: 0,
      others: 1,
      mine: 0,
    });
    for (const what of ['read', 'diff'] as const) {
      for (const number of [2, 999]) {
        await expect(
          reading[what](as('eli.voss'), number),
        ).rejects.toMatchObject({
          name: 'NotFoundError',
          message: `There is no request REQ-${number}, or you may not see it`,
        });
      }
    }
  });

  it('lets nothing wait for who lacks the permission, or is no person', async () => {
    await fillRequests();
    const onBehalf: BackstageCredentials = mockCredentials.user(
      'user:default/eli.voss',
      { actor: { subject: 'plugin:other' } },
    );
    for (const by of [mockCredentials.service(), onBehalf]) {
      const page = await list(by);
      expect(page.items).toHaveLength(10);
      expect(page.counts).toEqual({ waiting: 0, others: 8, mine: 0 });
      expect(page.items.some(item => item.mayDecide)).toBe(false);
    }
    fixture.allow(name => name !== 'ground-control.request.decide');
    expect(await ids('eli.voss', 'waiting')).toEqual([]);
    fixture.allow(() => false);
    await expect(list('eli.voss')).rejects.toMatchObject({
      name: 'NotAllowedError',
    });
  });

  it('asks the catalog once for many rows and readers', async () => {
    await fillRequests();
    const asked = jest.spyOn(fixture.deciders, 'readDeciders');
    for (let i = 0; i < 30; i += 1) await insertRequest(fixture.knex);
    for (const person of PEOPLE) await list(person);
    expect(asked.mock.calls.map(([by]) => by.squadRef).sort()).toEqual(
      [FX, LEDGER, ORPHANS].sort(),
    );
  });
});
