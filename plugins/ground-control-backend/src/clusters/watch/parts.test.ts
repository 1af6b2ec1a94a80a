import { Coalesced } from './Coalesced';
import { HeldObjects } from './HeldObjects';
import { objectKey, objectVersion } from './objectKey';
import { identityOf } from './readIdentity';
import { readWatchEvent } from './readWatchEvent';
import { resourcePath } from './resourcePath';

describe('HeldObjects', () => {
  const create = () => {
    const told: string[] = [];
    let observed = 0;
    const held = new HeldObjects({
      tickMs: 5,
      calmMs: 40,
      observe: object => {
        observed += 1;
        if (object === 'bad') throw new Error('bad');
        return object === 'odd' ? undefined : { is: object };
      },
      onObject: (key, value) =>
        told.push(`${key} ${(value as { is: string })?.is}`),
    });
    const pass = (ms: number) => new Promise(r => setTimeout(r, ms));
    return { held, told, pass, observed: () => observed };
  };

  it('tells of the last of many changes, and observes few', async () => {
    const { held, told, pass, observed } = create();
    const from = Date.now();
    for (let i = 0; i < 50; i += 1) {
      held.change('a', `v${i}`);
      await pass(1);
    }
    while (told.at(-1) !== 'a v49') await pass(10);
    // At once, and then one in 40 ms, however long it took.
    expect(observed()).toBeLessThan(4 + (Date.now() - from) / 40);
  });

  it('tells of a list only what differs, and keeps what it is told to keep', () => {
    const { held, told } = create();
    const list = (entries: Record<string, string>, keep: string[] = []) => {
      told.length = 0;
      const stage = held.beginList();
      for (const [key, value] of Object.entries(entries)) stage.add(key, value);
      keep.forEach(key => stage.keep(key));
      stage.commit();
      return told;
    };
    expect(list({ a: '1', b: '1', c: 'odd' })).toEqual(['a 1', 'b 1']);
    expect(list({ a: '1', b: '1' })).toEqual([]);
    expect(list({ a: '2', b: '1' })).toEqual(['a 2']);
    expect(list({ a: '2' }, ['b'])).toEqual([]);
    expect(list({ a: 'bad' })).toEqual(['a undefined', 'b undefined']);
    expect(held.objects.size).toBe(0);
  });

  it('lets others pass while it tells of many', async () => {
    let turns = 0;
    let turnsMeanwhile = 0;
    let isOver = false;
    const look = () => {
      turns += 1;
      if (!isOver) setImmediate(look);
    };
    const busy = (ms: number) => {
      const end = performance.now() + ms;
      while (performance.now() < end);
    };
    const told: string[] = [];
    const held = new HeldObjects({
      tickMs: 5,
      calmMs: 40,
      observe: object => {
        busy(1);
        return object;
      },
      onObject: key => {
        if (told.length === 0) turnsMeanwhile = -turns;
        told.push(key);
        if (told.length === 60) turnsMeanwhile += turns;
      },
    });
    setImmediate(look);
    for (let i = 0; i < 60; i += 1) held.change(`${i}`, i);
    while (told.length < 60) await new Promise(r => setTimeout(r, 5));
    isOver = true;
    // 60 ms of work, 4 at a stretch.
    expect(turnsMeanwhile).toBeGreaterThan(7);
    expect(told).toEqual(Array.from({ length: 60 }, (_, i) => `${i}`));
  });

  it('does not tell after a list what came before it', async () => {
    const { held, told, pass } = create();
    held.change('a', 'old');
    const stage = held.beginList();
    stage.add('a', 'new');
    stage.commit();
    await pass(20);
    expect(told).toEqual(['a new']);
  });
});

describe('Coalesced', () => {
  it('gives each the outcome of a run that began after they asked', async () => {
    let runs = 0;
    const work = new Coalesced(async () => {
      const run = (runs += 1);
      await new Promise(resolve => setTimeout(resolve, 10));
      if (run === 2) throw new Error('second');
      return run;
    });
    const first = work.run();
    const others = Promise.allSettled([work.run(), work.run()]);
    expect(await first).toBe(1);
    expect((await others).map(({ status }) => status)).toEqual([
      'rejected',
      'rejected',
    ]);
    expect(await work.run()).toBe(3);
  });
});

describe('what comes from outside', () => {
  it.each<[unknown, string | undefined]>([
    [{ metadata: { name: 'a', namespace: 'b' } }, 'b/a'],
    [{ metadata: { name: 'a' } }, '/a'],
    [{ metadata: { name: 'system:a.b' } }, '/system:a.b'],
    [{ metadata: { name: 'a\nb' } }, undefined],
    [{ metadata: { name: 'a/b' } }, undefined],
    [{ metadata: { name: 'a', namespace: 7 } }, undefined],
    [{ metadata: { name: 'a'.repeat(254) } }, undefined],
    [{ metadata: null }, undefined],
    [null, undefined],
    ['text', undefined],
  ])('the key of %j is %j', (object, key) => {
    expect(objectKey(object)).toBe(key);
  });

  it.each([
    ['7', '7'],
    [7, undefined],
    ['a&b', undefined],
    ['', undefined],
  ])('a place to resume at: %j', (resourceVersion, expected) => {
    expect(objectVersion({ metadata: { resourceVersion } })).toBe(expected);
  });

  it.each<[unknown, RegExp]>([
    [{ type: 'ERROR', object: { code: 410 } }, /too old/],
    [{ type: 'ERROR', object: null }, /failed to watch x \(500\)/],
    [{ type: 'HELLO', object: {} }, /something else than an event/],
    [{ type: 'ADDED' }, /something else than an event/],
    [null, /something else than an event/],
  ])('refuses the event %j', (event, words) => {
    expect(() => readWatchEvent(event, 'watch x')).toThrow(words);
  });

  it.each<[unknown, string | undefined]>([
    ['one', 'one'],
    [' one\n', 'one'],
    ['<b>one</b>', undefined],
    [undefined, undefined],
  ])('a cluster that calls itself %j', (clusterName, expected) => {
    const metadata = { name: 'cluster-identity' };
    expect(identityOf({ metadata, data: { clusterName } })).toBe(expected);
    expect(identityOf({ metadata: { name: 'x' }, data: { clusterName } })).toBe(
      undefined,
    );
  });

  it('puts nothing into a path that leads elsewhere', () => {
    expect(
      resourcePath(
        { group: '', resource: 'pods', labelSelector: 'a=b&c' },
        'v1',
        { namespace: '../x', query: { limit: 5, continue: undefined } },
      ),
    ).toBe('/api/v1/namespaces/..%2Fx/pods?labelSelector=a%3Db%26c&limit=5');
  });
});
