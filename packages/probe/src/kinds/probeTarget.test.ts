import { copyFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import type { RequestListener } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Certificates } from '../__testUtils__/makeCertificates.ts';
import { makeTarget } from '../__testUtils__/makeTarget.ts';
import { makeTools } from '../__testUtils__/makeTools.ts';
import { TestServers } from '../__testUtils__/TestServers.ts';
import type { Target } from '../types.ts';
import { probeTarget } from './probeTarget.ts';

const folder = mkdtempSync(join(tmpdir(), 'probe-kinds-'));
const certificates = new Certificates(folder);
const servers = new TestServers();
const well: RequestListener = (_, response) => response.end('ok');
/** A silent target is waited for this long. */
const SOON = 300;

beforeAll(() => {
  certificates.authority('ca');
  certificates.authority('other-ca');
  const names = 'DNS:localhost,IP:127.0.0.1,IP:::1';
  certificates.signed('server', 'ca', names);
  certificates.signed('elsewhere', 'ca', 'DNS:elsewhere.example');
  certificates.signed('client', 'ca', 'DNS:client.example');
});
afterEach(() => servers.stop());
afterAll(() => rmSync(folder, { recursive: true }));

const probe = (changes: Partial<Target>, tools = makeTools()) =>
  probeTarget(makeTarget(changes), tools);

const identity = (name: string) => ({
  key: certificates.read(`${name}.key`),
  cert: certificates.read(`${name}.crt`),
});
const trust = { ca: certificates.path('ca.crt') };

describe('what is well', () => {
  it('tells the phases of HTTP apart; DNS is not in the duration', async () => {
    const asked: unknown[] = [];
    const port = await servers.http((request, response) => {
      const { method, url, headers } = request;
      asked.push({
        method,
        url,
        host: headers.host,
        connection: headers.connection,
      });
      response.end('ok');
    });
    const outcome = await probe({ host: 'localhost', port, family: 4 });
    expect(outcome).toMatchObject({
      result: 'success',
      phases: {
        dns: expect.any(Number),
        connect: expect.any(Number),
        answer: expect.any(Number),
      },
    });
    const { connect = 0, answer = 0, tls } = outcome.phases;
    expect(tls).toBeUndefined();
    expect(outcome).toHaveProperty('durationMs', connect + answer);
    expect(asked).toEqual([
      {
        method: 'GET',
        url: '/ready',
        host: `localhost:${port}`,
        connection: 'close',
      },
    ]);
  });

  it('knows an address without asking a name server', async () => {
    const port = await servers.http(well);
    const { result, phases } = await probe({ port });
    expect(result).toBe('success');
    expect(phases.dns).toBeUndefined();
  });

  it('goes over IPv6', async () => {
    const hosts: unknown[] = [];
    const port = await servers.http(
      (request, response) => {
        hosts.push(request.headers.host, request.socket.remoteFamily);
        response.end();
      },
      { host: '::1' },
    );
    expect(await probe({ host: '::1', port })).toMatchObject({
      result: 'success',
    });
    expect(hosts).toEqual([`[::1]:${port}`, 'IPv6']);
  });

  it('speaks TLS, with an authority of the company, over IPv6 as well', async () => {
    const tls = identity('server');
    const four = await servers.http(well, { tls });
    const six = await servers.http(well, { tls, host: '::1' });
    for (const where of [
      { host: 'localhost', family: 4 as const, port: four },
      { host: '127.0.0.1', port: four },
      { host: '::1', port: six },
    ]) {
      const outcome = await probe({ ...where, tls: trust });
      expect(outcome).toMatchObject({
        result: 'success',
        phases: { connect: expect.any(Number), tls: expect.any(Number) },
      });
    }
  });

  it('makes a whole handshake each time', async () => {
    const resumed: boolean[] = [];
    const port = await servers.http(
      (request, response) => {
        resumed.push((request.socket as any).isSessionReused());
        response.end();
      },
      { tls: identity('server') },
    );
    const tools = makeTools();
    for (let i = 0; i < 3; i++) await probe({ port, tls: trust }, tools);
    expect(resumed).toEqual([false, false, false]);
  });

  it('shows its certificate where one is wanted', async () => {
    const port = await servers.http(
      (request, response) =>
        response.end((request.socket as any).getPeerCertificate().subject.CN),
      {
        tls: {
          ...identity('server'),
          ca: certificates.read('ca.crt'),
          requestCert: true,
          rejectUnauthorized: true,
        },
      },
    );
    const tls = {
      ...trust,
      cert: certificates.path('client.crt'),
      key: certificates.path('client.key'),
    };
    expect(await probe({ port, tls })).toMatchObject({ result: 'success' });
    expect(await probe({ port, tls: trust })).toMatchObject({ result: 'tls' });
  });

  it('verifies another name where one is given', async () => {
    const port = await servers.http(well, { tls: identity('elsewhere') });
    const tls = { ...trust, serverName: 'elsewhere.example' };
    expect(await probe({ port, tls })).toMatchObject({ result: 'success' });
  });

  it('connects over TCP, with TLS where there is some', async () => {
    const { promise: closed, resolve } = Promise.withResolvers<void>();
    const plain = await servers.tcp(() => {});
    const secure = await servers.http(well, {
      tls: identity('server'),
      onSocket: socket => socket.once('close', () => resolve()),
    });
    const tcp = await probe({ kind: 'tcp', port: plain });
    expect(Object.keys(tcp.phases)).toEqual(['connect']);
    const tls = await probe({ kind: 'tcp', port: secure, tls: trust });
    expect(Object.keys(tls.phases)).toEqual(['connect', 'tls']);
    expect([tcp.result, tls.result]).toEqual(['success', 'success']);
    await closed;
  });

  it('takes the statuses that it was told, and no redirect by itself', async () => {
    const port = await servers.http((_, response) => {
      response.writeHead(302, { location: '/' });
      response.end();
    });
    expect(await probe({ port, expectStatus: [301, 302] })).toMatchObject({
      result: 'success',
    });
    expect(await probe({ port })).toMatchObject({
      result: 'status',
      reason: 'It answered 302, not 200 to 299.',
    });
  });

  it('does not read a page without an end', async () => {
    const port = await servers.http((_, response) => {
      const more = () => {
        while (!response.destroyed && response.write('x'.repeat(65_536)));
        response.once('drain', more);
      };
      more();
    });
    expect(await probe({ port })).toMatchObject({ result: 'success' });
  });
});

describe('kept connections', () => {
  const kept = { freshConnections: false };

  it('opens one for many probes, and times what took place', async () => {
    const sockets = new Set();
    const port = await servers.http((request, response) => {
      sockets.add(request.socket);
      response.end('ok');
    });
    const tools = makeTools();
    const target = makeTarget({ port, ...kept });
    const phases = [];
    for (let i = 0; i < 3; i++) {
      const outcome = await probeTarget(target, tools);
      phases.push(Object.keys(outcome.phases));
    }
    tools.kept.close();
    expect(sockets.size).toBe(1);
    expect(phases).toEqual([['connect', 'answer'], ['answer'], ['answer']]);
  });

  it('opens another when the other end closed it meanwhile', async () => {
    const port = await servers.tcp(socket => {
      // Answers once, and takes the next request as a reason to close.
      socket.once('data', () => {
        socket.write('HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok');
        socket.once('data', () => socket.resetAndDestroy());
      });
    });
    const tools = makeTools();
    const target = makeTarget({ port, ...kept });
    for (let i = 0; i < 3; i++) {
      expect(await probeTarget(target, tools)).toMatchObject({
        result: 'success',
      });
    }
    tools.kept.close();
  });

  it('is over TLS as well', async () => {
    const port = await servers.http(well, { tls: identity('server') });
    const tools = makeTools();
    const target = makeTarget({ port, ...kept, tls: trust });
    const first = await probeTarget(target, tools);
    const second = await probeTarget(target, tools);
    tools.kept.close();
    expect(Object.keys(first.phases)).toEqual(['connect', 'tls', 'answer']);
    expect(Object.keys(second.phases)).toEqual(['answer']);
  });
});

describe('what is not well', () => {
  it('is refused', async () => {
    const port = await servers.closedPort();
    const outcome = await probe({ port });
    expect(outcome).toMatchObject({
      result: 'refused',
      phase: 'connect',
      reason: `127.0.0.1:${port} refused the connection (ECONNREFUSED).`,
      elapsedMs: expect.any(Number),
    });
  });

  it.each(['http', 'tcp'] as const)(
    'has a name without address, %s',
    async kind => {
      expect(await probe({ kind, host: 'nowhere.invalid' })).toMatchObject({
        result: 'dns',
        phase: 'dns',
      });
    },
  );

  it.each([
    ['connects and says nothing', undefined, 'answer', /nothing came/],
    ['says nothing to a TLS handshake', {}, 'tls', /TLS handshake/],
  ])('%s', async (_, tls, phase, reason) => {
    const port = await servers.tcp(() => {});
    expect(await probe({ port, tls, deadlineMs: SOON })).toMatchObject({
      result: 'timeout',
      phase,
      reason: expect.stringMatching(reason),
    });
  });

  it.each([
    ['a head that trickles', 'HTTP/1.1 200 OK\r\nx: ', /nothing came/],
    [
      'a body that trickles',
      'HTTP/1.1 200 OK\r\ncontent-length: 99\r\n\r\n',
      /did not end/,
    ],
  ])('has %s: one deadline is for everything', async (_, start, reason) => {
    const port = await servers.tcp(socket => {
      socket.write(start);
      const trickle = setInterval(() => socket.write('x'), SOON / 10);
      socket.once('close', () => clearInterval(trickle));
    });
    const outcome = await probe({ port, deadlineMs: SOON });
    expect(outcome).toMatchObject({
      result: 'timeout',
      phase: 'answer',
      reason: expect.stringMatching(reason),
    });
  });

  it.each([
    ['http', undefined],
    ['http', {}],
    ['tcp', {}],
  ] as const)(
    'closes its connection at the deadline: %s, %j',
    async (kind, tls) => {
      const { promise, resolve } = Promise.withResolvers<string>();
      const port = await servers.tcp(socket => {
        socket.resume();
        socket.once('close', () => resolve('closed'));
      });
      await probe({ kind, port, tls, deadlineMs: SOON });
      expect(await promise).toBe('closed');
    },
  );

  it.each([
    ['answer', undefined],
    ['tls', {}],
  ])('is reset: %s', async (phase, tls) => {
    const port = await servers.tcp(socket =>
      socket.once('data', () => socket.resetAndDestroy()),
    );
    expect(await probe({ port, tls })).toMatchObject({
      result: 'reset',
      phase,
    });
  });

  it('closes before it has answered, or within the answer', async () => {
    const before = await servers.tcp(socket =>
      socket.once('data', () => socket.end()),
    );
    expect(await probe({ port: before })).toMatchObject({ result: 'reset' });
    const within = await servers.tcp(socket =>
      socket.once('data', () =>
        socket.end('HTTP/1.1 200 OK\r\ncontent-length: 99\r\n\r\nx'),
      ),
    );
    expect(await probe({ port: within })).toMatchObject({ result: 'reset' });
  });

  it('says something else than HTTP', async () => {
    const port = await servers.tcp(socket => socket.end('SSH-2.0-x\r\n\r\n'));
    expect(await probe({ port })).toMatchObject({
      result: 'protocol',
      phase: 'answer',
    });
  });

  it('speaks no TLS where some is wanted', async () => {
    const port = await servers.http(well);
    expect(await probe({ port, tls: {} })).toMatchObject({
      result: 'tls',
      phase: 'tls',
    });
  });

  it('has a certificate of nobody we know, or of another name', async () => {
    const own = await servers.http(well, { tls: identity('server') });
    const other = await servers.http(well, { tls: identity('elsewhere') });
    const strange = { ca: certificates.path('other-ca.crt') };
    for (const outcome of [
      await probe({ port: own, tls: {} }),
      await probe({ port: own, tls: strange }),
      await probe({ port: other, tls: trust }),
    ]) {
      expect(outcome).toMatchObject({ result: 'tls', phase: 'tls' });
    }
  });

  it('answers another status; nothing of the query is repeated', async () => {
    const port = await servers.http((_, response) => {
      response.statusCode = 503;
      response.end('secret of the body');
    });
    const outcome = await probe({ port, path: '/ready?token=canary' });
    expect(outcome).toMatchObject({ result: 'status', phase: 'answer' });
    expect(JSON.stringify(outcome)).not.toMatch(/canary|secret/);
  });
});

it('goes on to the next address of a name within the deadline', async () => {
  const port = await servers.http(well);
  const tools = makeTools();
  // What a name server could say; the sockets are real.
  tools.resolver.resolve = async () => [
    { address: '::1', family: 6 },
    { address: '127.0.0.1', family: 4 },
  ];
  expect(await probe({ host: 'two.example', port }, tools)).toMatchObject({
    result: 'success',
  });
});

it('stops when it is told to', async () => {
  const stop = new AbortController();
  const port = await servers.tcp(() => stop.abort());
  expect(await probe({ port }, makeTools(stop))).toMatchObject({
    result: 'error',
  });
});

it('takes a certificate that was renewed on disk', async () => {
  certificates.authority('renewed');
  certificates.signed('of-renewed', 'renewed', 'IP:127.0.0.1');
  const port = await servers.http(well, { tls: identity('of-renewed') });
  certificates.authority('mine');
  const tls = { ca: certificates.path('mine.crt') };
  const tools = makeTools();
  expect(await probe({ port, tls }, tools)).toMatchObject({ result: 'tls' });
  copyFileSync(certificates.path('renewed.crt'), tls.ca);
  expect(tools.contexts.renew()).toEqual([]);
  expect(await probe({ port, tls }, tools)).toMatchObject({
    result: 'success',
  });
  // Half a file: the one before stays.
  writeFileSync(tls.ca, '-----BEGIN CERTIFICATE-----\nMII');
  expect(tools.contexts.renew()).toEqual([expect.any(String)]);
  expect(await probe({ port, tls }, tools)).toMatchObject({
    result: 'success',
  });
});
