import { NOW as CLUSTERS_AT } from '../../__testUtils__/startServer';
import { TestClusters } from '../../__testUtils__/TestClusters';
import { describeRequests } from '../__testUtils__/describeRequests';
import { insertRequest } from '../__testUtils__/insertRequest';
import { as, RequestsFixture, SERVICE } from '../__testUtils__/RequestsFixture';
import { verdict } from '../__testUtils__/ScriptedPolicies';
import { createReading } from './__testUtils__/createReading';
import { RequestReading } from './RequestReading';

jest.setTimeout(60_000);

const LEDGER = 'group:default/squad-ledger';

describeRequests('The page of a request', world => {
  let fixture: RequestsFixture;
  let reading: RequestReading;
  let artifactIds: string[];

  beforeEach(() => {
    ({ fixture, artifactIds } = world);
    reading = createReading(fixture);
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

  it('shows others’ releases of the last hour that the reader may see', async () => {
    fixture.now = new Date('2026-03-02T08:30:00.000Z');
    await fixture.history.release({ service: 'fx-api', environment: 'prod' });
    await fixture.history.release({ service: 'fx-api', environment: 'dev' });
    await fixture.history.release({ service: 'ghost', environment: 'prod' });
    await insertRequest(fixture.knex, { state: 'rejected' });
    const { others } = await reading.read(as('dee.park'), 1);
    expect(others.map(o => [o.service.name, o.environment])).toEqual([
      ['fx-api', 'prod'],
    ]);
    fixture.now = new Date('2026-03-02T10:30:00.000Z');
    expect((await reading.read(as('dee.park'), 1)).others).toEqual([]);
  });

  it('puts releases of callers and callees first, however many others come', async () => {
    const { knex, history } = fixture;
    fixture.now = new Date('2026-03-02T08:40:00.000Z');
    const relate = async (from: string, to: string) => {
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
    const [, artifactId] = artifactIds;
    for (let i = 0; i < 12; i += 1) {
      await knex('services').insert({
        repository: 'default',
        namespace: 'payments',
        service: `api-${i}`,
        squad_source: 'none',
        in_repository: true,
        in_catalog: true,
      });
    }
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
      others.slice(0, 4).map(one => [one.service.name, one.relations]),
    ).toEqual([
      ['api-0', ['callee']],
      ['fx-api', ['caller']],
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
