import { describeRequests } from '../__testUtils__/describeRequests';
import { as, RequestsFixture, SERVICE } from '../__testUtils__/RequestsFixture';
import { verdict } from '../__testUtils__/ScriptedPolicies';
import { createReading } from './__testUtils__/createReading';
import { RequestReading } from './RequestReading';

describeRequests('Previews of wishes', world => {
  let fixture: RequestsFixture;
  let reading: RequestReading;
  let artifactIds: string[];

  beforeEach(() => {
    ({ fixture, artifactIds } = world);
    reading = createReading(fixture);
  });

  it('previews wishes, those that can’t be asked for too', async () => {
    const [, artifactId] = artifactIds;
    await fixture.ask({ artifactId });
    const place = { service: SERVICE, environment: 'prod' };
    const [may, mayNot] = await reading.preview(as('ana.ruiz'), [
      { ...place, intent: 'release-branch', branch: 'master' },
      { ...place, intent: 'promote' },
    ]);
    expect(may).toMatchObject({
      ask: { allowed: true },
      artifactId,
      artifact: { id: artifactId },
      current: { position: 1 },
      verdicts: [{ policy: 'branch', level: 'pass' }],
      requirement: { approvals: 1 },
      waitsFor: 'approval',
      deciders: [{ name: 'Dee Park' }, { name: 'Eli Voss' }],
      changes: { kind: 'builds', total: 1 },
      supersedes: ['REQ-1'],
    });
    expect(mayNot).toMatchObject({
      ask: {
        allowed: false,
        code: 'missing',
        message: expect.stringContaining('nothing to promote'),
      },
      verdicts: [],
      deciders: [],
      changes: { kind: 'unknown', items: [] },
      diff: { files: [], missing: expect.stringContaining('promote') },
      supersedes: [],
    });
    const counted = await fixture.knex('release_requests').count({ n: '*' });
    expect(Number(counted[0].n)).toBe(1);
    fixture.policies.requirement.approvals = 0;
    const [free] = await reading.preview(as('ana.ruiz'), [
      { ...place, intent: 'release-branch', branch: 'master' },
    ]);
    expect(free).toMatchObject({ deciders: [], waitsFor: 'nobody' });
  });

  it.each([
    ['nobody', 0, { momentary: true, overridable: true }],
    ['override', 0, { overridable: true }],
    ['override', 1, { overridable: true }],
    [undefined, 0, {}],
  ] as const)(
    'says that it waits for %s, as asking for it then does: %i approvals, a block %j',
    async (waitsFor, approvals, block) => {
      fixture.policies.requirement.approvals = approvals;
      fixture.policies.verdicts = [verdict('branch', 'block', block)];
      const [preview] = await reading.preview(as('ana.ruiz'), [
        {
          service: SERVICE,
          environment: 'prod',
          intent: 'release-branch',
          branch: 'master',
        },
      ]);
      expect(preview.waitsFor).toBe(waitsFor);
      const asking = fixture.ask({ artifactId: artifactIds[1] });
      const { state } = await asking.catch(() => ({ state: undefined }));
      expect(state).toBe(
        waitsFor && { nobody: 'approved', override: 'pending' }[waitsFor],
      );
    },
  );

  it('warns of an auto-release that would replace a rollback', async () => {
    fixture.policies.autoRelease = { branch: 'master' };
    const place = { service: SERVICE, environment: 'prod' };
    const [back, forth] = await reading.preview(as('ana.ruiz'), [
      { ...place, intent: 'rollback', position: 1 },
      { ...place, intent: 'release-branch', branch: 'master' },
    ]);
    expect(back).toMatchObject({ autoReleaseOf: 'master' });
    expect(forth).not.toHaveProperty('autoReleaseOf');
  });

  it('says all but who decides while the catalog doesn’t answer', async () => {
    const [, artifactId] = artifactIds;
    fixture.catalogFault = 'ECONNREFUSED 10.0.0.1';
    const [preview] = await reading.preview(as('ana.ruiz'), [
      {
        service: SERVICE,
        environment: 'prod',
        intent: 'release-artifact',
        artifactId,
      },
    ]);
    expect(preview).toMatchObject({
      artifactId,
      verdicts: [{ policy: 'branch', level: 'pass' }],
      waitsFor: 'approval',
      deciders: [],
      decidersUnknown: expect.stringMatching(/catalog doesn’t answer/),
    });
  });

  it('reads the store once for each wish', async () => {
    const before = fixture.storeReads;
    const [{ diff }] = await reading.preview(as('ana.ruiz'), [
      {
        service: SERVICE,
        environment: 'prod',
        intent: 'release-branch',
        branch: 'master',
      },
    ]);
    expect(fixture.storeReads - before).toBe(1);
    expect(diff.files).not.toEqual([]);
  });
});
