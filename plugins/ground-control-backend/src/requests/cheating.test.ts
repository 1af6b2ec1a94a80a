import { mockCredentials } from '@backstage/backend-test-utils';
import { AcceptedWarning } from '@ground-control/backstage-plugin-ground-control-common';
import { describeRequests } from './__testUtils__/describeRequests';
import {
  as,
  groupOf,
  RequestsFixture,
  SERVICE,
} from './__testUtils__/RequestsFixture';
import { verdict } from './__testUtils__/ScriptedPolicies';
import { RequestRow } from './types';

/** A warning as ScriptedPolicies words it. */
const accept = (
  policy: string,
  reason = `The policy ${policy} says warning.`,
): AcceptedWarning => ({ policy, reason });

describeRequests('Cheating', world => {
  let fixture: RequestsFixture;
  let row: RequestRow;
  let evidence: string;

  beforeEach(async () => {
    fixture = world.fixture;
    row = await fixture.ask({ artifactId: world.artifactIds[1] });
    evidence = await fixture.evidence(row.number);
  });

  const approve = (by: string, more: object = {}) =>
    fixture.requests.decide(as(by), row.number, {
      decision: 'approve',
      evidence,
      ...more,
    });
  const state = async () =>
    (await fixture.knex('release_requests').first('state')).state;
  const refusals = () =>
    fixture
      .knex('audit_entries')
      .where({ action: 'request.refused' })
      .select('actor', 'details');

  it('lets a lead of the squad approve, as all of these are measured by', async () => {
    expect(row).toMatchObject({
      state: 'pending',
      squad_ref: 'group:default/squad-ledger',
      requested_by: 'user:default/ana.ruiz',
      requested_by_name: 'Ana Ruiz',
      requested_by_email: 'ana@bank.example',
    });
    expect(await approve('dee.park')).toMatchObject({ state: 'approved' });
    expect(await fixture.actions()).toEqual([
      'request.asked',
      'request.approved',
    ]);
  });

  it('refuses who approves their own request, though they lead the squad', async () => {
    const own = await fixture
      .ask({ intent: 'promote' } as never, {
        by: 'dee.park',
      })
      .catch(e => e);
    expect(own.message).toContain('nothing to promote');
    await fixture.store({ service: SERVICE.name, number: 3 });
    const asked = await fixture.ask(
      { intent: 'release-branch', branch: 'master' } as never,
      { by: 'dee.park' },
    );
    await expect(
      fixture.requests.decide(as('dee.park'), asked.number, {
        decision: 'approve',
        evidence: await fixture.evidence(asked.number),
      }),
    ).rejects.toMatchObject({
      name: 'NotAllowedError',
      code: 'requester',
      message: expect.stringContaining('Eli Voss can.'),
    });
    expect(await refusals()).toMatchObject([
      { actor: 'user:default/dee.park' },
    ]);
  });

  it('refuses a lead of another squad', async () => {
    await expect(approve('flo.berg')).rejects.toMatchObject({
      name: 'NotAllowedError',
      code: 'not-a-lead',
    });
    expect(await refusals()).toMatchObject([
      { actor: 'user:default/flo.berg' },
    ]);
    expect(await state()).toBe('pending');
  });

  it('refuses a platform engineer where none is needed', async () => {
    await expect(approve('pat.moss')).rejects.toMatchObject({
      code: 'not-a-lead',
    });
  });

  it.each<[string, string, (of: RequestsFixture) => void]>([
    [
      'from the annotation',
      'user:default/dee.park,user:default/eli.voss',
      of => {
        of.put(groupOf('squad-ledger', [], 'user:default/eli.voss'));
      },
    ],
    [
      'from the Group that leads',
      'group:default/chiefs,user:default/eli.voss',
      of => {
        of.put(groupOf('chiefs', []));
      },
    ],
    [
      'from the catalog',
      'user:default/dee.park,user:default/eli.voss',
      of => {
        of.entities.delete('user:default/dee.park');
      },
    ],
  ])(
    'refuses a lead who was removed a second before: %s',
    async (_, leads, remove) => {
      fixture.put(
        groupOf('squad-ledger', [], leads),
        groupOf('chiefs', ['dee.park']),
      );
      const examine = () =>
        fixture.requests.examine(as('dee.park'), row.number);
      expect((await examine()).permits.approve).toEqual({ allowed: true });
      remove(fixture);
      await expect(approve('dee.park')).rejects.toMatchObject({
        code: 'not-a-lead',
        message: expect.stringMatching(/ Eli Voss can\.$/),
      });
      expect((await examine()).leads).toEqual(['user:default/eli.voss']);
      expect(await state()).toBe('pending');
    },
  );

  describe('of a build that is released by itself', () => {
    const WROTE = 'You wrote the build that is released automatically';
    let automatic: RequestRow;

    beforeEach(async () => {
      automatic = await fixture.requests.askAutomatically(
        {
          service: SERVICE,
          environment: 'prod',
          intent: 'auto-release',
          artifactId: row.artifact_id,
          branch: 'master',
        },
        // Git has whatever address its author configured.
        { author: { name: 'dp', email: ' Dee@BANK.example' } },
      );
    });

    const examine = (by: string) =>
      fixture.requests.examine(as(by), automatic.number);
    const decide = async (by: string) =>
      fixture.requests.decide(as(by), automatic.number, {
        decision: 'approve',
        evidence: await fixture.evidence(automatic.number),
      });

    it('refuses its author, though they lead the squad', async () => {
      expect(automatic).toMatchObject({
        requested_by: 'system:auto-release',
        state: 'pending',
      });
      await expect(decide('dee.park')).rejects.toMatchObject({
        name: 'NotAllowedError',
        code: 'requester',
        message: `${WROTE}, so you cannot decide it. Eli Voss can.`,
      });
      expect(await refusals()).toMatchObject([
        { actor: 'user:default/dee.park' },
      ]);
      expect((await examine('dee.park')).deciders).toMatchObject([
        { name: 'Eli Voss', role: 'lead' },
      ]);
      expect(await decide('eli.voss')).toMatchObject({ state: 'approved' });
    });

    it('has platform engineers decide where its author alone leads the squad', async () => {
      fixture.put(
        groupOf('squad-ledger', [], 'user:default/dee.park'),
        groupOf('platform-engineers', ['dee.park', 'pat.moss']),
      );
      await expect(decide('dee.park')).rejects.toMatchObject({
        message: `${WROTE}, so you cannot decide it. Nobody but who wrote the build leads group:default/squad-ledger, so Pat Moss of group:default/platform-engineers can.`,
      });
      expect((await examine('eli.voss')).permits.approve).toMatchObject({
        code: 'not-a-lead',
        message: expect.stringContaining('Only platform engineers decide this'),
      });
      expect(await decide('pat.moss')).toMatchObject({ state: 'approved' });
    });

    it('refuses its author who goes over a block, whatever they lead', async () => {
      fixture.policies.verdicts.push(
        verdict('freeze', 'block', { momentary: true, overridable: true }),
      );
      fixture.put(
        groupOf('squad-ledger', [], 'user:default/eli.voss'),
        groupOf('squad-fx', [], 'user:default/dee.park'),
      );
      expect((await examine('dee.park')).permits.override).toMatchObject({
        code: 'requester',
        message: `${WROTE}, so somebody else has to go over the block: any squad’s lead or a platform engineer.`,
      });
      // An author's address is no lead's word: it counts against them alone.
      fixture.put(
        groupOf('squad-ledger', [], 'user:default/dee.park'),
        groupOf('squad-fx', [], 'user:default/flo.berg'),
      );
      expect((await examine('flo.berg')).actor.overrideRole).toBe('other-lead');
    });

    it('lets nobody decide while the catalog is away', async () => {
      const of = await fixture.evidence(automatic.number);
      fixture.catalogFault = 'The catalog is down';
      await expect(
        fixture.requests.decide(as('eli.voss'), automatic.number, {
          decision: 'approve',
          evidence: of,
        }),
      ).rejects.toThrow();
      expect((await examine('eli.voss')).permits.approve).toMatchObject({
        code: 'unknown',
      });
    });
  });

  it('refuses a service, and notes which', async () => {
    await expect(
      fixture.requests.decide(
        mockCredentials.service('external:ci'),
        row.number,
        { decision: 'approve', evidence },
      ),
    ).rejects.toMatchObject({ name: 'NotAllowedError', code: 'not-a-person' });
    expect(await refusals()).toMatchObject([{ actor: 'system:external:ci' }]);
  });

  it.each(['ask', 'decide', 'override', 'cancel', 'repeat'] as const)(
    'refuses a service that acts on a lead’s behalf: %s',
    async what => {
      const credentials = mockCredentials.user('user:default/dee.park', {
        actor: { subject: 'plugin:scaffolder' },
      });
      const { requests } = fixture;
      const attempts = {
        ask: () =>
          requests.ask(credentials, {
            wishes: [
              {
                service: SERVICE,
                environment: 'prod',
                intent: 'promote',
              },
            ],
            idempotencyKey: 'k',
          }),
        decide: () =>
          requests.decide(credentials, row.number, {
            decision: 'approve',
            evidence,
          }),
        override: () =>
          requests.override(credentials, row.number, {
            evidence,
            reason: 'x'.repeat(30),
          }),
        cancel: () => requests.cancel(credentials, row.number),
        repeat: () => requests.repeat(credentials, row.number, 'k'),
      };
      await expect(attempts[what]()).rejects.toMatchObject({
        name: 'NotAllowedError',
        code: 'not-a-person',
      });
      expect(await state()).toBe('pending');
      const [refused] = await refusals();
      expect(refused.actor).toBe('system:plugin:scaffolder');
    },
  );

  it('takes nobody’s word for who asks', async () => {
    const asked = await fixture.ask(
      { intent: 'release-branch', branch: 'master' } as never,
      {
        by: 'flo.berg',
        // Whatever a body carries beside its form.
        ...({
          requestedBy: 'user:default/dee.park',
          requested_by: 'user:default/dee.park',
        } as object),
      },
    );
    expect(asked.requested_by).toBe('user:default/flo.berg');
  });

  it('counts a double click once', async () => {
    const both = await Promise.all([approve('dee.park'), approve('dee.park')]);
    expect(both.map(r => r.state)).toEqual(['approved', 'approved']);
    expect(await approve('dee.park')).toMatchObject({ state: 'approved' });
    expect(await fixture.knex('release_request_decisions')).toHaveLength(1);
    expect(await fixture.actions()).toEqual([
      'request.asked',
      'request.approved',
    ]);
  });

  it('doesn’t let a decision be changed', async () => {
    await approve('dee.park');
    await expect(
      fixture.requests.decide(as('dee.park'), row.number, {
        decision: 'reject',
        evidence,
        comment: 'no',
      }),
    ).rejects.toMatchObject({ name: 'ConflictError' });
    expect(await state()).toBe('approved');
  });

  it('doesn’t let one person give two approvals', async () => {
    fixture.policies.requirement = {
      approvals: 2,
      platform: false,
      reason: 'two',
    };
    expect(await approve('dee.park')).toMatchObject({ state: 'pending' });
    await expect(
      approve('dee.park', { accepted: [accept('x')] }),
    ).resolves.toMatchObject({ state: 'pending' });
    expect(await approve('eli.voss')).toMatchObject({ state: 'approved' });
    const entries = await fixture
      .knex('audit_entries')
      .where({ action: 'request.approved' })
      .orderBy('sequence')
      .pluck('details');
    expect(entries.map(text => JSON.parse(text).waitsFor)).toEqual([
      'one more approval',
      undefined,
    ]);
  });

  it('lets two leads at the same moment decide once', async () => {
    const results = await Promise.allSettled([
      approve('dee.park'),
      fixture.requests.decide(as('eli.voss'), row.number, {
        decision: 'reject',
        evidence,
        comment: 'not today',
      }),
    ]);
    expect(results.map(r => r.status).sort()).toEqual([
      'fulfilled',
      'rejected',
    ]);
    expect(await fixture.knex('release_request_decisions')).toHaveLength(1);
    expect(['approved', 'rejected']).toContain(await state());
  });

  it('counts a decision only for what it was made on: the environment moved', async () => {
    await fixture.history.release({
      service: SERVICE.name,
      number: 3,
      environment: 'prod',
      squad: 'squad-ledger',
    });
    await expect(approve('dee.park')).rejects.toMatchObject({
      name: 'ConflictError',
      code: 'changed',
    });
    expect(await state()).toBe('outdated');
  });

  it('counts a decision only for what it was made on: the artifact was replaced in the store', async () => {
    await fixture.store({ service: SERVICE.name, number: 2 }, 'kind: Evil\n');
    await expect(approve('dee.park')).rejects.toMatchObject({
      code: 'changed',
    });
    expect(await state()).toBe('outdated');
  });

  it('counts a decision only for what it was made on: the artifact is gone', async () => {
    fixture.remove(row.artifact_id);
    await expect(approve('dee.park')).rejects.toMatchObject({
      code: 'changed',
    });
    expect(await state()).toBe('outdated');
  });

  it('counts a decision only for what it was made on: a verdict got worse', async () => {
    fixture.policies.verdicts = [verdict('branch', 'warning')];
    await expect(
      approve('dee.park', { accepted: [accept('branch')] }),
    ).rejects.toMatchObject({ code: 'changed' });
    expect(await state()).toBe('outdated');
  });

  it('has a verdict that got better be looked at again', async () => {
    fixture.policies.verdicts = [verdict('tests', 'warning')];
    const warned = await fixture.ask({ artifactId: row.artifact_id });
    const before = await fixture.evidence(warned.number);
    fixture.policies.verdicts = [verdict('tests', 'pass')];
    const decide = (of: string) =>
      fixture.requests.decide(as('dee.park'), warned.number, {
        decision: 'approve',
        evidence: of,
        accepted: [accept('tests')],
      });
    await expect(decide(before)).rejects.toMatchObject({
      code: 'changed',
      message: expect.stringContaining('Look at it again'),
    });
    const after = await fixture.evidence(warned.number);
    expect(after).not.toBe(before);
    expect(await decide(after)).toMatchObject({ state: 'approved' });
  });

  it('doesn’t let an approval count once a verdict got better after it', async () => {
    fixture.policies.requirement = {
      approvals: 2,
      platform: false,
      reason: 'two',
    };
    fixture.policies.verdicts = [verdict('tests', 'warning')];
    const { number } = await fixture.ask({ artifactId: row.artifact_id });
    const decide = async (by: string, of: string) =>
      fixture.requests.decide(as(by), number, {
        decision: 'approve',
        evidence: of,
        accepted: [accept('tests')],
      });
    const before = await fixture.evidence(number);
    expect(await decide('dee.park', before)).toMatchObject({
      state: 'pending',
    });
    fixture.policies.verdicts = [verdict('tests', 'pass')];
    const words =
      'The policy tests was a warning and passes now: The policy tests says pass. It has to be approved again on that.';
    const { look, permits } = await fixture.requests.examine(
      as('eli.voss'),
      number,
    );
    expect(permits.approve).toMatchObject({ code: 'changed', message: words });
    await expect(decide('eli.voss', look.evidence)).rejects.toMatchObject({
      code: 'changed',
    });
    expect(
      await fixture.knex('release_requests').where({ number }).first(),
    ).toMatchObject({
      state: 'outdated',
      code: 'verdict-better',
      message: words,
    });
  });

  it('refuses evidence of another request', async () => {
    await expect(
      approve('dee.park', { evidence: 'f'.repeat(64) }),
    ).rejects.toMatchObject({ code: 'changed' });
    expect(await state()).toBe('pending');
  });

  it('asks for each warning by name', async () => {
    fixture.policies.verdicts = [
      verdict('tests', 'warning'),
      verdict('soak', 'warning', { momentary: true }),
    ];
    const warned = await fixture.ask({ artifactId: row.artifact_id });
    const decide = async (accepted?: AcceptedWarning[]) =>
      fixture.requests.decide(as('dee.park'), warned.number, {
        decision: 'approve',
        evidence: await fixture.evidence(warned.number),
        ...(accepted && { accepted }),
      });
    await expect(decide()).rejects.toThrow(/tests.*soak/);
    await expect(decide([accept('tests')])).rejects.toThrow(/soak/);
    await decide([
      accept('tests'),
      accept('soak', 'It soaked for 3 h.\n\u202eForged'),
    ]);
    const [decision] = await fixture.knex('release_request_decisions');
    expect(JSON.parse(decision.accepted)).toEqual([
      'The policy tests says warning.',
      'The policy soak says warning. (read as: It soaked for 3 h. Forged)',
    ]);
    const [{ details }] = await fixture
      .knex('audit_entries')
      .where({ action: 'request.approved' })
      .select('details');
    expect(JSON.parse(details).accepted).toEqual([
      'tests: The policy tests says warning.',
      'soak: The policy soak says warning. (read as: It soaked for 3 h. Forged)',
    ]);
  });

  it('has a squad that names itself owner of another’s service be seen through', async () => {
    await fixture
      .knex('services')
      .where({ service: SERVICE.name })
      .update({ squad_ref: 'group:default/squad-fx' });
    const taken = await fixture.ask({ artifactId: row.artifact_id });
    expect(taken).toMatchObject({
      squad_ref: 'group:default/squad-fx',
      artifact_squad_ref: 'group:default/squad-ledger',
    });
    expect(fixture.policies.asked).toMatchObject({
      artifactSquadRef: 'group:default/squad-ledger',
    });
    fixture.policies.requirement = {
      approvals: 1,
      platform: true,
      reason: 'A platform engineer decides too.',
    };
    const decide = async (by: string) =>
      fixture.requests.decide(as(by), taken.number, {
        decision: 'approve',
        evidence: await fixture.evidence(taken.number),
      });
    expect(await decide('flo.berg')).toMatchObject({ state: 'pending' });
    await expect(decide('dee.park')).rejects.toMatchObject({
      code: 'not-a-lead',
    });
    expect(await decide('pat.moss')).toMatchObject({ state: 'approved' });
  });

  it('asks leads of the squad of then, whoever owns the service by now', async () => {
    await fixture
      .knex('services')
      .where({ service: SERVICE.name })
      .update({ squad_ref: 'group:default/squad-fx' });
    await expect(approve('flo.berg')).rejects.toMatchObject({
      code: 'not-a-lead',
    });
    expect(await approve('dee.park')).toMatchObject({ state: 'approved' });
  });

  it('needs the permission too', async () => {
    fixture.allow(name => name !== 'ground-control.request.decide');
    await expect(approve('dee.park')).rejects.toMatchObject({
      code: 'permission',
    });
    fixture.allow(name => name !== 'ground-control.request.create');
    await expect(
      fixture.ask({ artifactId: row.artifact_id }),
    ).rejects.toMatchObject({ name: 'NotAllowedError', code: 'permission' });
  });

  it('says of what somebody may not see that it isn’t there', async () => {
    fixture.allow(name => name !== 'ground-control.service.read');
    await expect(approve('dee.park')).rejects.toMatchObject({
      name: 'NotFoundError',
    });
    await expect(
      fixture.ask({ artifactId: row.artifact_id }),
    ).rejects.toMatchObject({ name: 'NotFoundError' });
  });

  it('notes the same refusal once a minute', async () => {
    for (let i = 0; i < 5; i += 1) {
      await expect(approve('flo.berg')).rejects.toThrow();
    }
    expect(await refusals()).toHaveLength(1);
    fixture.now = new Date(fixture.now.getTime() + 61_000);
    await expect(approve('flo.berg')).rejects.toThrow();
    expect(await refusals()).toHaveLength(2);
  });
});
