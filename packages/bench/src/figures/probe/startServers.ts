import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { Served, ServerOptions } from './server.ts';

/** Servers with known delays, in a process of their own. */
export async function startServers(options: ServerOptions) {
  const child = fork(
    join(import.meta.dirname, 'server.ts'),
    [JSON.stringify(options)],
    { execArgv: ['--disable-warning=MODULE_TYPELESS_PACKAGE_JSON'] },
  );
  const [ports] = (await once(child, 'message')) as [number[]];
  return {
    ports,
    async served(): Promise<Served> {
      const answer = once(child, 'message');
      child.send('served');
      return (await answer)[0];
    },
    stop: () => child.kill(),
  };
}
