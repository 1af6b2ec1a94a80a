import { mockServices } from '@backstage/backend-test-utils';
import { AccessWish } from '@ground-control/backstage-plugin-ground-control-common';
import { until } from '../../__testUtils__/until';
import {
  as,
  groupOf,
  user,
} from '../../requests/__testUtils__/RequestsFixture';
import { ExpiryService } from '../../requests/ExpiryService';
import { moveRequest } from '../../requests/moveRequest';
import { readRequestRow } from '../../requests/store/readRequestRow';
import { RequestRow } from '../../requests/types';
import { describeAccess } from './__testUtils__/describeAccess';
import {
  FILE,
  INGRESS,
  REMOVE,
  REMOVE_INGRESS,
  TARGET,
} from './__testUtils__/wishes';

const LEDGER = 'group:default/squad-ledger';
/** Of a service that nobody is known to own. */
const OWNERLESS: AccessWish = {
  ...INGRESS,
  name: 'no-api',
  squad: 'squad-ledger',
};

describeAccess('Deciding on access', given => {
  const read = (row: RequestRow) => readRequestRow(given.knex, row.number);
  const differ = () =>
    given
      .knex('services')
      .where({ service: 'fx-api' })
      .update({ artifact_squad_ref: LEDGER });

  it.each<[string, string, AccessWish]>([
    ['a lead of the entry’s squad', 'dee.park', TARGET],
    ['a lead of the squad that is called', 'flo.berg', INGRESS],
    ['a lead of the squad whose entry goes', 'dee.park', REMOVE],
    ['the same of an ingress', 'flo.berg', REMOVE_INGRESS],
    ['a platform engineer where no squad is known', 'pat.moss', OWNERLESS],
  ])('is for %s', async (_, by, wish) => {
    const row = await given.world.ask(wish);
    expect(await given.world.decide(row, by)).toMatchObject({
      state: 'approved',
      expires_at: null,
    });
  });

  it.each<[string, string, AccessWish, string, string]>([
    ['who asked', 'dee.park', TARGET, 'dee.park', 'requester'],
    ['a lead of another squad', 'flo.berg', TARGET, 'ana.ruiz', 'not-a-lead'],
    ['a platform engineer', 'pat.moss', TARGET, 'ana.ruiz', 'not-a-lead'],
    ['the squad that calls', 'dee.park', INGRESS, 'ana.ruiz', 'not-a-lead'],
    [
      'the called lead, who asked',
      'flo.berg',
      INGRESS,
      'flo.berg',
      'requester',
    ],
    ['a lead of another squad', 'flo.berg', REMOVE, 'ana.ruiz', 'not-a-lead'],
    ['who asks', 'dee.park', REMOVE_INGRESS, 'ana.ruiz', 'not-a-lead'],
    ['who asks for nobody’s', 'dee.park', OWNERLESS, 'ana.ruiz', 'not-a-lead'],
  ])('is not for %s', async (_, by, wish, asker, code) => {
    const row = await given.world.ask(wish, { by: asker });
    await expect(given.world.decide(row, by)).rejects.toMatchObject({
      name: 'NotAllowedError',
      code,
    });
    expect(await read(row)).toMatchObject({ state: 'pending' });
  });

  it('needs both where catalog and artifact name other owners', async () => {
    await differ();
    const row = await given.world.ask(INGRESS);
    expect(await given.world.decide(row, 'pat.moss')).toMatchObject({
      state: 'pending',
    });
    expect(await given.world.decide(row, 'flo.berg')).toMatchObject({
      state: 'approved',
    });
  });

  it('asks to accept what is warned of, and why something is rejected', async () => {
    const { world } = given;
    const row = await world.ask(INGRESS);
    await expect(
      world.decide(row, 'flo.berg', { accepted: [] }),
    ).rejects.toThrow(/Accept each warning to approve: link \(gcp-1/);
    await expect(
      world.decide(row, 'flo.berg', { decision: 'reject' }),
    ).rejects.toThrow(/Say in a comment/);
    const rejected = await world.decide(row, 'flo.berg', {
      decision: 'reject',
      comment: 'Call the other one.',
    });
    expect(rejected).toMatchObject({ state: 'rejected' });
    const actions = await world.fixture.actions();
    expect(actions).toEqual(['request.asked', 'request.rejected']);
  });

  it('counts for what it was made on alone', async () => {
    const { fixture } = given.world;
    const row = await given.world.ask(REMOVE);
    await expect(
      given.world.decide(row, 'dee.park', { evidence: '0'.repeat(64) }),
    ).rejects.toMatchObject({ code: 'changed' });
    // What got better makes another evidence, and outdates nothing.
    await differ();
    const other = await given.world.ask(INGRESS);
    const before = await fixture.evidence(other.number, 'flo.berg');
    await given
      .knex('services')
      .where({ service: 'fx-api' })
      .update({ artifact_squad_ref: null });
    expect(await fixture.evidence(other.number, 'flo.berg')).not.toBe(before);
    await expect(
      given.world.decide(other, 'flo.berg', { evidence: before }),
    ).rejects.toMatchObject({ code: 'changed' });
    expect(await read(other)).toMatchObject({
      state: 'pending',
      platform_needed: false,
    });
    expect(await given.world.decide(other, 'flo.berg')).toMatchObject({
      state: 'approved',
    });
  });

  it('is made by nobody while the catalog is away', async () => {
    const { fixture } = given.world;
    const row = await given.world.ask(TARGET);
    const evidence = await fixture.evidence(row.number);
    fixture.catalogFault = 'The catalog is down';
    const seen = await fixture.requests.examine(as('dee.park'), row.number);
    expect(seen.permits.approve).toMatchObject({
      code: 'unknown',
      message: expect.stringContaining('catalog doesn’t answer'),
    });
    await expect(
      fixture.requests.decide(as('dee.park'), row.number, {
        decision: 'approve',
        evidence,
      }),
    ).rejects.toMatchObject({ name: 'ServiceUnavailableError' });
    expect(await read(row)).toMatchObject({ state: 'pending' });
  });

  it('is taken back by who asked, and by who may decide', async () => {
    const { requests } = given.world.fixture;
    const own = await given.world.ask(TARGET);
    const other = await given.world.ask(INGRESS);
    await expect(
      requests.cancel(as('dee.park'), other.number),
    ).rejects.toMatchObject({ code: 'not-a-lead' });
    expect(await requests.cancel(as('ana.ruiz'), own.number)).toMatchObject({
      state: 'cancelled',
    });
    expect(await requests.cancel(as('flo.berg'), other.number)).toMatchObject({
      state: 'cancelled',
    });
  });

  it('has nothing that could be gone over', async () => {
    const { fixture } = given.world;
    const { number } = await given.world.ask(INGRESS);
    await expect(
      fixture.requests.override(as('pat.moss'), number, {
        evidence: await fixture.evidence(number, 'pat.moss'),
        reason: 'Payments fail; incident 4711',
      }),
    ).rejects.toMatchObject({ code: 'state' });
  });

  it('reminds those who decide, and not too often', async () => {
    const { requests } = given.world.fixture;
    const { number } = await given.world.ask(INGRESS);
    expect(await requests.remind(as('ana.ruiz'), number)).toMatchObject({
      state: 'pending',
    });
    await expect(requests.remind(as('ana.ruiz'), number)).rejects.toMatchObject(
      { code: 'too-soon' },
    );
    const [entry] = await given
      .knex('audit_entries')
      .where({ action: 'request.reminded' });
    expect(JSON.parse(entry.details).reminded).toEqual([
      'user:default/flo.berg',
    ]);
  });

  it('is of who leads when somebody decides', async () => {
    const { fixture } = given.world;
    const row = await given.world.ask(INGRESS);
    fixture.put(
      user('gus.holm'),
      groupOf('squad-fx', ['gus.holm'], 'user:default/gus.holm'),
    );
    try {
      await expect(given.world.decide(row, 'flo.berg')).rejects.toMatchObject({
        code: 'not-a-lead',
      });
      expect(await given.world.decide(row, 'gus.holm')).toMatchObject({
        state: 'approved',
      });
    } finally {
      fixture.put(groupOf('squad-fx', ['flo.berg'], 'user:default/flo.berg'));
    }
  });

  describe('in time', () => {
    let service: ExpiryService;

    beforeEach(() => {
      const { fixture } = given.world;
      service = new ExpiryService({
        knex: given.knex,
        hub: fixture.hub,
        repository: 'default',
        logger: mockServices.logger.mock(),
        judge: fixture.requests.judge,
        intervalMs: 20,
        now: () => fixture.now,
      });
    });
    afterEach(() => service.stop());

    const stateIs = (row: RequestRow, state: string) =>
      until(async () => (await read(row))?.state === state, {
        what: state,
        seen: () => read(row),
      });
    async function hold(row: RequestRow, by = 'dee.park') {
      await given.world.decide(row, by);
      await given.knex.transaction(tx =>
        moveRequest(tx, {
          number: row.number,
          event: {
            type: 'hold',
            at: given.world.fixture.now.getTime(),
            code: 'file-unknown',
            actor: 'system:writer',
          },
        }),
      );
    }

    it('ends what nobody decided, and leaves what others release alone', async () => {
      const { fixture } = given.world;
      const row = await given.world.ask(TARGET);
      service.start();
      await fixture.history.release({
        service: 'ledger-api',
        number: 5,
        environment: 'prod',
      });
      await fixture.hub.publish({ kind: 'services', services: 'all' });
      fixture.now = new Date(fixture.now.getTime() + 24 * 3_600_000);
      await stateIs(row, 'expired');
      expect(await read(row)).toMatchObject({
        message: 'Nobody decided within 24 h. Ask again.',
      });
    });

    it('goes on with what nothing holds any more', async () => {
      const row = await given.world.ask(TARGET);
      await hold(row);
      service.start();
      await stateIs(row, 'approved');
    });

    it('ends what is held and isn’t so any more', async () => {
      const row = await given.world.ask(REMOVE);
      await hold(row);
      await given.world.write(FILE.replace('credit-bureau', 'bureau'));
      service.start();
      await stateIs(row, 'outdated');
      expect(await read(row)).toMatchObject({ code: 'entry-gone' });
    });
  });
});
