import { AccessWish } from '@ground-control/backstage-plugin-ground-control-common';
import { as } from '../../requests/__testUtils__/RequestsFixture';
import { AccessRow, RequestRow } from '../../requests/types';
import { PATH } from './__testUtils__/AccessWorld';
import { describeAccess } from './__testUtils__/describeAccess';
import {
  FILE,
  INGRESS,
  REMOVE,
  REMOVE_INGRESS,
  TARGET,
} from './__testUtils__/wishes';

const LEDGER = 'group:default/squad-ledger';

/** The file with an entry of somebody else's hand. */
const withTarget = (dnsName: string, squad = 'squad-ledger') =>
  FILE.replace(
    'ingress:',
    `  - hostName: rates
    dnsName: ${dnsName}
    environment: az-1
    squad: ${squad}
ingress:`,
  );
const ADDED = withTarget('rates.example.com');
const OTHERS = withTarget('rates.example.com').replaceAll('rates', 'quotes');
const REMOVED = FILE.replace(/targets:[^]*(?=ingress:)/, '');

describeAccess('Judging requests for access', given => {
  const judge = () => given.world.fixture.requests.judge;
  const look = (row: RequestRow) => judge().look(row, { now: given.world.now });
  const rejudge = (row: RequestRow) =>
    judge().rejudge(row, { now: given.world.now });
  const squadOf = (service: string, squad_ref: string) =>
    given.knex('services').where({ service }).update({ squad_ref });
  const nothing = async () => {};

  it.each<[string, AccessWish, () => Promise<unknown>]>([
    ['nothing', TARGET, nothing],
    ['nothing', INGRESS, nothing],
    ['nothing', REMOVE, nothing],
    ['nothing', REMOVE_INGRESS, nothing],
    [
      'others’ entries, and where its own stands',
      TARGET,
      () => given.world.write(`# More.\n${OTHERS}`),
    ],
    [
      'others’ entries beside the one that goes',
      REMOVE,
      () => given.world.write(OTHERS),
    ],
    [
      'that there is no file any more',
      TARGET,
      () => given.world.write(undefined),
    ],
    [
      'how the link is',
      TARGET,
      () =>
        given
          .knex('latency_pairs')
          .where({ from_cluster: 'aws-1', to_cluster: 'az-1' })
          .update({ state: 'down' }),
    ],
    [
      'that the links can’t be read',
      TARGET,
      async () => {
        await given.knex('link_watch').update({ links_known: false });
        await given.knex('cluster_links').delete();
        await given.knex('latency_pairs').delete();
      },
    ],
    [
      'who calls',
      REMOVE,
      () =>
        given.world.call('fx-api', 'credit-bureau', {
          from: 'gcp-1',
          to: 'az-1',
        }),
    ],
    [
      'whose the service that asks is',
      TARGET,
      () => squadOf('ledger-api', 'group:default/squad-fx'),
    ],
  ])('isn’t bound to %s', async (_, wish, change) => {
    const row = await given.world.ask(wish);
    await change();
    const seen = await look(row);
    expect(seen).toMatchObject({ changes: [], evidence: row.evidence });
    expect(seen.unknown).toBeUndefined();
    expect(await rejudge(row)).toEqual({ kind: 'go' });
  });

  it.each<[string, AccessWish, () => Promise<unknown>, string, RegExp]>([
    [
      'somebody declared it meanwhile',
      TARGET,
      () => given.world.write(ADDED),
      'entry-there',
      /^backbone-gateway\/shuttle.yaml changed: the same entry stands in line 8 already\. Use it as it is\.$/,
    ],
    [
      'another resource has its name',
      TARGET,
      () => given.world.write(withTarget('other.example.com')),
      'entry-conflict',
      /changed: an entry of this name and cluster stands in line 8, for another resource or squad\. Ask to remove/,
    ],
    [
      'another squad has it',
      TARGET,
      () => given.world.write(withTarget('rates.example.com', 'squad-fx')),
      'entry-conflict',
      /for another resource or squad/,
    ],
    [
      'somebody took it out meanwhile',
      REMOVE,
      () => given.world.write(REMOVED),
      'entry-gone',
      /changed: there is no such entry/,
    ],
    [
      'the one that goes says something else',
      REMOVE,
      () =>
        given.world.write(
          FILE.replace('bureau.azurewebsites.net', 'other.example.com'),
        ),
      'entry-changed',
      /says something else than when/,
    ],
    [
      'the file is broken',
      TARGET,
      () => given.world.write('targets: [\n'),
      'file-unreadable',
      /^backbone-gateway\/shuttle.yaml, line .*Mend it by hand/,
    ],
    [
      'the called service is another squad’s',
      INGRESS,
      () => squadOf('fx-api', LEDGER),
      'squad-changed',
      /A lead of squad-ledger decides, whose service is called/,
    ],
    [
      'the service whose entry goes is another squad’s',
      REMOVE_INGRESS,
      () => squadOf('fx-api', LEDGER),
      'squad-changed',
      /A lead of squad-ledger decides, whose service is called/,
    ],
    [
      'the squad is gone',
      TARGET,
      () => given.knex('squads').where({ squad_ref: LEDGER }).delete(),
      'squad-changed',
      /A platform engineer decides, because the catalog has no Group/,
    ],
    [
      'the artifact names another owner',
      INGRESS,
      () =>
        given
          .knex('services')
          .where({ service: 'fx-api' })
          .update({ artifact_squad_ref: LEDGER }),
      'verdict-worse',
      /policy owner says otherwise now/,
    ],
    [
      'the link is taken away',
      TARGET,
      async () => {
        const pair = { cluster: 'aws-1', target: 'az-1' };
        await given.knex('cluster_links').where(pair).delete();
        await given
          .knex('latency_pairs')
          .where({ from_cluster: 'aws-1', to_cluster: 'az-1' })
          .delete();
      },
      'verdict-worse',
      /There is no link from aws-1 to az-1/,
    ],
  ])('is outdated when %s', async (_, wish, change, code, words) => {
    const { fixture } = given.world;
    const row = await given.world.ask(wish);
    await change();
    const { changes } = await look(row);
    expect(changes[0]).toMatchObject({ code, outdates: true });
    expect(changes[0].message).toMatch(words);
    expect(await rejudge(row)).toMatchObject({ kind: 'outdate', code });
    // Whoever would have decided it is told, and nobody decides on it.
    const decider = row.squad_ref === LEDGER ? 'dee.park' : 'flo.berg';
    await expect(given.world.decide(row, decider)).rejects.toMatchObject({
      code: 'changed',
      message: expect.stringMatching(words),
    });
    const { row: now } = await fixture.requests.examine(
      as('ana.ruiz'),
      row.number,
    );
    expect(now).toMatchObject({ state: 'outdated', code });
  });

  describe('whose commit was built', () => {
    let row: AccessRow;

    beforeEach(async () => {
      row = (await given.world.ask(TARGET)) as AccessRow;
      await given.world.write(ADDED);
      await given.knex('release_request_commits').insert({
        repository: 'default',
        revision: given.world.mirror.tip,
        number: row.number,
        built_at: 1,
      });
    });

    const readUpTo = (tip: string) =>
      given.knex('repositories').update({ tip });

    it('stays as it was once the branch has it', async () => {
      const position = await given.world.fixture.history.commit({
        kind: 'other',
        title: 'Add gateway target rates at az-1',
      });
      await given
        .knex('commits')
        .where({ position })
        .update({ revision: given.world.mirror.tip });
      const seen = await look(row);
      expect(seen).toMatchObject({
        changes: [],
        evidence: row.evidence,
        verdicts: JSON.parse(row.verdicts),
      });
      expect(seen.unknown).toBeUndefined();
      expect(await rejudge(row)).toEqual({ kind: 'go' });
    });

    it('waits while the branch may have it', async () => {
      expect(await look(row)).toMatchObject({
        changes: [],
        unknown: expect.stringContaining('weren’t read yet'),
      });
      expect(await rejudge(row)).toMatchObject({
        kind: 'hold',
        code: 'branch-unread',
      });
    });

    it('is outdated when the branch has another’s instead', async () => {
      await given
        .knex('release_request_commits')
        .update({ revision: 'f'.repeat(40) });
      await readUpTo(given.world.mirror.tip!);
      expect(await rejudge(row)).toMatchObject({
        kind: 'outdate',
        code: 'entry-there',
      });
    });

    it('waits for nothing when the entry isn’t there', async () => {
      await given.world.write(FILE);
      expect(await rejudge(row)).toEqual({ kind: 'go' });
    });
  });

  it.each<[string, () => Promise<unknown>, string, RegExp]>([
    [
      'the file can’t be read',
      async () => {
        jest
          .spyOn(given.world.files, 'readFiles')
          .mockRejectedValue(new Error('EIO'));
      },
      'file-unknown',
      /shuttle.yaml can’t be read now: EIO/,
    ],
    [
      'the branch is read anew',
      () => given.world.fixture.readAnew(),
      'reading-anew',
      /read anew/,
    ],
    [
      'nothing may be written',
      async () => {
        given.world.canWrite = false;
      },
      'not-configured',
      /may not write the config repository/,
    ],
  ])('waits while %s', async (_, change, code, words) => {
    const { fixture } = given.world;
    const row = await given.world.ask(TARGET);
    await change();
    try {
      expect(await look(row)).toMatchObject({
        changes: [],
        evidence: row.evidence,
        unknown: expect.stringMatching(words),
      });
      expect(await rejudge(row)).toMatchObject({
        kind: 'hold',
        code,
        message: expect.stringMatching(words),
      });
      await expect(given.world.decide(row, 'dee.park')).rejects.toMatchObject({
        name: 'ServiceUnavailableError',
        message: expect.stringMatching(words),
      });
      const { row: now } = await fixture.requests.examine(
        as('ana.ruiz'),
        row.number,
      );
      expect(now.state).toBe('pending');
    } finally {
      jest.restoreAllMocks();
    }
  });

  it('says the same to all, and names no caller', async () => {
    const { world } = given;
    const row = await world.ask(REMOVE);
    const pair = { from: 'gcp-1', to: 'az-1' };
    await world.call('fx-api', 'credit-bureau', pair);
    world.showOnly([LEDGER]);
    const { verdicts } = await look(row);
    const users = verdicts.find(({ policy }) => policy === 'users');
    expect(users).toMatchObject({
      level: 'warning',
      momentary: true,
      reason: 'Calls were counted lately. Known to use it: 1 caller.',
    });
    expect(JSON.stringify(verdicts)).not.toContain('fx-api');
  });

  it('is of the file that it was asked for', async () => {
    const row = await given.world.ask(TARGET);
    await given.knex('access_requests').update({ path: 'elsewhere.yaml' });
    expect(await rejudge(row)).toMatchObject({
      kind: 'outdate',
      code: 'entry-changed',
      message: expect.stringContaining(`${PATH} now`),
    });
  });
});
