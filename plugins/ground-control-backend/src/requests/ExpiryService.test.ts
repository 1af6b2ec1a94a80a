import { mockServices } from '@backstage/backend-test-utils';
import { revisionOf } from '../__testUtils__/TestHistory';
import { until } from '../__testUtils__/until';
import { describeRequests } from './__testUtils__/describeRequests';
import { insertAccess } from './__testUtils__/insertAccess';
import { RequestsFixture, SERVICE } from './__testUtils__/RequestsFixture';
import { verdict } from './__testUtils__/ScriptedPolicies';
import { ExpiryService } from './ExpiryService';
import { moveRequest } from './moveRequest';
import { readRequestRow } from './store/readRequestRow';

describeRequests('ExpiryService', world => {
  let fixture: RequestsFixture;
  let service: ExpiryService;
  let artifactId: string;

  beforeEach(() => {
    fixture = world.fixture;
    [, artifactId] = world.artifactIds;
    service = new ExpiryService({
      knex: fixture.knex,
      hub: fixture.hub,
      repository: 'default',
      logger: mockServices.logger.mock(),
      judge: fixture.requests.judge,
      intervalMs: 20,
      now: () => fixture.now,
    });
  });
  afterEach(() => service.stop());

  const read = (number: number) => readRequestRow(fixture.knex, number);
  const pass = (ms: number) => {
    fixture.now = new Date(fixture.now.getTime() + ms);
  };
  const stateIs = (number: number, state: string) =>
    until(async () => (await read(number))?.state === state, {
      what: state,
      seen: () => read(number),
    });
  async function ask(state: 'pending' | 'held') {
    const { number } = await fixture.ask({ artifactId });
    const at = fixture.now.getTime();
    if (state === 'held') {
      for (const type of ['approve', 'hold'] as const) {
        await fixture.knex.transaction(tx =>
          moveRequest(tx, {
            number,
            event: {
              type,
              at,
              code: type,
              message: type,
              actor: 'system:test',
            },
          }),
        );
      }
    }
    return number;
  }

  it('ends what nobody decided in time, and nothing before', async () => {
    const number = await ask('pending');
    service.start();
    pass(23 * 3_600_000);
    await new Promise(resolve => setTimeout(resolve, 200));
    expect(await read(number)).toMatchObject({ state: 'pending' });
    pass(3_600_000);
    await stateIs(number, 'expired');
    expect(await read(number)).toMatchObject({
      message: 'Nobody decided within 24 h. Ask again with the same artifact.',
    });
  });

  it('ends what is held for a week, also what waits for the writer', async () => {
    const number = await ask('held');
    await fixture
      .knex('release_requests')
      .update({ code: 'remote-unreachable', message: 'It doesn’t answer.' });
    service.start();
    pass(6 * 24 * 3_600_000);
    await new Promise(resolve => setTimeout(resolve, 200));
    expect(await read(number)).toMatchObject({ state: 'held' });
    pass(24 * 3_600_000);
    await stateIs(number, 'expired');
    expect(await read(number)).toMatchObject({
      code: 'held-too-long',
      message:
        'It was held for 168 h, too long for its approval to count. It doesn’t answer. Ask again with the same artifact.',
    });
  });

  it('ends access as well, which has no artifact to ask for again', async () => {
    const number = await insertAccess(fixture.knex, {
      requested_at: fixture.now.getTime(),
      expires_at: fixture.now.getTime() + 3_600_000,
    });
    service.start();
    pass(3_600_000);
    await stateIs(number, 'expired');
    expect((await read(number))?.message).toBe(
      'Nobody decided within 1 h. Ask again.',
    );
  });

  it('ends what would replace another release by now, and no access', async () => {
    // Of the same service, and looked at first, were it taken for a release.
    const access = await insertAccess(fixture.knex);
    const number = await ask('pending');
    service.start();
    await fixture.history.release({
      service: SERVICE.name,
      number: 5,
      environment: 'prod',
    });
    await fixture.hub.publish({ kind: 'services', services: [SERVICE] });
    await stateIs(number, 'outdated');
    expect((await read(number))?.message).toMatch(/^prod changed: master-/);
    expect(await read(access)).toMatchObject({ state: 'pending' });
  });

  it('ends what would replace an edit by hand that nobody looked at', async () => {
    const number = await ask('pending');
    const other = await fixture.ask({ artifactId, environment: 'dev' });
    service.start();
    await new Promise(resolve => setTimeout(resolve, 200));
    expect(await read(number)).toMatchObject({ state: 'pending' });
    const position = await fixture.history.commit({
      kind: 'other',
      title: 'More memory',
      touches: [{ service: SERVICE.name, environment: 'prod' }],
    });
    await fixture.knex('repositories').update({ tip: 'e'.repeat(40) });
    await fixture.hub.publish({ kind: 'services', services: [SERVICE] });
    await stateIs(number, 'outdated');
    expect((await read(number))?.message).toBe(
      `prod changed: somebody edited ledger-api there by commit ${revisionOf(
        position,
      ).slice(0, 10)}. Ask again.`,
    );
    expect(other.environment).toBe('dev');
    expect(await read(other.number)).not.toMatchObject({ state: 'outdated' });
  });

  it('leaves all as it is while the branch is read anew', async () => {
    const number = await ask('pending');
    await fixture.readAnew();
    await fixture.knex('service_environments').delete();
    service.start();
    await fixture.hub.publish({ kind: 'services', services: 'all' });
    await new Promise(resolve => setTimeout(resolve, 300));
    expect(await read(number)).toMatchObject({ state: 'pending' });
    await fixture.readWhole();
    await stateIs(number, 'outdated');
  });

  it('ends what was the first where another came first, and what was removed', async () => {
    const { number } = await fixture.ask({ artifactId, environment: 'dev' });
    const removed = await ask('pending');
    await fixture.history.release({
      service: SERVICE.name,
      number: 5,
      environment: 'dev',
    });
    await fixture.history.release({
      service: SERVICE.name,
      environment: 'prod',
      intent: 'removed',
    });
    service.start();
    await stateIs(number, 'outdated');
    await stateIs(removed, 'outdated');
    expect((await read(removed))?.message).toBe(
      'prod changed: the service was removed from it.',
    );
  });

  it('lets a held one go on when the freeze is over', async () => {
    fixture.policies.verdicts = [
      verdict('branch', 'pass'),
      verdict('freeze', 'block', { momentary: true }),
    ];
    const number = await ask('held');
    service.start();
    await until(async () => (await read(number))?.next_attempt_at);
    expect(await read(number)).toMatchObject({
      state: 'held',
      next_attempt_at: fixture.now.getTime() + 60_000,
    });
    fixture.policies.verdicts = [verdict('branch', 'pass')];
    pass(60_000);
    await stateIs(number, 'approved');
    expect(await read(number)).toMatchObject({
      code: 'resumed',
      next_attempt_at: null,
    });
  });

  it('looks again at the very end of a freeze that is near', async () => {
    const ends = fixture.now.getTime() + 20_000;
    fixture.policies.verdicts = [
      verdict('branch', 'pass'),
      verdict('freeze', 'block', {
        momentary: true,
        until: new Date(ends).toISOString(),
      }),
    ];
    const number = await ask('held');
    service.start();
    await until(async () => (await read(number))?.next_attempt_at);
    expect((await read(number))?.next_attempt_at).toBe(ends);
  });

  it('outdates a held one whose verdict got worse meanwhile', async () => {
    const number = await ask('held');
    fixture.policies.verdicts = [verdict('branch', 'block')];
    service.start();
    await stateIs(number, 'outdated');
    expect((await read(number))?.code).toBe('verdict-worse');
  });

  it('outdates a held one that more people have to decide now', async () => {
    const number = await ask('held');
    fixture.policies.requirement = {
      approvals: 2,
      platform: false,
      reason: 'prod asks for two.',
    };
    service.start();
    await stateIs(number, 'outdated');
    expect((await read(number))?.code).toBe('requirement-changed');
  });
});
