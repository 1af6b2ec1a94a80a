import { AcceptedWarning } from '@ground-control/backstage-plugin-ground-control-common';
import { describeRequests } from '../__testUtils__/describeRequests';
import { as, RequestsFixture } from '../__testUtils__/RequestsFixture';
import { verdict } from '../__testUtils__/ScriptedPolicies';
import { moveRequest } from '../moveRequest';

const REASON = 'Payments fail; incident 4711';

describeRequests('Going over a block', world => {
  let fixture: RequestsFixture;
  let artifactId: string;

  beforeEach(() => {
    fixture = world.fixture;
    [, artifactId] = world.artifactIds;
  });

  const override = async (
    number: number,
    by: string,
    reason = REASON,
    accepted?: AcceptedWarning[],
  ) =>
    fixture.requests.override(as(by), number, {
      evidence: await fixture.evidence(number),
      reason,
      ...(accepted && { accepted }),
    });
  const approve = async (number: number, by: string) =>
    fixture.requests.decide(as(by), number, {
      decision: 'approve',
      evidence: await fixture.evidence(number),
    });
  const hold = (number: number) =>
    fixture.knex.transaction(tx =>
      moveRequest(tx, {
        number,
        event: { type: 'hold', at: 1, code: 'freeze', actor: 'system:writer' },
      }),
    );
  const block = () => {
    fixture.policies.verdicts = [
      verdict('tests', 'block', { overridable: true }),
    ];
  };

  it('lets a lead of the squad go over a block, which is their approval', async () => {
    block();
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
    await expect(override(number, 'dee.park', 'because')).rejects.toThrow(
      /20 characters/,
    );
    expect(await override(number, 'dee.park')).toMatchObject({
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
    expect(await override(number, 'dee.park')).toMatchObject({
      state: 'approved',
    });
    expect(await fixture.knex('release_request_decisions')).toHaveLength(1);
  });

  it('accepts each warning beside the block, and keeps them with it', async () => {
    block();
    const soak = verdict('soak', 'warning');
    fixture.policies.verdicts.push(soak);
    const { number } = await fixture.ask({ artifactId });
    await expect(override(number, 'dee.park')).rejects.toMatchObject({
      name: 'InputError',
      message: expect.stringContaining('soak (The policy soak says warning.)'),
    });
    expect(await fixture.knex('release_request_decisions')).toEqual([]);
    const accepted = [{ policy: 'soak', reason: soak.reason }];
    expect(await override(number, 'dee.park', REASON, accepted)).toMatchObject({
      state: 'approved',
    });
    const [{ accepted: kept }] = await fixture.knex(
      'release_request_decisions',
    );
    expect(JSON.parse(kept)).toEqual([soak.reason]);
    const { details } = await fixture
      .knex('audit_entries')
      .where({ action: 'request.overridden' })
      .first();
    expect(JSON.parse(details)).toMatchObject({
      accepted: [`soak: ${soak.reason}`],
      blocks: ['tests: The policy tests says block.'],
    });
  });

  it('has the squad approve what a lead of another one went over', async () => {
    block();
    const { number } = await fixture.ask({ artifactId });
    expect(await override(number, 'flo.berg')).toMatchObject({
      state: 'pending',
      override: true,
    });
    // Going over it is no approval, and the trail says none.
    expect(await fixture.actions()).toEqual([
      'request.asked',
      'request.overridden',
    ]);
    expect(await approve(number, 'dee.park')).toMatchObject({
      state: 'approved',
    });
    const approved = await fixture
      .knex('audit_entries')
      .where({ action: 'request.approved' })
      .pluck('actor');
    expect(approved).toEqual(['user:default/dee.park']);
  });

  it('needs no more at night than a lead who asks and another squad’s', async () => {
    block();
    const { number } = await fixture.ask({ artifactId }, { by: 'dee.park' });
    expect(await override(number, 'flo.berg')).toMatchObject({
      state: 'approved',
      code: 'overridden',
    });
  });

  it('needs no more at night than anybody who asks and a platform engineer', async () => {
    block();
    const { number } = await fixture.ask({ artifactId });
    expect(await override(number, 'pat.moss')).toMatchObject({
      state: 'approved',
      code: 'overridden',
    });
  });

  it('counts as one of several approvals', async () => {
    block();
    fixture.policies.requirement = {
      approvals: 2,
      platform: false,
      reason: 'two',
    };
    const { number } = await fixture.ask({ artifactId });
    expect(await override(number, 'pat.moss')).toMatchObject({
      state: 'pending',
    });
    expect(await approve(number, 'eli.voss')).toMatchObject({
      state: 'approved',
    });
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

  it.each(['pat.moss', 'ana.ruiz'])(
    'has no block to go over where there is none, whoever asks: %s',
    async by => {
      const { number } = await fixture.ask({ artifactId });
      await expect(override(number, by)).rejects.toMatchObject({
        code: 'state',
      });
    },
  );

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

  it('resumes what nobody had to decide before a freeze', async () => {
    fixture.policies.requirement.approvals = 0;
    const { number } = await fixture.ask({ artifactId });
    fixture.policies.verdicts = [
      verdict('branch', 'pass'),
      verdict('freeze', 'block', { momentary: true, overridable: true }),
    ];
    fixture.policies.requirement.approvals = 1;
    await hold(number);
    const row = await override(number, 'flo.berg');
    expect(row).toMatchObject({ state: 'approved', override: true });
    expect(
      await fixture.requests.judge.rejudge(row, { now: fixture.now }),
    ).toEqual({ kind: 'go' });
  });

  it('resumes nothing that more people have to decide by now', async () => {
    const { number } = await fixture.ask({ artifactId });
    await approve(number, 'dee.park');
    fixture.policies.verdicts = [
      verdict('branch', 'pass'),
      verdict('freeze', 'block', { momentary: true, overridable: true }),
    ];
    fixture.policies.requirement = {
      approvals: 2,
      platform: false,
      reason: 'prod asks for two.',
    };
    await hold(number);
    const row = await override(number, 'pat.moss');
    expect(row.approvals_needed).toBe(1);
    expect(
      await fixture.requests.judge.rejudge(row, { now: fixture.now }),
    ).toMatchObject({ kind: 'outdate', code: 'requirement-changed' });
  });

  it('still waits for both after an override by another squad’s lead', async () => {
    fixture.policies.requirement = {
      approvals: 1,
      platform: true,
      reason: 'both',
    };
    block();
    const { number } = await fixture.ask({ artifactId });
    expect(await override(number, 'flo.berg')).toMatchObject({
      state: 'pending',
      override: true,
    });
    expect(await approve(number, 'pat.moss')).toMatchObject({
      state: 'pending',
    });
    expect(await approve(number, 'dee.park')).toMatchObject({
      state: 'approved',
    });
  });
});
