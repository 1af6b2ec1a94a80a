import { mockCredentials } from '@backstage/backend-test-utils';
import {
  GroundControlClient,
  ReleaseRequestDetail,
} from '@ground-control/backstage-plugin-ground-control-common';
import Ajv from 'ajv/dist/2020';
import { describeAccess } from '../links/access/__testUtils__/describeAccess';
import {
  FILE,
  INGRESS,
  REMOVE,
  TARGET,
} from '../links/access/__testUtils__/wishes';
import { readOpenApi } from './openApiRouter';

const PATH = '/v1/gateway-entries/requests';

describeAccess('The route that asks for access', given => {
  const openApi = readOpenApi() as any;
  const ajv = new Ajv({ strict: false, formats: { 'date-time': true } });
  ajv.addSchema(openApi, 'api');
  let keys = 0;

  const send = (body: object, by?: string) =>
    given.world.router.post(PATH, body, by);
  const form = (more: object = {}) => {
    keys += 1;
    return { wish: TARGET, idempotencyKey: `route-${keys}`, ...more };
  };
  function check<T>(
    { status, body }: { status: number; body: any },
    expected: number,
    schema: string,
  ): T {
    expect([status, body.error?.message]).toEqual([expected, undefined]);
    ajv.validate({ $ref: `api#/components/schemas/${schema}` }, body);
    expect(ajv.errorsText()).toBe('No errors');
    return body;
  }
  const get = async (id: string, by: string) =>
    check<ReleaseRequestDetail>(
      await given.world.router.get(`/v1/requests/${id}`, by),
      200,
      'ReleaseRequestDetail',
    );

  it('takes a wish from the form to the approval', async () => {
    const { router, told } = given.world;
    const asked = check<{ id: string }>(
      await send(form({ wish: INGRESS, reason: 'For rates' })),
      201,
      'ReleaseRequest',
    );
    expect(asked).toMatchObject({
      id: 'REQ-1',
      service: { namespace: 'payments', name: 'fx-api' },
      squad: 'group:default/squad-fx',
      environment: 'prod',
      intent: 'access-add',
      artifactId: '',
      state: 'pending',
      reason: 'For rates',
      requestedBy: { name: 'Ana Ruiz' },
      access: {
        wish: { ...INGRESS, squad: 'squad-fx' },
        entryId: 'ingress:az-1/payments/fx-api',
        entry: expect.stringContaining('- service: fx-api'),
        address: 'http://fx-api-az-1.payments.svc.cluster.local',
      },
    });
    const seen = await get(asked.id, 'flo.berg');
    expect(seen).toMatchObject({
      approve: { allowed: true },
      deciders: [{ name: 'Flo Berg' }],
      changed: [],
    });
    const decided = check<ReleaseRequestDetail>(
      await router.post(
        `/v1/requests/${asked.id}/decision`,
        {
          decision: 'approve',
          evidence: seen.evidence,
          accepted: seen.verdicts
            .filter(({ level }) => level === 'warning')
            .map(({ policy, reason }) => ({ policy, reason })),
        },
        'flo.berg',
      ),
      200,
      'ReleaseRequestDetail',
    );
    expect(decided.request.state).toBe('approved');
    expect(told).toEqual([
      { id: 'request-ask', end: 'success' },
      { id: 'request-decision', end: 'success' },
    ]);
  });

  it('gives the same request for the same form, and no other for it', async () => {
    const { told } = given.world;
    const body = form();
    const first = await send(body);
    const second = await send(body);
    expect([first.status, second.status]).toEqual([201, 201]);
    expect(second.body.id).toBe(first.body.id);
    const other = await send({ ...body, wish: REMOVE });
    expect(other.status).toBe(409);
    expect(told.map(({ end }) => end)).toEqual([
      'success',
      'success',
      'ConflictError',
    ]);
  });

  it('says why something can’t be asked for', async () => {
    const { fixture } = given.world;
    const there = await send(form({ wish: { ...REMOVE, name: 'none' } }));
    expect(there.status).toBe(409);
    expect(there.body.error).toMatchObject({
      message: 'There is no such entry. Nothing has to be removed.',
      code: 'blocked',
    });
    const service = await send(form(), mockCredentials.service.header());
    expect(service.status).toBe(403);
    fixture.allow(name => name !== 'ground-control.service.read');
    expect((await send(form())).status).toBe(404);
    fixture.allow(() => true);
    await fixture.readAnew();
    expect((await send(form())).status).toBe(503);
  });

  it('tells who calls what is wrong with a body', async () => {
    const rows: Array<[object, RegExp]> = [
      [{ wish: TARGET }, /idempotencyKey: Required/],
      [form({ idempotencyKey: 'a b' }), /idempotencyKey: must be 1 to 100/],
      [form({ reason: 'x'.repeat(2_001) }), /reason/],
      [form({ wish: { ...TARGET, port: 80 } }), /wish: .*port/],
      [form({ requestedBy: 'user:default/pat' }), /requestedBy/],
      [form({ wish: undefined }), /wish: Required/],
    ];
    for (const [body, words] of rows) {
      const answer = await send(body);
      expect([answer.status, answer.body.error.message]).toEqual([
        400,
        expect.stringMatching(words),
      ]);
    }
  });

  it('asks again for what ended', async () => {
    const { world } = given;
    const { number } = await world.ask(TARGET);
    await world.fixture.requests.cancel(
      mockCredentials.user('user:default/ana.ruiz'),
      number,
    );
    await world.write(`# Changed.\n${FILE}`);
    const again = check<ReleaseRequestDetail>(
      await world.router.post(
        `/v1/requests/REQ-${number}/repeat`,
        { idempotencyKey: 'again' },
        'eli.voss',
      ),
      201,
      'ReleaseRequestDetail',
    );
    expect(again.request).toMatchObject({
      intent: 'access-add',
      access: { entryId: 'target:az-1/rates' },
      requestedBy: { entityRef: 'user:default/eli.voss' },
    });
  });

  it('is what the client asks for', async () => {
    const authorization = mockCredentials.user.header('user:default/ana.ruiz');
    const client = new GroundControlClient({
      fetchApi: {
        fetch: (url, init) =>
          fetch(url, {
            ...init,
            headers: {
              ...(init?.headers as Record<string, string>),
              authorization,
            },
          }),
      },
      baseUrl: given.world.router.url,
      toError: async response => new Error(await response.text()),
    });
    const asked = await client.askForAccess(form() as never);
    expect(asked.access?.wish).toMatchObject(TARGET);
  });
});
