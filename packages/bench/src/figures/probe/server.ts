import { readFileSync } from 'node:fs';
import { createServer as createHttp, type RequestListener } from 'node:http';
import { createServer as createHttps } from 'node:https';
import { type AddressInfo, createServer as createTcp } from 'node:net';

/** What this process is started with, as JSON in its first argument. */
export interface ServerOptions {
  /** One server for each, in ms; null for one that accepts and never answers. */
  delays: (number | null)[];
  /** Paths; plain HTTP when there is none. */
  tls?: { key: string; cert: string };
}

/** What each server did, in their order: how long answers really took, in ms. */
export type Served = number[][];

const { delays, tls } = JSON.parse(process.argv[2]) as ServerOptions;
const served: Served = delays.map(() => []);

/** Timers are late by a millisecond or more, so what they did is measured. */
function answerAfter(delay: number, times: number[]): RequestListener {
  return (_, response) => {
    const began = performance.now();
    setTimeout(() => {
      times.push(performance.now() - began);
      response.end('ok\n');
    }, delay);
  };
}

const servers = delays.map((delay, i) => {
  if (delay === null) return createTcp(socket => socket.on('error', () => {}));
  const listener = answerAfter(delay, served[i]);
  return tls
    ? createHttps(
        { key: readFileSync(tls.key), cert: readFileSync(tls.cert) },
        listener,
      )
    : createHttp(listener);
});

process.on('message', () => process.send!(served));
process.on('disconnect', () => process.exit());

const ports = servers.map(
  server =>
    new Promise<number>(resolve =>
      server.listen(0, '127.0.0.1', () =>
        resolve((server.address() as AddressInfo).port),
      ),
    ),
);
Promise.all(ports).then(all => process.send!(all));
