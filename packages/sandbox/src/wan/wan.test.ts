import { Agent, get } from 'node:http';
import { DefaultWan } from './DefaultWan.ts';
import { WanThread } from './WanThread.ts';
import type { Wan } from './types.ts';

const CLUSTERS = [
  { name: 'aws-prod-1', provider: 'aws' as const },
  { name: 'az-prod-1', provider: 'azure' as const },
  { name: 'gcp-prod-1', provider: 'gcp' as const },
];
const OUT = { from: 'aws-prod-1', to: 'az-prod-1' };
const BACK = { from: 'az-prod-1', to: 'aws-prod-1' };

/** How long a question took, in milliseconds, or the code of its failure. */
function ask(
  port: number,
  agent: Agent | false = false,
  timeout = 20_000,
): Promise<number | string> {
  return new Promise(resolve => {
    const began = performance.now();
    const request = get(
      { host: '127.0.0.1', port, path: '/ready', agent, timeout },
      response => {
        response.resume();
        response.on('end', () =>
          resolve(
            response.statusCode === 200
              ? performance.now() - began
              : String(response.statusCode),
          ),
        );
      },
    );
    request.on('timeout', () => {
      resolve('timeout');
      request.destroy();
    });
    request.on('error', error =>
      resolve((error as NodeJS.ErrnoException).code ?? error.message),
    );
  });
}

async function askOften(port: number, times: number, agent: Agent | false) {
  const answers: (number | string)[] = [];
  for (let i = 0; i < times; i++) {
    answers.push(await ask(port, agent));
  }
  return answers;
}

/** The quickest of ten: a busy machine only adds. */
async function quickest(port: number): Promise<number> {
  const agent = new Agent({ keepAlive: true });
  const answers = await askOften(port, 10, agent);
  agent.destroy();
  return Math.min(...answers.filter(answer => typeof answer === 'number'));
}

// A middle value would tell of the machine's other work as well.
describe.each<[string, () => Wan]>([
  ['here', () => new DefaultWan({ seed: 1, clusters: CLUSTERS })],
  [
    'on its thread',
    () => new WanThread({ seed: 1, clusters: CLUSTERS }, fail => fail),
  ],
])('the network between the clusters, %s', (_, make) => {
  const wan = make();
  afterAll(() => wan.stop());

  it('takes its time, in each direction its own', async () => {
    const out = await quickest(await wan.open(OUT));
    const back = await quickest(await wan.open(BACK));
    expect(out).toBeGreaterThan(19);
    expect(out).toBeLessThan(40);
    expect(back).toBeGreaterThan(46);
    expect(back).toBeLessThan(90);
  });

  it('refuses where it is down, in that direction alone, and comes back', async () => {
    const out = await wan.open(OUT);
    const back = await wan.open(BACK);
    const agent = new Agent({ keepAlive: true });
    expect(await ask(out, agent)).toEqual(expect.any(Number));
    await wan.setFault(OUT, { mode: 'down' });
    expect(await ask(out, agent)).toMatch(/ECONNREFUSED|ECONNRESET/);
    expect(await ask(out)).toBe('ECONNREFUSED');
    expect(await ask(back)).toEqual(expect.any(Number));
    await wan.setFault(OUT, { mode: 'well' });
    expect(await wan.open(OUT)).toBe(out);
    expect(await ask(out)).toEqual(expect.any(Number));
    agent.destroy();
  });

  it('is silent where it hangs, on connections of before too', async () => {
    const port = await wan.open(OUT);
    const agent = new Agent({ keepAlive: true });
    expect(await ask(port, agent)).toEqual(expect.any(Number));
    await wan.setFault(OUT, { mode: 'hang' });
    expect(await ask(port, agent, 300)).toBe('timeout');
    expect(await ask(port, false, 300)).toBe('timeout');
    await wan.setFault(OUT, { mode: 'well' });
    expect(await ask(port)).toEqual(expect.any(Number));
    agent.destroy();
  });

  it('loses a share of the questions, with kept connections and fresh ones', async () => {
    const port = await wan.open(OUT);
    await wan.setFault(OUT, { loss: 0.4 });
    const agent = new Agent({ keepAlive: true });
    for (const way of [agent, false] as const) {
      const answers = await Promise.all(
        [...Array(60)].map(() => ask(port, way, 8_000)),
      );
      const lost = answers.filter(answer => answer === 'timeout').length;
      expect(lost).toBeGreaterThan(10);
      expect(lost).toBeLessThan(42);
    }
    agent.destroy();
    await wan.setFault(OUT, { loss: 0 });
    expect(await askOften(port, 5, false)).not.toContain('timeout');
  });

  it('is slower by what was said, until healed', async () => {
    const port = await wan.open(OUT);
    await wan.setFault(OUT, { addMs: 60 });
    const slow = await quickest(port);
    expect(slow).toBeGreaterThan(79);
    expect(slow).toBeLessThan(130);
    await wan.setFault(OUT, { addMs: 0 });
    expect(await quickest(port)).toBeLessThan(60);
  });

  it('has no gateway where the cluster is gone, nor a way that was closed', async () => {
    const port = await wan.open(OUT);
    await wan.setGateway('az-prod-1', false);
    expect(await ask(port)).toBe('ECONNREFUSED');
    await wan.setGateway('az-prod-1', true);
    expect(await ask(port)).toEqual(expect.any(Number));
    await wan.close(OUT);
    expect(await ask(port)).toBe('ECONNREFUSED');
    await expect(wan.setFault(OUT, { mode: 'down' })).rejects.toThrow(
      "aws-prod-1 isn't linked with az-prod-1",
    );
  });
});
