import { describeRequests } from '../__testUtils__/describeRequests';
import {
  as,
  groupOf,
  RequestsFixture,
  SERVICE,
} from '../__testUtils__/RequestsFixture';

describeRequests('Looking at a request', world => {
  let fixture: RequestsFixture;
  let artifactId: string;

  beforeEach(() => {
    fixture = world.fixture;
    [, artifactId] = world.artifactIds;
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

  it('names no platform engineer beside one who decided', async () => {
    fixture.put(groupOf('platform-engineers', ['pat.moss', 'kim.dahl']));
    fixture.policies.requirement = {
      approvals: 1,
      platform: true,
      reason: 'both',
    };
    const { number } = await fixture.ask({ artifactId });
    const read = async () =>
      (await fixture.requests.examine(as('ana.ruiz'), number)).deciders.map(
        ({ entityRef }) => entityRef,
      );
    expect(await read()).toContain('user:default/kim.dahl');
    await fixture.requests.decide(as('pat.moss'), number, {
      decision: 'approve',
      evidence: await fixture.evidence(number),
    });
    expect(await read()).toEqual([
      'user:default/dee.park',
      'user:default/eli.voss',
    ]);
  });

  it('reads the store once for all who look, and anew for who decides', async () => {
    fixture.remembersReads = true;
    const { number } = await fixture.ask({ artifactId });
    const { requests } = fixture;
    const evidence = await fixture.evidence(number);
    fixture.storeReads = 0;
    for (const person of ['ana.ruiz', 'dee.park', 'eli.voss']) {
      const { look } = await requests.examine(as(person), number);
      expect(look).toMatchObject({ evidence, changes: [] });
    }
    expect(fixture.storeReads).toBe(0);

    await fixture.store({ service: SERVICE.name, number: 2 }, 'kind: Job\n');
    expect(await fixture.evidence(number)).toBe(evidence);
    await expect(
      requests.decide(as('dee.park'), number, {
        decision: 'approve',
        evidence,
      }),
    ).rejects.toThrow(/are others than those that were asked for/);
    expect(fixture.storeReads).toBe(1);
    expect(await fixture.evidence(number)).not.toBe(evidence);
    expect(fixture.storeReads).toBe(1);
  });

  it.each([
    [
      'store',
      { look: { unknown: expect.stringMatching(/did not hand out .* 4 sec/) } },
    ],
    [
      'catalog',
      {
        look: { verdicts: [{ policy: 'branch' }] },
        decidersUnknown: expect.stringMatching(/catalog doesn’t answer/),
      },
    ],
  ] as const)('shows the rest while the %s hangs', async (hanging, rest) => {
    const { number } = await fixture.ask({ artifactId });
    fixture.hanging = hanging;
    const examined = await fixture.requests.examine(as('dee.park'), number);
    expect(examined).toMatchObject(rest);
    expect(examined.permits.approve).toMatchObject({
      allowed: false,
      code: 'unknown',
    });
  });

  it('shows all but who decides while the catalog doesn’t answer', async () => {
    const { number, evidence } = await fixture.ask({ artifactId });
    fixture.catalogFault = 'ECONNREFUSED 10.0.0.1';
    const examined = await fixture.requests.examine(as('dee.park'), number);
    const unknown = {
      allowed: false,
      code: 'unknown',
      message: expect.stringMatching(/catalog doesn’t answer/),
    };
    expect(examined).toMatchObject({
      look: { evidence, verdicts: [{ policy: 'branch' }] },
      deciders: [],
      decidersUnknown: unknown.message,
      permits: {
        approve: unknown,
        reject: unknown,
        cancel: unknown,
        remind: unknown,
      },
    });
    expect(JSON.stringify(examined)).not.toContain('10.0.0.1');
    await expect(
      fixture.requests.decide(as('dee.park'), number, {
        decision: 'approve',
        evidence,
      }),
    ).rejects.toMatchObject({ name: 'ServiceUnavailableError' });
    // Who asked may still take it back, once it is known who they are.
    const own = await fixture.requests.examine(as('ana.ruiz'), number);
    expect(own.permits.cancel).toEqual({ allowed: true });
    expect(own.permits.approve).toMatchObject({
      code: 'requester',
      message: expect.not.stringContaining('Nobody leads'),
    });
  });
});
