import { describeRequests } from './__testUtils__/describeRequests';
import { as, RequestsFixture } from './__testUtils__/RequestsFixture';
import { RequestRow } from './types';

describeRequests(
  'Judging a request whose artifact ingest doesn’t know',
  world => {
    let fixture: RequestsFixture;
    let row: RequestRow;

    beforeEach(async () => {
      fixture = world.fixture;
      row = await fixture.ask({ artifactId: world.artifactIds[1] });
      await fixture.knex('artifacts').delete();
    });

    const rejudge = () =>
      fixture.requests.judge.rejudge(row, { now: fixture.now });

    it('takes what the store says of it', async () => {
      expect(await rejudge()).toEqual({ kind: 'go' });
      expect(fixture.policies.asked?.artifact).toMatchObject({
        id: row.artifact_id,
        branch: 'master',
      });
    });

    it('waits while the store can’t be read', async () => {
      fixture.storeFault = 'EIO';
      fixture.policies.asked = undefined;
      expect(await rejudge()).toMatchObject({
        kind: 'hold',
        code: 'artifact-unknown',
        message: expect.stringContaining('store can'),
      });
      const { look } = await fixture.requests.examine(
        as('dee.park'),
        row.number,
      );
      expect(look).toMatchObject({
        evidence: row.evidence,
        unknown: expect.stringContaining('store can'),
        changes: [],
      });
      // One of which nothing is known is judged by nobody.
      expect(fixture.policies.asked).toBeUndefined();
    });

    it('ends where the store has it no more', async () => {
      fixture.remove(row.artifact_id);
      expect(await rejudge()).toMatchObject({
        kind: 'outdate',
        code: 'artifact-gone',
      });
      const { look } = await fixture.requests.examine(
        as('dee.park'),
        row.number,
      );
      expect(look.changes).toMatchObject([{ code: 'artifact-gone' }]);
    });
  },
);
