import { describeRequests } from '../__testUtils__/describeRequests';
import { as, groupOf, RequestsFixture } from '../__testUtils__/RequestsFixture';

jest.setTimeout(60_000);

describeRequests('Deciding', world => {
  let fixture: RequestsFixture;
  let artifactId: string;

  beforeEach(() => {
    fixture = world.fixture;
    [, artifactId] = world.artifactIds;
  });

  const approve = async (number: number, by: string) =>
    fixture.requests.decide(as(by), number, {
      decision: 'approve',
      evidence: await fixture.evidence(number),
    });

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

  it('keeps in its own words what somebody approved without', async () => {
    const { number } = await fixture.ask({ artifactId });
    const accept = (policy: string) => ({ policy, reason: 'Forged.' });
    await fixture.requests.decide(as('dee.park'), number, {
      decision: 'approve',
      evidence: await fixture.evidence(number),
      accepted: ['without-difference', 'without-commits', 'nonsense'].map(
        accept,
      ),
    });
    const texts = [
      'Approved without the commits, which were not available.',
      'Approved without the difference, which was not available.',
    ];
    const [{ accepted }] = await fixture.knex('release_request_decisions');
    expect(JSON.parse(accepted)).toEqual(texts);
    const { details } = await fixture
      .knex('audit_entries')
      .where({ action: 'request.approved' })
      .first();
    expect(JSON.parse(details).accepted).toEqual([
      `without-commits: ${texts[0]}`,
      `without-difference: ${texts[1]}`,
    ]);
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

  it('takes no second platform engineer for the squad’s lead', async () => {
    fixture.put(groupOf('platform-engineers', ['pat.moss', 'kim.dahl']));
    fixture.policies.requirement = {
      approvals: 1,
      platform: true,
      reason: 'both',
    };
    const { number } = await fixture.ask({ artifactId });
    expect(await approve(number, 'pat.moss')).toMatchObject({
      state: 'pending',
    });
    await expect(approve(number, 'kim.dahl')).rejects.toMatchObject({
      code: 'not-a-lead',
    });
    expect(await approve(number, 'dee.park')).toMatchObject({
      state: 'approved',
    });
  });

  it('counts who leads and is a platform engineer as one of both', async () => {
    fixture.put(groupOf('platform-engineers', ['dee.park']));
    fixture.policies.requirement = {
      approvals: 1,
      platform: true,
      reason: 'both',
    };
    const { number } = await fixture.ask({ artifactId });
    expect(await approve(number, 'dee.park')).toMatchObject({
      state: 'pending',
    });
    // The same again is the same one.
    expect(await approve(number, 'dee.park')).toMatchObject({
      state: 'pending',
    });
    expect(await approve(number, 'eli.voss')).toMatchObject({
      state: 'approved',
    });
  });
});
