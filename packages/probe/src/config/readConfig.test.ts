import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { Certificates } from '../__testUtils__/makeCertificates.ts';
import { ConfigFault } from './ConfigFault.ts';
import { readConfig } from './readConfig.ts';

const folder = mkdtempSync(join(tmpdir(), 'probe-config-'));
const certificates = new Certificates(folder);
beforeAll(() => {
  certificates.authority('ca');
  certificates.authority('other');
  certificates.signed('client', 'ca', 'DNS:client');
});
afterAll(() => rmSync(folder, { recursive: true }));

function write(name: string, text: string) {
  writeFileSync(join(folder, name), text);
  return join(folder, name);
}

function faultOf(text: string, list?: string): string {
  if (list !== undefined) write('list.yaml', list);
  try {
    readConfig(write('probe.yaml', text));
  } catch (error) {
    if (!(error instanceof ConfigFault)) throw error;
    return error.message.replaceAll(`${folder}/`, '');
  }
  return 'no fault';
}

const SOURCE = 'source: { cluster: a, provider: aws }\n';

it('fills in what is not said', () => {
  const config = readConfig(
    write(
      'probe.yaml',
      `${SOURCE}targets: [{ name: b, kind: http, url: 'http://b.example/ready?x=1' }]`,
    ),
  );
  expect(config).toEqual({
    source: { cluster: 'a', provider: 'aws' },
    listen: { port: 9740 },
    intervalMs: 5_000,
    deadlineMs: 3_000,
    jitter: 0.1,
    providers: {},
    files: [join(folder, 'probe.yaml')],
    targets: [
      {
        name: 'b',
        provider: 'unknown',
        kind: 'http',
        host: 'b.example',
        port: 80,
        path: '/ready?x=1',
        expectStatus: [],
        freshConnections: true,
        intervalMs: 5_000,
        deadlineMs: 3_000,
        origin: 'config',
      },
    ],
  });
});

it('takes everything that can be said', () => {
  write('list.yaml', '- { name: d, kind: tcp, host: "::1", port: 5432 }');
  const config = readConfig(
    write(
      'probe.yaml',
      `
source: { cluster: a, provider: aws, region: eu-west-1 }
listen: { host: '::', port: 0 }
interval: 10s
deadline: 1500ms
jitter: 0
providers: { b: gcp, d: azure }
targetsFile: list.yaml
targets:
  - name: b
    kind: http
    url: https://[::1]:8443/live
    expectStatus: [200, 204]
    freshConnections: false
    family: 6
    interval: 1s
    deadline: 900ms
    tls: { ca: ca.crt, cert: client.crt, key: client.key, serverName: b.example }
  - { name: c, provider: aws, kind: tcp, host: c.example, port: 443, tls: {} }
links: { server: 'https://kube.example:6443', tokenFile: token, caFile: ca.crt, namespace: linkerd }
`,
    ),
  );
  expect(config).toMatchObject({
    listen: { host: '::', port: 0 },
    jitter: 0,
    links: {
      tokenFile: join(folder, 'token'),
      caFile: join(folder, 'ca.crt'),
      namespace: 'linkerd',
      intervalMs: 15_000,
    },
    targets: [
      {
        name: 'b',
        provider: 'gcp',
        host: '::1',
        port: 8443,
        path: '/live',
        family: 6,
        expectStatus: [200, 204],
        freshConnections: false,
        intervalMs: 1_000,
        deadlineMs: 900,
        tls: {
          ca: join(folder, 'ca.crt'),
          cert: join(folder, 'client.crt'),
          key: join(folder, 'client.key'),
          serverName: 'b.example',
        },
      },
      { name: 'c', provider: 'aws', host: 'c.example', tls: {} },
      { name: 'd', provider: 'azure', host: '::1', origin: 'file' },
    ],
  });
  expect(config.files).toEqual(
    ['probe.yaml', 'list.yaml', 'ca.crt', 'client.crt', 'client.key'].map(
      name => join(folder, name),
    ),
  );
});

const target = (text: string) => `${SOURCE}targets:\n  - ${text}\n`;

it.each([
  ['nothing', '', /^probe\.yaml.*must be keys and values/],
  ['no source', 'interval: 5s\n', /^probe\.yaml:1:1: source is missing/],
  ['no YAML', 'source: {\n  a: [\n', /^probe\.yaml:\d+:\d+: isn't YAML/],
  [
    'an unknown key',
    `${SOURCE}intervall: 5s\n`,
    /^probe\.yaml:2:1: intervall is no key that is known here$/,
  ],
  [
    'no duration',
    `${SOURCE}interval: 5\n`,
    /^probe\.yaml:2:11: interval must be a text: a duration such as 5s/,
  ],
  [
    'too short an interval',
    `${SOURCE}interval: 1ms\n`,
    /:2:11: interval must be a duration from 100ms to 1h/,
  ],
  [
    'an unknown kind',
    target('{ name: b, kind: icmp }'),
    /:3:22: targets\[0\]\.kind must be http or tcp/,
  ],
  [
    'no address',
    target('{ name: b, kind: http, url: "ftp://x" }'),
    /:3:33: targets\[0\]\.url must be an address that begins with http/,
  ],
  [
    'no port',
    target('{ name: b, kind: tcp, host: x }'),
    /:3:5: targets\[0\]\.port is missing/,
  ],
  [
    'a key that belongs to another kind',
    target('{ name: b, kind: tcp, host: x, port: 1, url: "http://x" }'),
    /:3:45: targets\[0\]\.url is no key/,
  ],
  [
    'a name twice',
    `${target(
      '{ name: b, kind: tcp, host: x, port: 1 }',
    )}  - { name: b, kind: tcp, host: y, port: 1 }\n`,
    /:4:13: targets\[1\]\.name is the name of target 1 of the list already/,
  ],
  [
    'TLS without TLS',
    target('{ name: b, kind: http, url: "http://x", tls: {} }'),
    /targets\[0\]\.tls needs a url of https/,
  ],
  [
    'a certificate without its key',
    target(
      '{ name: b, kind: tcp, host: x, port: 1, tls: { cert: client.crt } }',
    ),
    /targets\[0\]\.tls needs both cert and key/,
  ],
  [
    'a certificate that is not there',
    target('{ name: b, kind: tcp, host: x, port: 1, tls: { ca: none.crt } }'),
    /:3:50: targets\[0\]\.tls names files that can't be used: ENOENT/,
  ],
  [
    'an authority that is none',
    target('{ name: b, kind: tcp, host: x, port: 1, tls: { ca: client.key } }'),
    /holds no whole certificate/,
  ],
  [
    'a key of another certificate',
    target(
      '{ name: b, kind: tcp, host: x, port: 1, tls: { cert: client.crt, key: other.key } }',
    ),
    /targets\[0\]\.tls names files that can't be used: .*mismatch/,
  ],
  [
    'a host with brackets',
    target('{ name: b, kind: tcp, host: "[::1]", port: 1 }'),
    /targets\[0\]\.host must be a host name/,
  ],
  [
    'an API whose token could be read on its way',
    `${SOURCE}links: { server: 'http://kube.example' }\n`,
    /:2:18: links\.server must begin with https/,
  ],
  [
    'a file of targets that is not there',
    `${SOURCE}targetsFile: none.yaml\n`,
    /^none\.yaml: can't be read \(ENOENT\)$/,
  ],
])('says where %s is', (_, text, message) => {
  expect(faultOf(text)).toMatch(message);
});

it.each([
  ['no list', 'name: b\n', /^list\.yaml:1:1: must be a list of targets/],
  [
    'a fault in its third line',
    '- { name: b, kind: tcp, host: x, port: 1 }\n\n- { name: c, kind: tcp, host: x, port: 0 }\n',
    /^list\.yaml:3:40: \[1\]\.port must be from 1 to 65535/,
  ],
  [
    'a name of the configuration',
    '- { name: a, kind: tcp, host: x, port: 1 }\n',
    /^list\.yaml:1:11: \[0\]\.name is the name of a target of the configuration/,
  ],
])('reads the file of targets as strictly: %s', (_, list, message) => {
  const text = `${target(
    '{ name: a, kind: tcp, host: x, port: 1 }',
  )}targetsFile: list.yaml\n`;
  expect(faultOf(text, list)).toMatch(message);
});

it('says all that is wrong at once, and repeats none of it', () => {
  const message = faultOf(
    `${SOURCE}deadline: canary\nproviders: { b: "canary canary" }\n` +
      `targets:\n  - { name: b, kind: http, url: "https://user:canary@x" }\n` +
      `  - { name: "canary !", kind: canary }\n`,
  );
  expect(message.split('\n').length).toBeGreaterThan(3);
  expect(message).not.toContain('canary');
  expect(faultOf('a: "canary\n  b: canary')).not.toContain('canary');
  expect(faultOf('a: b canary: c: canary')).not.toContain('canary');
  expect(faultOf('a: *canary')).not.toContain('canary');
  expect(faultOf('a: !canary b')).not.toContain('canary');
});

it('has a fault, and no other error, for whatever is written', () => {
  const yaml = fc.string({
    unit: fc.constantFrom(
      ...'{}[]:,-&*!|>\'"\n #%@`',
      'a',
      'source',
      'targets',
    ),
    maxLength: 60,
  });
  fc.assert(
    fc.property(yaml, text => {
      expect(faultOf(text)).toMatch(/^probe\.yaml/);
    }),
    { numRuns: 300 },
  );
});

it('is not blown up by a small file', () => {
  const lines = ['a0: &a0 [x]'];
  for (let i = 1; i < 30; i++) {
    lines.push(`a${i}: &a${i} [${`*a${i - 1},`.repeat(9)}]`);
  }
  expect(faultOf(lines.join('\n'))).toMatch(/aliases/);
});
