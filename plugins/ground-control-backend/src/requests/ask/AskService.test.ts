import { describeRequests } from '../__testUtils__/describeRequests';
import { insertAccess } from '../__testUtils__/insertAccess';
import { as, RequestsFixture, SERVICE } from '../__testUtils__/RequestsFixture';
import { verdict } from '../__testUtils__/ScriptedPolicies';

const prod = { service: SERVICE, environment: 'prod' };

describeRequests('Asking', world => {
  let fixture: RequestsFixture;
  let first: string;
  let second: string;

  beforeEach(() => {
    fixture = world.fixture;
    [first, second] = world.artifactIds;
  });

  const rows = () => fixture.knex('release_requests').orderBy('number');
  const states = async () => (await rows()).map(row => row.state);

  it('freezes what was asked for, and says when it ends', async () => {
    const row = await fixture.ask(
      { artifactId: second },
      { reason: ' Fix\nrounding ' },
    );
    expect(row).toMatchObject({
      artifact_id: second,
      digest: expect.stringMatching(/^[0-9a-f]{64}$/),
      evidence: expect.stringMatching(/^[0-9a-f]{64}$/),
      replaces_artifact_id: first,
      replaces_position: 1,
      replaces_revision: expect.stringMatching(/^c+1$/),
      reason: 'Fix rounding',
      expires_at: fixture.now.getTime() + 24 * 3_600_000,
      approvals_needed: 1,
      batch: null,
    });
    expect(await fixture.evidence(row.number)).toBe(row.evidence);
    expect(fixture.changes).toEqual([{ kind: 'requests' }]);
    const [step] = await fixture.knex('release_request_steps');
    expect(step).toMatchObject({ state: 'pending', code: 'asked' });
  });

  it('freezes which edit by hand was there', async () => {
    expect(await fixture.ask({ artifactId: second })).toMatchObject({
      replaces_edit_revision: null,
    });
    for (const position of [2, 3]) {
      await fixture.knex('commits').insert({
        repository: 'default',
        position: 900 + position,
        revision: `e${position}`.padEnd(40, '0'),
        kind: 'manifest',
        committed_at: 1,
        title: 'Mend by hand',
        by_name: 'x',
        by_email: 'x',
      });
      await fixture.knex('commit_services').insert({
        repository: 'default',
        position: 900 + position,
        environment: position === 2 ? 'prod' : 'dev',
        namespace: SERVICE.namespace,
        service: SERVICE.name,
      });
    }
    expect(await fixture.ask({ artifactId: second })).toMatchObject({
      replaces_edit_revision: 'e2'.padEnd(40, '0'),
    });
  });

  it('approves at once what nobody has to decide', async () => {
    fixture.policies.requirement = {
      approvals: 0,
      platform: false,
      reason: 'dev needs no approval.',
    };
    expect(await fixture.ask({ artifactId: second })).toMatchObject({
      state: 'approved',
      code: 'no-approval-needed',
      message: 'dev needs no approval.',
      expires_at: null,
    });
  });

  it('gives the same requests for the same key, and refuses another form with it', async () => {
    const ask = (reason: string, by = 'ana.ruiz') =>
      fixture.requests.ask(as(by), {
        wishes: [{ ...prod, intent: 'release-artifact', artifactId: second }],
        reason,
        idempotencyKey: 'form-1',
      });
    const both = await Promise.all([ask('why'), ask('why')]);
    expect(both[0].map(r => r.number)).toEqual(both[1].map(r => r.number));
    // Even when it could not be asked for any more.
    fixture.remove(second);
    expect(await ask('why')).toHaveLength(1);
    await expect(ask('another')).rejects.toMatchObject({
      name: 'ConflictError',
    });
    expect(await rows()).toHaveLength(1);
    // Keys of others don't meet.
    await fixture.store({ service: SERVICE.name, number: 2 });
    expect(await ask('another', 'eli.voss')).toHaveLength(1);
  });

  it('accepts all of several wishes, or none', async () => {
    const fx = { namespace: 'payments', name: 'fx-api' };
    const built = await fixture.store({ service: 'fx-api', squad: 'squad-fx' });
    const ask = (artifactId: string, key: string) =>
      fixture.requests.ask(as('ana.ruiz'), {
        wishes: [
          { ...prod, intent: 'release-artifact', artifactId: second },
          {
            service: fx,
            environment: 'dev',
            intent: 'release-artifact',
            artifactId,
          },
        ],
        idempotencyKey: key,
      });
    await expect(ask('nothing', 'k1')).rejects.toThrow(
      'dev/payments/fx-api: There is no artifact "nothing" of payments/fx-api',
    );
    expect(await rows()).toHaveLength(0);
    const [a, b] = await ask(built, 'k2');
    expect(a.batch).toBe(b.batch);
    expect([a.service, b.service]).toEqual(['ledger-api', 'fx-api']);
    expect(b.squad_ref).toBe('group:default/squad-fx');
  });

  it('refuses the same place twice, nothing, and too much', async () => {
    const wish = {
      ...prod,
      intent: 'release-artifact' as const,
      artifactId: second,
    };
    const ask = (wishes: object[]) =>
      fixture.requests.ask(as('ana.ruiz'), {
        wishes: wishes as never,
        idempotencyKey: 'k',
      });
    await expect(ask([wish, wish])).rejects.toThrow(/asked for twice/);
    await expect(ask([])).rejects.toThrow(/1 to 20/);
    await expect(ask(Array(21).fill(wish))).rejects.toThrow(/1 to 20/);
  });

  it('takes the place of older open requests for the same, and of no others', async () => {
    const third = await fixture.store({ service: SERVICE.name, number: 3 });
    const older = await fixture.ask({ artifactId: second });
    await insertAccess(fixture.knex);
    const elsewhere = await fixture.ask({
      artifactId: second,
      environment: 'staging',
    });
    const newer = await fixture.ask({ artifactId: third }, { by: 'eli.voss' });
    expect(await states()).toEqual([
      'superseded',
      'pending',
      'pending',
      'pending',
    ]);
    expect((await rows())[0]).toMatchObject({
      superseded_by: newer.number,
      message: `Replaced by REQ-${newer.number}.`,
    });
    expect(elsewhere.environment).toBe('staging');
    expect(older.state).toBe('pending');
  });

  it('leaves one open of two that are asked for at the same moment', async () => {
    await Promise.all([
      fixture.ask({ artifactId: second }),
      fixture.ask({ artifactId: second }, { by: 'eli.voss' }),
    ]);
    expect((await states()).sort()).toEqual(['pending', 'superseded']);
  });

  it('lets an auto-release take the place of auto-releases alone', async () => {
    const third = await fixture.store({ service: SERVICE.name, number: 3 });
    const release = (artifactId: string) =>
      fixture.requests.askAutomatically(
        { ...prod, intent: 'auto-release', artifactId, branch: 'master' },
        { author: { name: 'Bo Lind', email: 'bo@bank.example' } },
      );
    await fixture.ask({ artifactId: second });
    const auto = await release(second);
    expect(auto).toMatchObject({
      requested_by: 'system:auto-release',
      requested_by_email: 'bo@bank.example',
      of_branch: 'master',
      intent: 'auto-release',
    });
    expect((await release(second)).number).toBe(auto.number);
    await release(third);
    expect(await states()).toEqual(['pending', 'superseded', 'pending']);
    await fixture.ask({ artifactId: third });
    expect(await states()).toEqual([
      'superseded',
      'superseded',
      'superseded',
      'pending',
    ]);
  });

  it('asks for the same artifact again, judged as things are now', async () => {
    const row = await fixture.ask({
      intent: 'release-branch',
      branch: 'master',
    } as never);
    expect(row.artifact_id).toBe(second);
    fixture.policies.verdicts = [verdict('tests', 'warning')];
    const again = await fixture.requests.repeat(
      as('eli.voss'),
      row.number,
      'again',
    );
    expect(again).toMatchObject({
      artifact_id: second,
      intent: 'release-branch',
      requested_by: 'user:default/eli.voss',
      verdicts: expect.stringContaining('tests'),
    });
    expect(await states()).toEqual(['superseded', 'pending']);
  });

  it.each(['release-branch', 'promote'] as const)(
    'never asks for another artifact than before, where nobody would decide: %s',
    async intent => {
      fixture.policies.requirement.approvals = 0;
      const release = (number: number) =>
        fixture.history.release({
          service: SERVICE.name,
          environment: 'staging',
          squad: 'squad-ledger',
          number,
        });
      await release(2);
      const row = await fixture.ask({ intent, branch: 'master' } as never);
      expect(row.artifact_id).toBe(second);
      await fixture.knex('release_requests').update({ state: 'expired' });
      const third = await fixture.store({ service: SERVICE.name, number: 3 });
      await release(3);
      await expect(
        fixture.requests.repeat(as('ana.ruiz'), row.number, 'again'),
      ).rejects.toMatchObject({
        name: 'ConflictError',
        code: 'changed',
        message: expect.stringMatching(
          new RegExp(`^It would be ${third} by now.*${second}.*ask there`),
        ),
      });
      expect(await states()).toEqual(['expired']);
    },
  );

  it('refuses what no override helps, and takes what one does', async () => {
    fixture.policies.verdicts = [
      verdict('branch', 'block', { remedy: 'Build it from master.' }),
    ];
    await expect(fixture.ask({ artifactId: second })).rejects.toMatchObject({
      name: 'ConflictError',
      code: 'blocked',
      message: 'The policy branch says block. Build it from master.',
    });
    fixture.policies.requirement = {
      approvals: 0,
      platform: false,
      reason: 'none',
    };
    fixture.policies.verdicts = [
      verdict('tests', 'block', { overridable: true }),
    ];
    expect(await fixture.ask({ artifactId: second })).toMatchObject({
      state: 'pending',
    });
    fixture.policies.verdicts = [
      verdict('freeze', 'block', { momentary: true }),
    ];
    expect(await fixture.ask({ artifactId: second })).toMatchObject({
      state: 'approved',
    });
  });

  it('pauses the auto-release that would take a rollback back', async () => {
    await fixture.history.release({
      service: SERVICE.name,
      number: 2,
      environment: 'prod',
      tree: 'a'.repeat(40),
    });
    fixture.policies.requirement = {
      approvals: 0,
      platform: false,
      reason: 'none',
    };
    const row = await fixture.ask(
      { intent: 'rollback', position: 1 } as never,
      { pauseAutoReleaseHours: 24 },
    );
    expect(row).toMatchObject({
      intent: 'rollback',
      artifact_id: first,
      left_artifact_id: second,
      digest: '0'.repeat(40),
      rollback_revision: expect.stringMatching(/^c+1$/),
    });
    const [pause] = await fixture.knex('auto_release_pauses');
    expect(pause).toMatchObject({ environment: 'prod', number: row.number });
    expect(Number(pause.until)).toBe(fixture.now.getTime() + 24 * 3_600_000);
  });

  it('asks for the pause again with the rollback', async () => {
    await fixture.history.release({
      service: SERVICE.name,
      number: 2,
      environment: 'prod',
      tree: 'a'.repeat(40),
    });
    const rollback = { intent: 'rollback', position: 1 } as never;
    const { number } = await fixture.ask(rollback, {
      pauseAutoReleaseHours: 24,
    });
    await fixture.requests.cancel(as('ana.ruiz'), number);
    expect(
      await fixture.requests.repeat(as('ana.ruiz'), number, 'again'),
    ).toMatchObject({ state: 'pending', pause_auto_release_hours: 24 });
  });
});
