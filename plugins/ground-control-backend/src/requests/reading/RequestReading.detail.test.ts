import { NOW as CLUSTERS_AT } from '../../__testUtils__/startServer';
import { TestClusters } from '../../__testUtils__/TestClusters';
import { describeRequests } from '../__testUtils__/describeRequests';
import { insertAccess } from '../__testUtils__/insertAccess';
import { insertRequest } from '../__testUtils__/insertRequest';
import { as, RequestsFixture, SERVICE } from '../__testUtils__/RequestsFixture';
import { verdict } from '../__testUtils__/ScriptedPolicies';
import { createReading } from './__testUtils__/createReading';
import { RequestReading } from './RequestReading';

const LEDGER = 'group:default/squad-ledger';

describeRequests('The page of a request', world => {
  let fixture: RequestsFixture;
  let reading: RequestReading;
  let artifactIds: string[];

  beforeEach(() => {
    ({ fixture, artifactIds } = world);
    reading = createReading(fixture);
  });

  const addService = (service: string) =>
    fixture.knex('services').insert({
      repository: 'default',
      namespace: 'payments',
      service,
      squad_source: 'none',
      in_repository: true,
      in_catalog: true,
    });

  /** Has the catalog say that one calls the other. */
  const relate = async (from: string, to: string) => {
    const { knex } = fixture;
    for (const service of [from, to]) {
      await knex('services')
        .where({ service })
        .update({ entity_ref: `component:default/${service}` });
    }
    await knex('catalog_relations').insert({
      entity_ref: `component:default/${from}`,
      relation: 'dependsOn',
      target_ref: `component:default/${to}`,
      observed_at: 0,
    });
  };

  it('says whether the same may be asked for again', async () => {
    const ended = await insertRequest(fixture.knex, { state: 'expired' });
    const open = await insertRequest(fixture.knex);
    const read = async (by: string, number: number) =>
      (await reading.read(as(by), number)).repeat;
    expect(await read('ana.ruiz', ended)).toEqual({ allowed: true });
    expect(await read('ana.ruiz', open)).toBeUndefined();
    const access = await insertAccess(fixture.knex, { state: 'expired' });
    expect(await read('ana.ruiz', access)).toBeUndefined();
    fixture.allow(permission => !permission.includes('request.create'));
    expect(await read('ana.ruiz', ended)).toMatchObject({
      allowed: false,
      code: 'permission',
    });
  });

  it('shows an open request as it stands now', async () => {
    const [, artifactId] = artifactIds;
    const { number } = await fixture.ask({ artifactId }, { reason: 'Fees' });
    const clusters = new TestClusters(fixture.knex, CLUSTERS_AT);
    await clusters.cluster({ name: 'aws-prod', environment: 'prod' });
    await clusters.cluster({ name: 'aws-dev', environment: 'dev' });
    const detail = await reading.read(as('dee.park'), number);
    expect(detail).toMatchObject({
      asOf: fixture.now.toISOString(),
      request: {
        id: `REQ-${number}`,
        state: 'pending',
        squadTitle: LEDGER,
        mayDecide: true,
        replaces: { position: 1 },
      },
      artifact: { id: artifactId },
      current: { environment: 'prod', position: 1 },
      changed: [],
      evidence: await fixture.evidence(number),
      changes: { kind: 'builds', total: 1 },
      targetClusters: ['aws-prod'],
      timeline: [{ state: 'pending', code: 'asked', message: 'Fees' }],
      approve: { allowed: true },
      reject: { allowed: true },
    });
    expect(detail.deciders.map(decider => decider.name)).toEqual([
      'Dee Park',
      'Eli Voss',
    ]);
    const own = await reading.read(as('ana.ruiz'), number);
    expect(own.request.mayDecide).toBe(false);
    expect(own.approve).toMatchObject({ code: 'requester' });
    // Another release came meanwhile.
    await fixture.history.release({
      service: SERVICE.name,
      environment: 'prod',
      number: 7,
    });
    const moved = await reading.read(as('dee.park'), number);
    expect(moved.changed).toEqual([
      expect.stringMatching(/^prod changed: .* was released there/),
    ]);
    expect(moved.approve).toMatchObject({ allowed: false, code: 'changed' });
  });

  it('shows what has ended without asking catalog or store', async () => {
    const verdicts = JSON.stringify([verdict('branch', 'warning')]);
    await insertRequest(fixture.knex, {
      state: 'rejected',
      verdicts,
      replaces_position: 1,
      replaces_artifact_id: 'x',
    });
    const examine = jest.spyOn(fixture.requests, 'examine');
    const detail = await reading.read(as('dee.park'), 1);
    expect(examine).not.toHaveBeenCalled();
    expect(detail).toMatchObject({
      verdicts: JSON.parse(verdicts),
      changed: [],
      deciders: [],
      approve: { allowed: false, code: 'state' },
      cancel: { allowed: false, code: 'state' },
    });
  });

  it.each([
    [1, 2, 'promote', true],
    [2, 1, 'promote', false],
    [1, 2, 'rollback', undefined],
  ] as const)(
    'says whether what took the place of build %s, which is build %s, includes it: %s %s',
    async (older, newer, intent, includes) => {
      const ids = [
        ...artifactIds,
        await fixture.store({ service: SERVICE.name, number: 3 }),
      ];
      const superseded_by = await insertRequest(fixture.knex, {
        artifact_id: ids[newer],
      });
      const number = await insertRequest(fixture.knex, {
        state: 'superseded',
        superseded_by,
        intent,
        artifact_id: ids[older],
      });
      const detail = await reading.read(as('dee.park'), number);
      expect(detail.request.supersededBy).toBe(`REQ-${superseded_by}`);
      expect(detail.supersededIncludes).toBe(includes);
      const open = await reading.read(as('dee.park'), superseded_by);
      expect(open.supersededIncludes).toBeUndefined();
    },
  );

  it('shows others’ releases of the last hour that the reader may see', async () => {
    fixture.now = new Date('2026-03-02T08:30:00.000Z');
    await fixture.history.release({ service: 'fx-api', environment: 'prod' });
    await fixture.history.release({ service: 'fx-api', environment: 'dev' });
    await fixture.history.release({ service: 'ghost', environment: 'prod' });
    await insertRequest(fixture.knex, { state: 'rejected' });
    const { others } = await reading.read(as('dee.park'), 1);
    expect(others.map(o => [o.service.name, o.environment])).toEqual([
      [SERVICE.name, 'prod'],
      ['fx-api', 'prod'],
    ]);
    fixture.now = new Date('2026-03-02T10:30:00.000Z');
    expect((await reading.read(as('dee.park'), 1)).others).toEqual([]);
  });

  it('shows the service’s own releases, but for the one that it is about', async () => {
    fixture.now = new Date('2026-03-02T08:30:00.000Z');
    const { history, knex } = fixture;
    const own = { service: SERVICE.name, environment: 'prod' };
    const position = await history.release({ ...own, number: 2 });
    await history.release({ ...own, environment: 'dev' });
    await insertRequest(knex, { state: 'committed', position });
    const { others } = await reading.read(as('dee.park'), 1);
    expect(others.map(one => [one.position, one.relations])).toEqual([[1, []]]);
  });

  it('shows what is approved of it, its callers and callees, and not released yet', async () => {
    const { knex } = fixture;
    await relate('fx-api', SERVICE.name);
    const { number } = await fixture.ask({ artifactId: artifactIds[1] });
    const fx = { service: 'fx-api', squad_ref: 'group:default/squad-fx' };
    const approved = { ...fx, state: 'approved', since: 60_000 } as const;
    const caller = await insertRequest(knex, approved);
    await insertRequest(knex, { ...approved, environment: 'staging' });
    await addService('other-api');
    await insertRequest(knex, { ...approved, service: 'other-api' });
    await insertRequest(knex, { ...approved, repository: 'another' });
    await insertAccess(knex, { ...approved, namespace: 'payments' });
    await insertRequest(knex, { ...fx, state: 'pending' });
    await insertRequest(knex, { ...fx, state: 'committed' });
    const own = await insertRequest(knex, { state: 'held' });

    const read = async () => {
      const { otherRequests } = await reading.read(as('dee.park'), number);
      return otherRequests;
    };
    const artifactId = 'master-1111111111-2222222222';
    expect(await read()).toEqual([
      {
        id: `REQ-${own}`,
        service: SERVICE,
        artifactId,
        state: 'held',
        since: '1970-01-01T00:00:00.000Z',
        relations: [],
      },
      {
        id: `REQ-${caller}`,
        service: { namespace: 'payments', name: 'fx-api' },
        artifactId,
        state: 'approved',
        since: '1970-01-01T00:01:00.000Z',
        relations: ['caller'],
      },
    ]);
    // One that is approved itself isn't beside itself.
    const { otherRequests } = await reading.read(as('dee.park'), own);
    expect(otherRequests.map(one => one.id)).toEqual([`REQ-${caller}`]);
    reading = createReading(fixture, {
      access: {
        readRequestAccess: async () => ({
          services: {
            kind: 'some',
            criteria: { kind: 'squad', squads: [LEDGER] },
          },
          ask: { kind: 'none' },
          decide: { kind: 'none' },
          audit: false,
        }),
      } as any,
    });
    expect((await read()).map(one => one.id)).toEqual([`REQ-${own}`]);
  });

  it('puts releases of callers and callees first, however many others come', async () => {
    const { history } = fixture;
    fixture.now = new Date('2026-03-02T08:40:00.000Z');
    const [, artifactId] = artifactIds;
    for (let i = 0; i < 12; i += 1) await addService(`api-${i}`);
    await relate('fx-api', SERVICE.name);
    await relate(SERVICE.name, 'api-0');
    for (const service of ['fx-api', 'api-0']) {
      await history.release({ service, environment: 'prod' });
    }
    for (let i = 1; i < 12; i += 1) {
      await history.release({ service: `api-${i}`, environment: 'prod' });
    }
    const { number } = await fixture.ask({ artifactId });
    const { others, reach } = await reading.read(as('dee.park'), number);
    expect(others).toHaveLength(10);
    expect(
      others.slice(0, 5).map(one => [one.service.name, one.relations]),
    ).toEqual([
      ['api-0', ['callee']],
      ['fx-api', ['caller']],
      [SERVICE.name, []],
      ['api-11', []],
      ['api-10', []],
    ]);
    expect(reach).toMatchObject({
      callers: [{ namespace: 'payments', name: 'fx-api' }],
      totalCallers: 1,
      declared: 1,
      observed: null,
      pods: null,
    });
  });
});
