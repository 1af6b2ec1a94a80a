import { describeRequests } from '../__testUtils__/describeRequests';
import { as, RequestsFixture, SERVICE } from '../__testUtils__/RequestsFixture';
import { readRequestRow } from '../store/readRequestRow';
import { createReading } from '../reading/__testUtils__/createReading';

const UNKNOWN = {
  name: 'ServiceUnavailableError',
  code: 'unknown',
  message: expect.stringMatching(/is being read anew.*try again in a minute/),
};

describeRequests('While the branch is read anew', world => {
  let fixture: RequestsFixture;
  let artifactId: string;
  let number: number;

  beforeEach(async () => {
    fixture = world.fixture;
    [, artifactId] = world.artifactIds;
    ({ number } = await fixture.ask({ artifactId }));
  });

  /** The tables as they are in the middle of it. */
  async function readAnew() {
    await fixture.readAnew();
    await fixture.knex('service_environments').delete();
    await fixture.knex('releases').delete();
    await fixture.knex('commits').delete();
  }
  const state = async () => (await readRequestRow(fixture.knex, number))?.state;

  it('nobody asks: nothing is frozen that isn’t so', async () => {
    await readAnew();
    await expect(fixture.ask({ artifactId })).rejects.toMatchObject(UNKNOWN);
    await expect(
      fixture.requests.repeat(as('ana.ruiz'), number, 'again'),
    ).rejects.toMatchObject(UNKNOWN);
    expect(await fixture.knex('release_requests')).toHaveLength(1);
    const { ask } = await createReading(fixture).choices(
      as('ana.ruiz'),
      SERVICE,
      'prod',
    );
    expect(ask).toMatchObject({ code: 'unknown', message: UNKNOWN.message });
  });

  it('nobody decides, and nothing is outdated', async () => {
    const evidence = await fixture.evidence(number);
    await readAnew();
    const input = { evidence, reason: 'Payments fail; incident 4711' };
    const act = [
      () =>
        fixture.requests.decide(as('dee.park'), number, {
          decision: 'approve',
          evidence,
        }),
      () =>
        fixture.requests.decide(as('dee.park'), number, {
          decision: 'reject',
          evidence,
          comment: 'No',
        }),
    ];
    for (const one of act) await expect(one()).rejects.toMatchObject(UNKNOWN);
    await expect(
      fixture.requests.override(as('flo.berg'), number, input),
    ).rejects.toThrow();
    expect(await state()).toBe('pending');
    const page = await createReading(fixture).read(as('dee.park'), number);
    expect(page).toMatchObject({
      evidence,
      changed: [UNKNOWN.message],
      verdicts: [{ policy: 'branch' }],
    });
    // Taking it back needs no facts.
    await fixture.requests.cancel(as('ana.ruiz'), number);
  });

  it('one that began and ended while facts were gathered counts as well', async () => {
    fixture.policies.meanwhile = async () => {
      await fixture
        .knex('repositories')
        .update({ rewritten_at: 1_800_000_000_000 });
    };
    await expect(fixture.ask({ artifactId })).rejects.toMatchObject(UNKNOWN);
    expect(
      (await fixture.requests.examine(as('dee.park'), number)).look.changes,
    ).toEqual([]);
  });

  it('what was approved waits, and isn’t outdated', async () => {
    const row = (await readRequestRow(fixture.knex, number))!;
    await readAnew();
    expect(
      await fixture.requests.judge.rejudge(row, { now: fixture.now }),
    ).toMatchObject({ kind: 'hold', code: 'reading-anew' });
  });

  it('all is as before once it was read', async () => {
    await fixture.readAnew();
    await fixture.readWhole();
    expect(
      await fixture.requests.decide(as('dee.park'), number, {
        decision: 'approve',
        evidence: await fixture.evidence(number),
      }),
    ).toMatchObject({ state: 'approved' });
  });
});
