import { Knex } from 'knex';
import { createTestDatabases } from '../../__testUtils__/databases';
import { migrate } from '../../__testUtils__/migrate';
import { moveRequest } from '../moveRequest';
import { emptyTables } from '../__testUtils__/emptyTables';
import { as, RequestsFixture } from '../__testUtils__/RequestsFixture';
import { verdict } from '../__testUtils__/ScriptedPolicies';

jest.setTimeout(60_000);

const databases = createTestDatabases();
const REASON = 'Payments fail; incident 4711';

describe.each(databases.eachSupportedId())('Deciding, %s', id => {
  let knex: Knex;
  let fixture: RequestsFixture;
  let artifactId: string;

  beforeAll(async () => {
    knex = await databases.init(id);
    await migrate(knex);
  });
  beforeEach(async () => {
    await emptyTables(knex);
    fixture = new RequestsFixture(knex);
    [, artifactId] = await fixture.fill();
  });
  afterEach(() => fixture.stop());

  const override = async (number: number, by: string, reason = REASON) =>
    fixture.requests.override(as(by), number, {
      evidence: await fixture.evidence(number),
      reason,
    });
  const hold = (number: number) =>
    fixture.knex.transaction(tx =>
      moveRequest(tx, {
        number,
        event: { type: 'hold', at: 1, code: 'freeze', actor: 'system:writer' },
      }),
    );

  it('rejects with a comment, and not without', async () => {
    const { number } = await fixture.ask({ artifactId });
    const reject = async (comment?: string) =>
      fixture.requests.decide(as('dee.park'), number, {
        decision: 'reject',
        evidence: await fixture.evidence(number),
        ...(comment && { comment }),
      });
    await expect(reject()).rejects.toMatchObject({ name: 'InputError' });
    await expect(reject(' \n ')).rejects.toMatchObject({ name: 'InputError' });
    expect(await reject('Not on a Friday')).toMatchObject({
      state: 'rejected',
      message: 'Not on a Friday',
    });
  });

  it('lets a lead of any squad go over a lasting block, for a reason', async () => {
    fixture.policies.verdicts = [
      verdict('tests', 'block', { overridable: true }),
    ];
    const { number } = await fixture.ask({ artifactId });
    const evidence = await fixture.evidence(number);
    await expect(
      fixture.requests.decide(as('dee.park'), number, {
        decision: 'approve',
        evidence,
      }),
    ).rejects.toMatchObject({ code: 'blocked' });
    await expect(override(number, 'ana.ruiz')).rejects.toMatchObject({
      code: 'requester',
    });
    await expect(override(number, 'flo.berg', 'because')).rejects.toThrow(
      /20 characters/,
    );
    expect(await override(number, 'flo.berg')).toMatchObject({
      state: 'approved',
      code: 'overridden',
      override: true,
      override_reason: REASON,
    });
    expect(await fixture.actions()).toEqual([
      'request.asked',
      'request.refused',
      'request.overridden',
      'request.approved',
    ]);
    expect(await override(number, 'flo.berg')).toMatchObject({
      state: 'approved',
    });
    expect(await fixture.knex('release_request_decisions')).toHaveLength(1);
  });

  it('lets nobody else go over a block, nor over one that is final', async () => {
    fixture.policies.verdicts = [
      verdict('tests', 'block', { overridable: true }),
    ];
    const { number } = await fixture.ask({ artifactId });
    await expect(override(number, 'gus.holm')).rejects.toMatchObject({
      code: 'not-a-lead',
    });
    fixture.policies.verdicts.push(verdict('branch', 'block'));
    await expect(override(number, 'pat.moss')).rejects.toMatchObject({
      code: 'changed',
    });
  });

  it('has no block to go over where there is none', async () => {
    const { number } = await fixture.ask({ artifactId });
    await expect(override(number, 'pat.moss')).rejects.toMatchObject({
      code: 'state',
    });
  });

  it('resumes what a freeze holds, once somebody went over it', async () => {
    const { number } = await fixture.ask({ artifactId });
    await fixture.requests.decide(as('dee.park'), number, {
      decision: 'approve',
      evidence: await fixture.evidence(number),
    });
    fixture.policies.verdicts = [
      verdict('branch', 'pass'),
      verdict('freeze', 'block', { momentary: true, overridable: true }),
    ];
    await hold(number);
    // Who approved already has decided.
    await expect(override(number, 'dee.park')).rejects.toMatchObject({
      code: 'already-decided',
    });
    expect(await override(number, 'pat.moss')).toMatchObject({
      state: 'approved',
      override: true,
    });
    expect(
      await fixture.requests.judge.rejudge(
        { ...(await fixture.requests.examine(as('dee.park'), number)).row },
        { now: fixture.now },
      ),
    ).toEqual({ kind: 'go' });
  });

  it('still waits for a platform engineer after an override by a lead', async () => {
    fixture.policies.requirement = {
      approvals: 1,
      platform: true,
      reason: 'both',
    };
    fixture.policies.verdicts = [
      verdict('tests', 'block', { overridable: true }),
    ];
    const { number } = await fixture.ask({ artifactId });
    expect(await override(number, 'flo.berg')).toMatchObject({
      state: 'pending',
      override: true,
    });
    expect(
      await fixture.requests.decide(as('pat.moss'), number, {
        decision: 'approve',
        evidence: await fixture.evidence(number),
      }),
    ).toMatchObject({ state: 'approved' });
  });

  it('lets its requester and its deciders cancel it, and others not', async () => {
    const { number } = await fixture.ask({ artifactId });
    await expect(
      fixture.requests.cancel(as('flo.berg'), number),
    ).rejects.toMatchObject({ code: 'not-a-lead' });
    expect(await fixture.requests.cancel(as('ana.ruiz'), number)).toMatchObject(
      { state: 'cancelled' },
    );
    expect(await fixture.requests.cancel(as('ana.ruiz'), number)).toMatchObject(
      { state: 'cancelled' },
    );
    const other = await fixture.ask({ artifactId });
    expect(
      await fixture.requests.cancel(as('dee.park'), other.number),
    ).toMatchObject({ state: 'cancelled' });
  });

  it('decides nothing while the store can’t be read', async () => {
    const { number, evidence } = await fixture.ask({ artifactId });
    fixture.storeFault = 'EIO';
    await expect(
      fixture.requests.decide(as('dee.park'), number, {
        decision: 'approve',
        evidence,
      }),
    ).rejects.toMatchObject({ name: 'ServiceUnavailableError' });
    fixture.storeFault = undefined;
    expect(
      await fixture.requests.decide(as('dee.park'), number, {
        decision: 'approve',
        evidence,
      }),
    ).toMatchObject({ state: 'approved' });
  });

  it('says who decides, without those who may not', async () => {
    const { number } = await fixture.ask({ artifactId }, { by: 'dee.park' });
    const { deciders, permits } = await fixture.requests.examine(
      as('dee.park'),
      number,
    );
    expect(deciders).toEqual([
      { entityRef: 'user:default/eli.voss', name: 'Eli Voss', role: 'lead' },
    ]);
    expect(permits).toMatchObject({
      approve: { allowed: false, code: 'requester' },
      cancel: { allowed: true },
      override: { allowed: false },
    });
  });

  it('has platform engineers decide where nobody leads the squad', async () => {
    await fixture.knex('services').update({ squad_ref: null });
    await fixture.knex('artifacts').update({ squad: null });
    fixture.policies.requirement = {
      approvals: 1,
      platform: true,
      reason: 'no squad',
    };
    const { number } = await fixture.ask({ artifactId });
    await fixture
      .knex('release_requests')
      .update({ squad_ref: null, artifact_squad_ref: null });
    expect(
      await fixture.requests.decide(as('pat.moss'), number, {
        decision: 'approve',
        evidence: await fixture.evidence(number),
      }),
    ).toMatchObject({ state: 'approved' });
  });
});
