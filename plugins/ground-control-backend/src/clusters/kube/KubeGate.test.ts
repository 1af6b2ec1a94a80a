import { once } from 'node:events';
import {
  chmodSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import http from 'node:http';
import https from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { TLSSocket } from 'node:tls';
import { ClusterDefinition } from '@ground-control/backstage-plugin-ground-control-node';
import { generate } from 'selfsigned';
import { KubeGate } from './KubeGate';
import { KubeMetrics } from './KubeMetrics';
import { KubeLimits } from './limits';

const folder = mkdtempSync(join(tmpdir(), 'ground-control-kube-'));
const file = (name: string, content: string) => {
  writeFileSync(join(folder, name), content);
  return join(folder, name);
};
const stops: (() => void)[] = [];
afterEach(() => stops.splice(0).forEach(stop => stop()));
afterAll(() => rmSync(folder, { recursive: true }));

async function serve(
  listener: http.RequestListener,
  tls?: https.ServerOptions,
): Promise<string> {
  const server = tls
    ? https.createServer(tls, listener)
    : http.createServer(listener);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  stops.push(() => {
    server.closeAllConnections();
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  return `${tls ? 'https' : 'http'}://127.0.0.1:${port}`;
}

function open(
  definition: Partial<ClusterDefinition>,
  limits: Partial<KubeLimits> = {},
) {
  const gate = new KubeGate({
    definition: { name: 'one', auth: { kind: 'none' }, ...definition },
    metrics: new KubeMetrics(),
    limits,
  });
  stops.push(() => gate.close());
  const signal = new AbortController().signal;
  return {
    gate,
    signal,
    ask: (path = '/version') => gate.get(path, { what: 'ask', signal }),
  };
}

/** Says who asks. */
const echo: http.RequestListener = (request, response) =>
  response.end(
    JSON.stringify({
      who: request.headers.authorization,
      certificate: (request.socket as TLSSocket).getPeerCertificate?.().subject
        ?.CN,
    }),
  );

describe('KubeGate', () => {
  it('shows a token, or one of a file without its line end', async () => {
    const url = await serve(echo);
    const token = open({ url, auth: { kind: 'token', token: 'a' } });
    expect(await token.ask()).toMatchObject({ who: 'Bearer a' });
    const path = file('token', 'b\n');
    const inFile = open({ url, auth: { kind: 'tokenFile', path } });
    expect(await inFile.ask()).toMatchObject({ who: 'Bearer b' });
    expect(await open({ url }).ask()).toEqual({ certificate: undefined });
  });

  it('reads a token file anew when the token is refused', async () => {
    let valid = 'Bearer first';
    const url = await serve((request, response) => {
      response.statusCode = request.headers.authorization === valid ? 200 : 401;
      response.end('{}');
    });
    const path = file('renewed', 'first');
    const { ask } = open({ url, auth: { kind: 'tokenFile', path } });
    await ask();
    valid = 'Bearer second';
    writeFileSync(path, 'second');
    await ask();
    valid = 'Bearer third';
    await expect(ask()).rejects.toMatchObject({ kind: 'unauthorized' });
  });

  it('shows a client certificate, and checks the server by its authority', async () => {
    const pems = await generate([{ name: 'commonName', value: 'portal' }], {
      keySize: 2048,
      extensions: [
        { name: 'subjectAltName', altNames: [{ type: 7, ip: '127.0.0.1' }] },
      ],
    } as any);
    const url = await serve(echo, {
      key: pems.private,
      cert: pems.cert,
      ca: pems.cert,
      requestCert: true,
    });
    const { ask } = open({
      url,
      caFile: file('ca.pem', pems.cert),
      auth: {
        kind: 'clientCertificate',
        certificateFile: file('cert.pem', pems.cert),
        keyFile: file('key.pem', pems.private),
      },
    });
    expect(await ask()).toEqual({ certificate: 'portal' });
  });

  it('gets a credential by the program of a kubeconfig, anew when refused', async () => {
    const url = await serve((request, response) => {
      const { authorization } = request.headers;
      response.statusCode = authorization === 'Bearer run-2' ? 200 : 401;
      response.end('{}');
    });
    const program = file(
      'program.sh',
      `#!/bin/sh
echo run >> ${join(folder, 'runs')}
n=$(wc -l < ${join(folder, 'runs')} | tr -d ' ')
echo '{"apiVersion":"client.authentication.k8s.io/v1","kind":"ExecCredential","status":{"token":"run-'$n'","expirationTimestamp":"2999-01-01T00:00:00Z"}}'
`,
    );
    chmodSync(program, 0o755);
    const config = {
      clusters: [{ name: 'c', cluster: { server: url } }],
      users: [
        {
          name: 'u',
          user: {
            exec: {
              apiVersion: 'client.authentication.k8s.io/v1',
              command: program,
            },
          },
        },
      ],
      contexts: [{ name: 'x', context: { cluster: 'c', user: 'u' } }],
    };
    const path = file('kubeconfig', JSON.stringify(config));
    const { ask } = open({ auth: { kind: 'kubeconfig', path, context: 'x' } });
    await Promise.all([ask(), ask(), ask()]);
    await ask();
    expect(readFileSync(join(folder, 'runs'), 'utf8')).toBe('run\nrun\n');
    await expect(
      open({ auth: { kind: 'kubeconfig', path, context: 'y' } }).ask(),
    ).rejects.toThrow(/names no cluster/);
  });

  it.each<[string, Partial<ClusterDefinition>, RegExp]>([
    [
      'a token file that is not there',
      { auth: { kind: 'tokenFile', path: '/nowhere/canary' } },
      /credentials for it can't be read or got \(ENOENT\)/,
    ],
    [
      'a kubeconfig that is not there',
      { auth: { kind: 'kubeconfig', path: '/nowhere/canary' } },
      /kubeconfig can't be read \(ENOENT\)/,
    ],
    [
      'a kubeconfig that is none',
      { auth: { kind: 'kubeconfig', path: file('bad', 'token: [canary') } },
      /not one that can be understood/,
    ],
    ['no address', { url: undefined }, /No address/],
    ['no cluster around us', { auth: { kind: 'inCluster' } }, /runs in none/],
  ])('says that there is %s, and no more', async (_, definition, words) => {
    const error: any = await open({ url: 'http://127.0.0.1:1', ...definition })
      .ask()
      .catch((e: unknown) => e as Error);
    expect(error.message).toMatch(words);
    expect(error.message).not.toContain('canary');
  });

  it('says when a program for credentials fails, and not what it wrote', async () => {
    const path = file(
      'failing',
      JSON.stringify({
        clusters: [{ name: 'c', cluster: { server: 'http://127.0.0.1:1' } }],
        users: [
          {
            name: 'u',
            user: {
              exec: { command: 'sh', args: ['-c', 'echo canary >&2; exit 1'] },
            },
          },
        ],
        contexts: [{ name: 'x', context: { cluster: 'c', user: 'u' } }],
        'current-context': 'x',
      }),
    );
    const error: any = await open({ auth: { kind: 'kubeconfig', path } })
      .ask()
      .catch((e: unknown) => e as Error);
    expect(error.message).toMatch(/the program that its kubeconfig names/);
    expect(String(error.stack)).not.toContain('canary');
  });

  it('ends an answer that drips for ever', async () => {
    const url = await serve((_, response) => {
      const drip = setInterval(() => response.write(' '), 20);
      response.once('close', () => clearInterval(drip));
    });
    const { ask } = open({ url }, { totalTimeoutMs: 200 });
    await expect(ask()).rejects.toMatchObject({ kind: 'timed-out' });
  });

  it('asks again where a kept connection was closed at that moment', async () => {
    let count = 0;
    const url = await serve((request, response) => {
      count += 1;
      if (count === 2) request.socket.destroy();
      else response.end('{}');
    });
    const { ask } = open({ url });
    await ask();
    await ask();
    expect(count).toBe(3);
  });

  it('lets go when it is told to', async () => {
    const url = await serve(() => {});
    const { gate } = open({ url });
    const stop = new AbortController();
    const asked = gate.get('/x', { what: 'ask', signal: stop.signal });
    setTimeout(() => stop.abort(new Error('enough')), 30);
    await expect(asked).rejects.toThrow('enough');
  });

  it('reads a list with an object of 100 MB in it, and holds none of it', async () => {
    const piece = Buffer.alloc(1e6, 'y');
    const url = await serve(async (_, response) => {
      response.write('{"items":[{"metadata":{"name":"a"}},');
      response.write('{"metadata":{"name":"huge"},"x":"');
      for (let i = 0; i < 100; i += 1) {
        if (!response.write(piece)) await once(response, 'drain');
      }
      response.end(
        '"},{"metadata":{"name":"b"}}],"metadata":{"resourceVersion":"7"}}',
      );
    });
    const { gate, signal } = open({ url });
    const items: unknown[] = [];
    const tooLarge: unknown[] = [];
    const used = () => {
      const { arrayBuffers, heapUsed } = process.memoryUsage();
      return arrayBuffers + heapUsed;
    };
    const before = used();
    let most = 0;
    const meter = setInterval(() => {
      most = Math.max(most, used() - before);
    }, 5);
    const end = await gate.list('/x', {
      what: 'list',
      signal,
      onItem: item => items.push(item),
      onTooLarge: name => tooLarge.push(name),
    });
    clearInterval(meter);
    expect(end).toEqual({ resourceVersion: '7', continue: undefined });
    expect(items).toHaveLength(2);
    expect(tooLarge).toEqual([{ name: 'huge' }]);
    expect(most).toBeLessThan(70e6);
  });
});
