import { mockCredentials } from '@backstage/backend-test-utils';
import { describeRequests } from '../__testUtils__/describeRequests';
import { as, groupOf, RequestsFixture } from '../__testUtils__/RequestsFixture';

describeRequests('Reminding', world => {
  let fixture: RequestsFixture;
  let artifactId: string;

  beforeEach(() => {
    fixture = world.fixture;
    [, artifactId] = world.artifactIds;
  });

  const remind = (by: string, number = 1) =>
    fixture.requests.remind(as(by), number);
  const permit = async (by: string) =>
    (await fixture.requests.examine(as(by), 1)).permits.remind;
  const pass = (minutes: number) => {
    fixture.now = new Date(fixture.now.getTime() + minutes * 60_000);
  };

  it('leaves a step to tell of, and an entry of the trail', async () => {
    await fixture.ask({ artifactId });
    expect(await remind('ana.ruiz')).toMatchObject({ state: 'pending' });
    const steps = await fixture.knex('release_request_steps').orderBy('step');
    expect(steps[1]).toMatchObject({
      state: null,
      code: 'reminded',
      by: 'user:default/ana.ruiz',
      by_name: 'Ana Ruiz',
      told_at: null,
    });
    const [, entry] = await fixture.knex('audit_entries').orderBy('sequence');
    expect(entry).toMatchObject({
      action: 'request.reminded',
      actor: 'user:default/ana.ruiz',
      number: 1,
    });
    expect(JSON.parse(entry.details)).toEqual({
      reminded: ['user:default/dee.park', 'user:default/eli.voss'],
    });
    expect(fixture.changes).toHaveLength(2);
  });

  it('takes it once in half an hour, whoever does it', async () => {
    await fixture.ask({ artifactId });
    const both = await Promise.allSettled([
      remind('ana.ruiz'),
      remind('flo.berg'),
    ]);
    expect(both.map(({ status }) => status).sort()).toEqual([
      'fulfilled',
      'rejected',
    ]);
    pass(29);
    expect(await permit('ana.ruiz')).toEqual({
      allowed: false,
      code: 'too-soon',
      message: 'They were reminded 29 min ago; remind them again in 1 min.',
    });
    await expect(remind('ana.ruiz')).rejects.toMatchObject({
      name: 'ConflictError',
      code: 'too-soon',
    });
    pass(1);
    await remind('ana.ruiz');
    const steps = await fixture.knex('release_request_steps');
    expect(steps.filter(({ code }) => code === 'reminded')).toHaveLength(2);
  });

  it('refuses who may not ask, what waits no more, and where nobody decides', async () => {
    await fixture.ask({ artifactId });
    fixture.allow(name => name !== 'ground-control.request.create');
    await expect(remind('flo.berg')).rejects.toMatchObject({
      name: 'NotAllowedError',
      code: 'permission',
    });
    // Who asked may, whatever became of their rights.
    expect(await permit('ana.ruiz')).toEqual({ allowed: true });
    await expect(
      fixture.requests.remind(mockCredentials.service('external:ci'), 1),
    ).rejects.toMatchObject({ code: 'not-a-person' });
    fixture.put(groupOf('squad-ledger', []), groupOf('platform-engineers', []));
    expect(await permit('ana.ruiz')).toMatchObject({ code: 'nobody' });
    await fixture.requests.cancel(as('ana.ruiz'), 1);
    await expect(remind('ana.ruiz')).rejects.toMatchObject({ code: 'state' });
  });
});
