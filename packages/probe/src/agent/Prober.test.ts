import type { Socket } from 'node:net';
import { makeTarget } from '../__testUtils__/makeTarget.ts';
import { TestServers } from '../__testUtils__/TestServers.ts';
import { until } from '../__testUtils__/until.ts';
import { Log } from '../log/Log.ts';
import { Prober } from './Prober.ts';

const servers = new TestServers();
let prober: Prober;
beforeEach(() => {
  const source = { cluster: 'a', provider: 'aws' };
  prober = new Prober(source, 0, new Log('plain', () => {}));
});
afterEach(async () => {
  prober.stop();
  await servers.stop();
});

const often = { freshConnections: false, intervalMs: 20 };

it('keeps a connection while other targets come and go', async () => {
  const sockets = new Set<Socket>();
  const answers: unknown[] = [];
  const port = await servers.http((request, response) => {
    sockets.add(request.socket);
    answers.push(request.url);
    response.end();
  });
  const kept = () => makeTarget({ name: 'kept', port, ...often });
  prober.set([kept()]);
  for (let i = 1; i < 6; i++) {
    await until(() => answers.length > i);
    prober.set([kept(), makeTarget({ name: `other-${i}`, port: 1 })]);
  }
  expect(sockets.size).toBe(1);
  prober.set([{ ...kept(), path: '/changed' }]);
  await until(() => sockets.size > 1);
  expect(prober.failures.list()).toEqual([]);
});

it('counts nothing of a target that went while it was probed', async () => {
  const asked = Promise.withResolvers<void>();
  const answer = Promise.withResolvers<void>();
  const port = await servers.http(async (_, response) => {
    asked.resolve();
    await answer.promise;
    response.end();
  });
  prober.set([makeTarget({ port, deadlineMs: 5_000 })]);
  await asked.promise;
  const series = prober.metrics.of(makeTarget())!;
  prober.set([makeTarget({ port, path: '/other' })]);
  expect(prober.metrics.of(makeTarget())).toBe(series);
  answer.resolve();
  // The changed target's own probe is the first that counts.
  const seen = await until(
    () => prober.metrics.write(),
    text => /probe_success\{.*\} 1/.test(text),
  );
  expect(seen).toMatch(/probes_total\{.*result="success"\} 1\n/);
});
