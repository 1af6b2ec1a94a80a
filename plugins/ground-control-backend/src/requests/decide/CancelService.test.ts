import { describeRequests } from '../__testUtils__/describeRequests';
import { as, RequestsFixture } from '../__testUtils__/RequestsFixture';

describeRequests('Cancelling', world => {
  let fixture: RequestsFixture;
  let artifactId: string;

  beforeEach(() => {
    fixture = world.fixture;
    [, artifactId] = world.artifactIds;
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
});
