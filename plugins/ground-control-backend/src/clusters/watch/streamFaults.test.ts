import { until } from '../../__testUtils__/until';
import {
  colored,
  KUSTOMIZATIONS_PATH,
  QUICK,
} from '../__testUtils__/WatchFixture';
import { stopAll, watched, withOther } from '../__testUtils__/watchedCluster';

afterEach(stopAll);

describe('faults of lists and watches', () => {
  it('stops in the middle of a line, and stays open', () =>
    withOther(async () => {
      const limits = { ...QUICK.limits, streamIdleMs: 60_000 };
      const { cluster, watcher, becomesExact } = await watched('one', {
        timings: { limits },
      });
      cluster.write('{"type":"MODIFIED","object":{"metada');
      await until(
        () => watcher.readings.some(reading => reading.state === 'unreachable'),
        { seen: () => watcher.readings },
      );
      const reading = watcher.readings.find(r => r.state === 'unreachable')!;
      expect(reading.reason).toMatch(/It stopped in the middle of an answer/);
      await becomesExact('blue');
    }));

  it('goes silent on a stream, and stays open', () =>
    withOther(async () => {
      const { cluster, watcher, stateIs } = await watched('one');
      // The stream hangs and misses a change; nothing else is the matter.
      cluster.deafenWatches();
      cluster.put(KUSTOMIZATIONS_PATH, colored('k', 'blue'));
      await until(() => watcher.held()['ns/k'] === 'blue');
      await stateIs('live');
    }));

  it('breaks off half a line', () =>
    withOther(async () => {
      const { cluster, watcher, becomesExact } = await watched('one');
      cluster.write('{"type":"DELETED","object":{"metadata":{"name":"k",');
      cluster.closeWatches();
      await becomesExact('blue');
      expect(watcher.told.join()).not.toContain('gone');
    }));

  it('ends every watch at once, and stays live at a bounded cost', () =>
    withOther(async () => {
      const { cluster, watcher, becomesExact } = await watched('one');
      cluster.requests = [];
      const from = Date.now();
      const end = setInterval(() => cluster.closeWatches(), 10);
      await new Promise(resolve => setTimeout(resolve, 1_000));
      await becomesExact('blue');
      clearInterval(end);
      const opened = cluster.requests.filter(url => url.includes('watch='));
      // 20 ms doubling to 200 ms, for two kinds, however long it took.
      const most = 10 + (1.25 * (Date.now() - from)) / QUICK.reopenMaxMs;
      expect(opened.length).toBeLessThan(2 * most);
      expect(
        cluster.requests.filter(url => url.includes('limit=3')),
      ).toHaveLength(0);
      expect(new Set(watcher.readings.map(r => r.state))).not.toContain(
        'failing',
      );
    }));

  it('ends every watch as too old: lists grow rare, and that is said', () =>
    withOther(async () => {
      const { cluster, watcher, stateIs, becomesExact } = await watched('one');
      cluster.requests = [];
      cluster.script = ({ url }, response) => {
        if (!url.includes('watch=')) return false;
        response.writeHead(200);
        response.end(
          `${JSON.stringify({
            type: 'ERROR',
            object: { kind: 'Status', code: 410, reason: 'Expired' },
          })}\n`,
        );
        return true;
      };
      const from = Date.now();
      cluster.closeWatches();
      cluster.put(KUSTOMIZATIONS_PATH, colored('k', 'yellow'));
      await stateIs('failing');
      expect(watcher.reason).toMatch(/It ends every watch as too old/);
      expect(watcher.held()).toEqual({ 'ns/k': 'yellow' });
      await new Promise(resolve => setTimeout(resolve, 800));
      const lists = cluster.requests.filter(
        url => url.startsWith(KUSTOMIZATIONS_PATH) && url.includes('limit='),
      );
      // At once, then after 100, 200 and 400 ms, and each 800 ms.
      const most = 6 + (Date.now() - from) / QUICK.relistMaxMs;
      expect(lists.length).toBeLessThan(most);
      // Only what differs was told.
      expect(
        watcher.told.filter(line => line.startsWith('kustomizations ns/k')),
      ).toEqual(['kustomizations ns/k red', 'kustomizations ns/k yellow']);
      cluster.script = undefined;
      await becomesExact('blue');
    }));

  it('sends an object of 5 MB, in a watch and in a list', () =>
    withOther(async () => {
      const { cluster, watcher, stateIs, becomesExact } = await watched('one');
      const huge = () => ({
        ...colored('huge', 'red'),
        kind: 'Kustomization',
        filler: 'x'.repeat(5e6),
      });
      cluster.put(KUSTOMIZATIONS_PATH, huge());
      const words = 'Too large to be read, and left out: Kustomization ns/huge';
      await until(() => watcher.kind('kustomizations').reason === words, {
        seen: () => watcher.watching.reading,
      });
      expect(watcher.state).toBe('live');
      await becomesExact('blue');
      // Anew, as after a restart of the cluster.
      cluster.instance = 'uid-of-another';
      await until(() => watcher.watching.reading.instance === cluster.instance);
      await stateIs('live');
      expect(watcher.kind('kustomizations')).toMatchObject({
        reason: words,
        objects: 1,
      });
      cluster.put(KUSTOMIZATIONS_PATH, colored('huge', 'small'));
      await until(() => watcher.held()['ns/huge'] === 'small');
      expect(watcher.kind('kustomizations').reason).toBeUndefined();
    }));

  it('changes one object a thousand times: the last is told, few between', () =>
    withOther(async () => {
      const { cluster, watcher } = await watched('one');
      watcher.told.length = 0;
      const from = Date.now();
      for (let i = 0; i < 1_000; i += 1) {
        cluster.put(KUSTOMIZATIONS_PATH, colored('k', `c${i}`));
        if (i % 50 === 0) await new Promise(resolve => setTimeout(resolve, 10));
      }
      cluster.put(KUSTOMIZATIONS_PATH, colored('other', 'red'));
      await until(() => watcher.held()['ns/k'] === 'c999');
      // Of each of two, at once and then one in 50 ms.
      const most = 5 + (2 * (Date.now() - from)) / QUICK.calmMs;
      expect(watcher.told.length).toBeLessThan(most);
      expect(watcher.held()['ns/other']).toBe('red');
    }));

  it('has more objects than can be read, or pages without end', () =>
    withOther(async () => {
      const { cluster, watcher, stateIs } = await watched('one', {
        timings: { maxObjects: 20 },
      });
      for (let i = 0; i < 30; i += 1) {
        cluster.put(KUSTOMIZATIONS_PATH, colored(`many${i}`, 'red'));
      }
      await stateIs('failing');
      expect(watcher.reason).toMatch(/more than 20 objects of this kind/);
      for (let i = 0; i < 30; i += 1) {
        cluster.drop(KUSTOMIZATIONS_PATH, `ns/many${i}`);
      }
      await stateIs('live');
      expect(watcher.held()).toEqual({ 'ns/k': 'red' });

      cluster.script = ({ url }, response) => {
        if (!/kustomizations\?(?!.*watch)/.test(url)) return false;
        const metadata = { resourceVersion: '1', continue: 'more' };
        response.end(JSON.stringify({ metadata, items: [] }));
        return true;
      };
      cluster.instance = 'uid-of-the-next';
      await stateIs('failing');
      expect(watcher.reason).toMatch(/more than can be read/);
    }));
});
