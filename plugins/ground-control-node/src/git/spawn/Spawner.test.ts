import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { setTimeout as delay } from 'node:timers/promises';
import { SharedSpawner } from './SharedSpawner';
import { Spawner } from './Spawner';
import { SpawnOrder } from './types';

function order(script: string, environment = {}): SpawnOrder {
  return {
    file: 'sh',
    args: ['-c', script],
    cwd: '/',
    env: { PATH: process.env.PATH, ...environment },
  };
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

async function untilGone(pid: number): Promise<void> {
  while (isAlive(pid)) await delay(10);
}

describe('Spawner', () => {
  let spawner: Spawner;

  beforeEach(async () => {
    spawner = await Spawner.open();
  });
  afterEach(() => spawner.close());

  it('hands a command its streams, environment and folder', async () => {
    const child = await spawner.start(
      order('cat; pwd; echo "$WORD"; echo problem >&2; exit 3', {
        WORD: 'of mine',
      }),
    );
    child.stdin.end('what was written\n');
    const said = await Promise.all([
      text(child.stdout),
      text(child.stderr),
      child.closed,
    ]);
    expect(said).toEqual([
      'what was written\n/\nof mine\n',
      'problem\n',
      { code: 3 },
    ]);
  });

  it('tells the end of a command whose reader left early', async () => {
    // It goes on although nobody reads, so that only the signal ends it.
    const child = await spawner.start(
      order('trap "" PIPE; while :; do echo yes; done 2>/dev/null'),
    );
    for await (const chunk of child.stdout) {
      expect(chunk.length).toBeGreaterThan(0);
      break;
    }
    child.signal('SIGKILL');
    expect(await child.closed).toEqual({ code: null });
  });

  it('loses no byte of many commands at once', async () => {
    const sizes = [0, 1, 65_536, 3_000_001];
    const lengths = await Promise.all(
      Array.from({ length: 24 }, async (_, i) => {
        const child = await spawner.start(
          order(`head -c ${sizes[i % sizes.length]} /dev/zero`),
        );
        child.stdin.end();
        const said = await text(child.stdout);
        await child.closed;
        return said.length;
      }),
    );
    expect(lengths).toEqual(lengths.map((_, i) => sizes[i % sizes.length]));
  });

  it('lets a command wait for what is written, and see its end', async () => {
    const child = await spawner.start(order('read a; echo "$a"; cat'));
    child.stdin.write('first\n');
    const [line] = await once(child.stdout, 'data');
    expect(String(line)).toBe('first\n');
    child.stdin.end('last');
    expect(await text(child.stdout)).toBe('last');
    expect(await child.closed).toEqual({ code: 0 });
  });

  it('survives that a command never reads what is written to it', async () => {
    const child = await spawner.start(order('exec <&-; exit 1'));
    child.stdin.write('x'.repeat(1_000_000));
    expect(await child.closed).toEqual({ code: 1 });
  });

  it('says that there is no such command', async () => {
    const child = await spawner.start({ ...order(''), file: 'no-such-git' });
    expect(await child.closed).toEqual({ code: null, failed: 'ENOENT' });
  });

  it('ends a command with all that it started', async () => {
    const child = await spawner.start(order('sleep 600 & echo $!; wait'));
    const [line] = await once(child.stdout, 'data');
    child.signal('SIGTERM');
    expect(await child.closed).toEqual({ code: null });
    await untilGone(Number(line));
  });

  it('ends what runs when it is closed', async () => {
    const child = await spawner.start(order('echo $$; exec sleep 600'));
    const [line] = await once(child.stdout, 'data');
    spawner.close();
    expect(await child.closed).toEqual({ code: null });
    await untilGone(Number(line));
    await expect(spawner.start(order('true'))).rejects.toThrow('ended');
  });

  it('ends what runs when it dies itself', async () => {
    const child = await spawner.start(order('echo $PPID $$; exec sleep 600'));
    const [line] = await once(child.stdout, 'data');
    const [parent, own] = String(line).split(' ').map(Number);
    process.kill(parent, 'SIGKILL');
    expect(await child.closed).toEqual({ code: null });
    await untilGone(own);
    expect(spawner.alive).toBe(false);
  });
});

describe('SharedSpawner', () => {
  async function parentOf(share: SharedSpawner): Promise<number> {
    const child = await share.start(order('echo $PPID'));
    child.stdin.end();
    return Number(await text(child.stdout));
  }

  it('is one process for all who share it, and ends with the last', async () => {
    const [one, other] = [new SharedSpawner(), new SharedSpawner()];
    const parent = await parentOf(one);
    expect(await parentOf(other)).toBe(parent);
    await one.leave();
    expect(await parentOf(other)).toBe(parent);
    await other.leave();
    await untilGone(parent);
  });

  it('starts another when it died', async () => {
    const share = new SharedSpawner();
    const parent = await parentOf(share);
    process.kill(parent, 'SIGKILL');
    await untilGone(parent);
    expect(await parentOf(share)).not.toBe(parent);
    expect(await parentOf(share)).not.toBe(parent);
    await share.leave();
  });
});
