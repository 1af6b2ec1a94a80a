import { mockCredentials } from '@backstage/backend-test-utils';
import {
  AccessWish,
  AskedAccess,
} from '@ground-control/backstage-plugin-ground-control-common';
import { as, SERVICE } from '../../requests/__testUtils__/RequestsFixture';
import { readAskedAccess } from '../../requests/store/readAskedAccess';
import { PATH } from './__testUtils__/AccessWorld';
import { describeAccess } from './__testUtils__/describeAccess';
import {
  FILE,
  INGRESS,
  REMOVE,
  REMOVE_INGRESS,
  TARGET,
} from './__testUtils__/wishes';

const FX = 'group:default/squad-fx';
const LEDGER = 'group:default/squad-ledger';

describeAccess('Asking for access', given => {
  const rows = () => given.knex('release_requests').orderBy('number');
  const states = async () => (await rows()).map(row => row.state);
  const readAsked = async (number: number): Promise<AskedAccess> =>
    (await readAskedAccess(given.knex, [number])).get(number)!;

  it('freezes what was asked for, and says when it ends', async () => {
    const { fixture, now } = given.world;
    const row = await given.world.ask(TARGET, { reason: ' For\nrates ' });
    expect(row).toMatchObject({
      kind: 'access',
      intent: 'access-add',
      subject: 'target:az-1/rates',
      namespace: 'payments',
      service: 'ledger-api',
      for_namespace: 'payments',
      for_service: 'ledger-api',
      environment: 'prod',
      squad_ref: LEDGER,
      artifact_squad_ref: null,
      artifact_id: '',
      digest: expect.stringMatching(/^[0-9a-f]{64}$/),
      reason: 'For rates',
      state: 'pending',
      approvals_needed: 1,
      platform_needed: false,
      requested_by: 'user:default/ana.ruiz',
      requested_by_email: 'ana@bank.example',
      expires_at: now.getTime() + 24 * 3_600_000,
    });
    expect(await readAsked(row.number)).toEqual({
      wish: { ...TARGET, squad: 'squad-ledger' },
      entryId: 'target:az-1/rates',
      path: PATH,
      entry: `- hostName: rates
  dnsName: rates.example.com
  environment: az-1
  squad: squad-ledger`,
      address: 'http://rates-az-1.backbone-gateway.svc.cluster.local',
    });
    expect(await fixture.evidence(row.number)).toBe(row.evidence);
    expect(fixture.changes).toEqual([{ kind: 'requests' }]);
    const [entry] = await given.knex('audit_entries');
    expect(entry).toMatchObject({
      action: 'request.asked',
      actor: 'user:default/ana.ruiz',
      service: 'ledger-api',
    });
    expect(JSON.parse(entry.details)).toMatchObject({
      intent: 'access-add',
      entry: 'target:az-1/rates',
      forService: 'payments/ledger-api',
      squad: LEDGER,
    });
    // What is in the file is as it was.
    expect(given.world.file()).toBe(FILE.trim());
  });

  it('stands under the service that is called', async () => {
    expect(await given.world.ask(INGRESS)).toMatchObject({
      subject: 'ingress:az-1/payments/fx-api',
      service: 'fx-api',
      for_service: 'ledger-api',
      squad_ref: FX,
    });
    const wish = { ...INGRESS, name: 'no-api', squad: 'squad-ledger' };
    // Nobody knows whose it is: who asks is all that can be told of.
    const unknown = await given.world.ask(wish);
    expect(unknown).toMatchObject({
      service: 'ledger-api',
      squad_ref: null,
      platform_needed: true,
    });
    await given
      .knex('services')
      .where({ service: 'fx-api' })
      .update({ artifact_squad_ref: LEDGER });
    expect(await given.world.ask(INGRESS)).toMatchObject({
      squad_ref: FX,
      artifact_squad_ref: LEDGER,
      platform_needed: true,
    });
  });

  it('keeps what a removal takes away, and names nobody who uses it', async () => {
    const { world } = given;
    const pair = { from: 'gcp-1', to: 'az-1' };
    await world.call('fx-api', 'credit-bureau', pair);
    await world.call('ledger-api', 'credit-bureau', pair);
    const row = await world.ask(REMOVE);
    expect(row).toMatchObject({
      intent: 'access-remove',
      subject: 'target:az-1/credit-bureau',
      squad_ref: LEDGER,
    });
    expect(await readAsked(row.number)).toMatchObject({
      wish: { ...REMOVE, squad: 'squad-ledger' },
      entry: expect.stringContaining('credit-bureau.azurewebsites.net'),
    });
    expect(row.verdicts).not.toContain('fx-api');
    expect(row.verdicts).not.toContain('you');
    expect(row.verdicts).toContain('Known to use it: 2 callers.');
    const ingress = await world.ask(REMOVE_INGRESS);
    expect(ingress).toMatchObject({ service: 'fx-api', squad_ref: FX });
  });

  it('gives the same request for the same key, and refuses another form with it', async () => {
    const { world } = given;
    const ask = (reason: string, by?: string) =>
      world.ask(TARGET, { reason, by, idempotencyKey: 'form-1' });
    const both = await Promise.all([ask('why'), ask('why')]);
    expect(both[0].number).toBe(both[1].number);
    // Even when it could not be asked for any more.
    world.canWrite = false;
    expect((await ask('why')).number).toBe(both[0].number);
    await expect(ask('another')).rejects.toMatchObject({
      name: 'ConflictError',
      message: expect.stringContaining('idempotency key'),
    });
    // Nor is it a form for a release.
    const release = {
      service: SERVICE,
      environment: 'prod',
      intent: 'promote' as const,
    };
    await expect(
      world.fixture.requests.ask(as('ana.ruiz'), {
        wishes: [release],
        idempotencyKey: 'form-1',
      }),
    ).rejects.toMatchObject({ name: 'ConflictError' });
    world.canWrite = true;
    expect(await rows()).toHaveLength(1);
    expect((await ask('another', 'eli.voss')).number).toBe(2);
    expect(await given.knex('access_requests')).toHaveLength(2);
  });

  it('takes the place of older open requests for the same entry, and of no others', async () => {
    const { world } = given;
    const [artifactId] = await world.fixture
      .knex('artifacts')
      .where({ service: SERVICE.name })
      .orderBy('artifact_id', 'desc')
      .pluck('artifact_id');
    const release = await world.fixture.ask({
      artifactId,
      environment: 'staging',
    });
    await given.knex('clusters').update({ environment: 'staging' });
    const older = await world.ask(TARGET);
    await world.ask({ ...TARGET, name: 'quotes' });
    const newer = await world.ask(
      { ...TARGET, dnsName: 'other.example.com' },
      { by: 'eli.voss' },
    );
    expect(await states()).toEqual([
      'pending',
      'superseded',
      'pending',
      'pending',
    ]);
    expect((await rows())[1]).toMatchObject({
      number: older.number,
      superseded_by: newer.number,
      message: `Replaced by REQ-${newer.number}.`,
    });
    // Nor does a release take theirs, of the same service and environment.
    expect(newer.environment).toBe(release.environment);
    await world.fixture.ask({ artifactId, environment: 'staging' });
    expect((await states()).slice(2)).toEqual([
      'pending',
      'pending',
      'pending',
    ]);
  });

  it('leaves one open of two that are asked for at the same moment', async () => {
    await Promise.all([
      given.world.ask(TARGET),
      given.world.ask(TARGET, { by: 'eli.voss' }),
    ]);
    expect((await states()).sort()).toEqual(['pending', 'superseded']);
    const [open] = (await rows()).filter(row => row.state === 'pending');
    const [other] = (await rows()).filter(row => row.state !== 'pending');
    expect(other.superseded_by).toBe(open.number);
    expect(await given.knex('access_requests')).toHaveLength(2);
  });

  it.each<[string, Partial<AccessWish>, RegExp]>([
    ['is there', { name: 'credit-bureau' }, /stands in line 4, for another/],
    ['has no name', { name: 'Rates!' }, /Ask with another value/],
    ['lies nowhere', { cluster: 'moon-1' }, /No cluster of the name moon-1/],
    ['nobody calls', { from: [] }, /names no cluster that does/],
    ['no link leads to', { cluster: 'aws-1', from: ['az-1'] }, /no link from/],
    ['is no squad’s', { squad: 'squad-moon' }, /no Group squad-moon/],
  ])('refuses what %s, in the words of the block', async (_, more, words) => {
    const wish = { ...TARGET, ...more } as AccessWish;
    await expect(given.world.ask(wish)).rejects.toMatchObject({
      name: 'ConflictError',
      code: 'blocked',
      message: expect.stringMatching(words),
    });
    expect(await rows()).toEqual([]);
  });

  it('refuses what can’t be known or written now', async () => {
    const { world } = given;
    await world.write('targets: [\n');
    await expect(world.ask(TARGET)).rejects.toMatchObject({
      code: 'blocked',
      message: expect.stringContaining(`${PATH}, line`),
    });
    await world.write(FILE);
    world.canWrite = false;
    await expect(world.ask(TARGET)).rejects.toMatchObject({
      code: 'not-configured',
    });
    world.canWrite = true;
    await world.fixture.readAnew();
    await expect(world.ask(TARGET)).rejects.toMatchObject({
      name: 'ServiceUnavailableError',
      message: expect.stringContaining('read anew'),
    });
    await world.fixture.readWhole();
    world.fixture.catalogFault = 'The catalog is down';
    await expect(world.ask(TARGET)).rejects.toMatchObject({
      name: 'ServiceUnavailableError',
    });
    expect(await rows()).toEqual([]);
  });

  it('takes wishes of people alone who may, and notes who tried', async () => {
    const { world } = given;
    const { fixture } = world;
    const form = { wish: TARGET, idempotencyKey: 'k' };
    await expect(
      world.asking.ask(mockCredentials.service('plugin:ci'), form),
    ).rejects.toMatchObject({ name: 'NotAllowedError', code: 'not-a-person' });
    fixture.allow(name => name !== 'ground-control.request.create');
    await expect(world.ask(TARGET)).rejects.toMatchObject({
      name: 'NotAllowedError',
      code: 'permission',
    });
    expect(await fixture.actions()).toEqual([
      'request.refused',
      'request.refused',
    ]);
    fixture.allow(name => name !== 'ground-control.cluster.read');
    await expect(world.ask(TARGET)).rejects.toMatchObject({
      name: 'NotAllowedError',
    });
    fixture.allow(name => name !== 'ground-control.service.read');
    await expect(world.ask(TARGET)).rejects.toMatchObject({
      name: 'NotFoundError',
    });
    // Nor is there anything to call that they may not see.
    world.showOnly([LEDGER]);
    await expect(world.ask(INGRESS)).rejects.toMatchObject({
      name: 'NotFoundError',
    });
    expect(await rows()).toEqual([]);
  });

  it('asks for the same again as things are now', async () => {
    const { fixture } = given.world;
    const row = await given.world.ask(INGRESS, { reason: 'For rates' });
    await given
      .knex('services')
      .where({ service: 'fx-api' })
      .update({ squad_ref: LEDGER });
    const repeat = (number: number, key: string) =>
      fixture.requests.repeat(as('eli.voss'), number, key);
    const again = await repeat(row.number, 'again');
    expect(again).toMatchObject({
      kind: 'access',
      subject: row.subject,
      squad_ref: LEDGER,
      reason: 'For rates',
      requested_by: 'user:default/eli.voss',
    });
    expect(await readAsked(again.number)).toMatchObject({
      wish: { ...INGRESS, squad: 'squad-ledger' },
    });
    expect(await states()).toEqual(['superseded', 'pending']);
    expect((await repeat(row.number, 'again')).number).toBe(again.number);
    // A target stays whose it was asked for.
    const target = await given.world.ask({ ...TARGET, squad: 'squad-fx' });
    const second = await repeat(target.number, 'once more');
    expect(second.squad_ref).toBe(FX);
    await given.world.write(FILE.replace('credit-bureau', 'bureau'));
    const gone = await given.world.ask({ ...REMOVE, name: 'bureau' });
    await given.world.write(FILE);
    await expect(repeat(gone.number, 'gone')).rejects.toMatchObject({
      code: 'blocked',
      message: 'There is no such entry. Nothing has to be removed.',
    });
  });
});
