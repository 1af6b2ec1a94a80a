import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { generate } from 'selfsigned';
import { until } from '../../__testUtils__/until';
import {
  colored,
  DEPLOYMENTS_PATH,
  KUSTOMIZATIONS,
  KUSTOMIZATIONS_PATH,
  QUICK,
} from '../__testUtils__/WatchFixture';
import { sendStatus } from '../__testUtils__/ScriptedCluster';
import {
  expectPlainWords,
  stopAll,
  watched,
  withOther,
} from '../__testUtils__/watchedCluster';

const folder = mkdtempSync(join(tmpdir(), 'ground-control-faults-'));
afterEach(stopAll);
afterAll(() => rmSync(folder, { recursive: true }));

describe('faults of a cluster', () => {
  it('refuses connections', () =>
    withOther(async () => {
      const { cluster, watcher, stateIs, becomesExact } = await watched('one');
      await cluster.stop();
      await stateIs('unreachable');
      await until(() => /^It refuses connections/.test(watcher.reason));
      expect(watcher.kind('kustomizations').state).toBe('failing');
      expect(watcher.held()).toEqual({ 'ns/k': 'red' });
      await cluster.start();
      await becomesExact('blue');
      expectPlainWords(watcher);
    }));

  it('hangs on connect', () =>
    withOther(async () => {
      const { cluster, watcher, stateIs, becomesExact } = await watched('one');
      cluster.requests = [];
      cluster.script = () => true;
      await stateIs('unreachable');
      // One question is enough, and no second one.
      const asked = cluster.requests.filter(path =>
        path.startsWith('/api/v1/namespaces/kube-system'),
      );
      expect(asked).toHaveLength(1);
      expect(watcher.reason).toBe(
        'It took the connection and did not answer in time',
      );
      cluster.script = undefined;
      await becomesExact('blue');
    }));

  it.each([
    [401, 'unauthorized', /It does not accept our credentials \(401\)/],
    [500, 'failing', /It failed to ask whether it is there \(500\)/],
    [302, 'failing', /It sends us elsewhere \(302\)/],
  ])('answers %d', (status, state, words) =>
    withOther(async () => {
      const { cluster, watcher, stateIs, becomesExact } = await watched('one');
      cluster.script = (_, response) => sendStatus(response, status);
      cluster.closeWatches();
      await stateIs(state);
      expect(watcher.reason).toMatch(words);
      expect(watcher.held()).toEqual({ 'ns/k': 'red' });
      cluster.script = undefined;
      await becomesExact('blue');
      expectPlainWords(watcher);
    }),
  );

  it('answers 403 on one kind that is needed, and the other goes on', () =>
    withOther(async () => {
      const { cluster, watcher, stateIs, becomesExact } = await watched('one');
      cluster.script = ({ url }, response) =>
        url.startsWith(DEPLOYMENTS_PATH) && sendStatus(response, 403);
      cluster.closeWatches();
      await stateIs('forbidden');
      expect(watcher.reason).toMatch(/We may not read deployments\.apps/);
      expect(watcher.kind('deployments')).toMatchObject({
        state: 'forbidden',
        reason: 'We may not watch deployments.apps (403)',
      });
      expect(watcher.kind('kustomizations').state).toBe('live');
      cluster.put(KUSTOMIZATIONS_PATH, colored('k', 'yellow'));
      await until(() => watcher.held()['ns/k'] === 'yellow');
      cluster.script = undefined;
      await becomesExact('blue');
    }));

  it('asks to wait (429), and is left alone as long as it says', () =>
    withOther(async () => {
      const { cluster, watcher, becomesExact } = await watched('one');
      const asked: number[] = [];
      cluster.script = ({ url }, response) => {
        if (!url.startsWith(KUSTOMIZATIONS_PATH)) return false;
        asked.push(Date.now());
        return sendStatus(response, 429, { 'retry-after': '1' });
      };
      cluster.closeWatches();
      await until(() => asked.length === 2);
      expect(asked[1] - asked[0]).toBeGreaterThanOrEqual(990);
      await until(() => watcher.kind('kustomizations').state === 'failing');
      expect(watcher.reason).toMatch(/It asks us to wait \(429\)/);
      cluster.script = undefined;
      await becomesExact('blue');
    }));

  it('takes a token that was renewed on disk', () =>
    withOther(async () => {
      const path = join(folder, 'token');
      writeFileSync(path, 'canary-one\n');
      const { cluster, watcher, stateIs, becomesExact } = await watched('one', {
        definition: { auth: { kind: 'tokenFile', path } },
      });
      cluster.token = 'canary-renewed';
      cluster.closeWatches();
      await stateIs('unauthorized');
      writeFileSync(path, 'canary-renewed\n');
      await becomesExact('blue');
      expectPlainWords(watcher);
    }));

  it('has a clock that is years off', () =>
    withOther(async () => {
      const { cluster, watcher, becomesExact } = await watched('one');
      const more = { creationTimestamp: '1999-01-01T00:00:00Z' };
      cluster.script = (_, response) => {
        response.setHeader('date', 'Fri, 01 Jan 1999 00:00:00 GMT');
        return false;
      };
      cluster.put(KUSTOMIZATIONS_PATH, colored('old', 'red', more));
      await becomesExact('blue');
      await until(() => watcher.watching.reading.lastEventAt !== undefined);
      const { observedAt, lastEventAt } = watcher.watching.reading;
      for (const at of [observedAt!, lastEventAt!]) {
        expect(Math.abs(Date.now() - at)).toBeLessThan(5_000);
      }
    }));

  it('answers as another cluster: nothing of it is told', () =>
    withOther(async () => {
      const { cluster, watcher, stateIs, becomesExact } = await watched('one');
      watcher.told.length = 0;
      cluster.instance = 'uid-of-impostor';
      cluster.identity = 'impostor';
      cluster.closeWatches();
      cluster.put(KUSTOMIZATIONS_PATH, colored('theirs', 'red'));
      await stateIs('mistaken');
      expect(watcher.reason).toMatch(
        /^It calls itself impostor, and is configured as one/,
      );
      expect(watcher.watching.reading.identity).toBe('impostor');
      cluster.put(KUSTOMIZATIONS_PATH, colored('k', 'theirs'));
      await new Promise(resolve => setTimeout(resolve, 300));
      expect(watcher.told).toEqual([]);
      await expect(
        watcher.watching.list(KUSTOMIZATIONS, { limit: 1 }),
      ).rejects.toThrow(/another cluster/);

      cluster.drop(KUSTOMIZATIONS_PATH, 'ns/theirs');
      cluster.instance = 'uid-of-one';
      cluster.identity = 'one';
      await becomesExact('blue');
      expect(watcher.told.join()).not.toContain('theirs');
    }));

  it('becomes another cluster in the middle of a list: the list is not told', () =>
    withOther(async () => {
      const { cluster, watcher, stateIs, becomesExact } = await watched('one');
      watcher.told.length = 0;
      cluster.script = ({ url }) => {
        if (!url.startsWith(KUSTOMIZATIONS_PATH)) return false;
        cluster.script = undefined;
        cluster.instance = 'uid-of-impostor';
        cluster.identity = 'impostor';
        cluster.put(KUSTOMIZATIONS_PATH, colored('theirs', 'red'));
        return false;
      };
      const gone = { type: 'ERROR', object: { kind: 'Status', code: 410 } };
      // The other kind goes on: its list might end before the other cluster
      // is there, and be told rightly.
      cluster.write(`${JSON.stringify(gone)}\n`, KUSTOMIZATIONS_PATH);
      cluster.deafenWatches();
      await stateIs('mistaken');
      expect(watcher.told).toEqual([]);
      cluster.drop(KUSTOMIZATIONS_PATH, 'ns/theirs');
      cluster.instance = 'uid-of-one';
      cluster.identity = 'one';
      await becomesExact('blue');
      expect(watcher.told.join()).not.toContain('theirs');
    }));

  it('is bootstrapped anew under its name: read anew, told what differs', () =>
    withOther(async () => {
      const { cluster, watcher, stateIs, becomesExact } = await watched('one');
      cluster.put(KUSTOMIZATIONS_PATH, colored('stays', 'red'));
      await until(() => watcher.held()['ns/stays'] === 'red');
      watcher.told.length = 0;
      cluster.bootstrapAnew('uid-of-the-next');
      cluster.put(KUSTOMIZATIONS_PATH, colored('stays', 'red'));
      cluster.put(KUSTOMIZATIONS_PATH, colored('next', 'red'));
      await until(() => watcher.held()['ns/next'] === 'red');
      await stateIs('live');
      expect(watcher.watching.reading.instance).toBe('uid-of-the-next');
      expect(watcher.held()).toEqual({ 'ns/stays': 'red', 'ns/next': 'red' });
      expect(watcher.told).toContain('kustomizations ns/k gone');
      expect(watcher.told.join()).not.toContain('ns/stays');
      await becomesExact('blue');
    }));

  it('shows a certificate of another host, or of an authority unknown to us', () =>
    withOther(async () => {
      const pems = await generate(
        [{ name: 'commonName', value: 'elsewhere' }],
        {
          keySize: 2048,
          extensions: [
            {
              name: 'subjectAltName',
              altNames: [{ type: 2, value: 'elsewhere' }],
            },
          ],
        } as any,
      );
      const tls = { key: pems.private, cert: pems.cert };
      const caData = Buffer.from(pems.cert).toString('base64');
      const other = await watched('one', {
        tls,
        definition: { caData },
        expectLive: false,
      });
      await other.stateIs('untrusted');
      expect(other.watcher.reason).toMatch(
        /^Its certificate is for another host/,
      );
      const unknown = await watched('two', { tls, expectLive: false });
      await unknown.stateIs('untrusted');
      expect(unknown.watcher.reason).toMatch(/certificate authority/);
      const skipped = await watched('three', {
        tls,
        definition: { skipTlsVerify: true },
      });
      await skipped.becomesExact('blue');
    }));

  it('speaks another language: a web page, a flood, endless nonsense', () =>
    withOther(async () => {
      const { cluster, watcher, stateIs, becomesExact } = await watched('one');
      cluster.script = (_, response) => {
        response.end('<html>Sign in</html>');
        return true;
      };
      cluster.closeWatches();
      await stateIs('failing');
      expect(watcher.reason).toMatch(/It sent something that is not JSON/);
      cluster.script = (_, response) => {
        response.end('x'.repeat(3e6));
        return true;
      };
      await until(() => /more than can be read/.test(watcher.reason));
      cluster.script = undefined;
      await becomesExact('blue');
    }));

  it('is not called live again before what is needed is followed again', () =>
    withOther(async () => {
      const limits = { ...QUICK.limits, streamIdleMs: 60_000 };
      const { cluster, watcher, stateIs, becomesExact } = await watched('one', {
        timings: { limits },
      });
      await new Promise(resolve => setTimeout(resolve, QUICK.steadyMs + 50));
      cluster.script = () => true;
      await stateIs('unreachable');
      const before = watcher.readings.length;
      cluster.script = ({ url }) => url.startsWith(DEPLOYMENTS_PATH);
      await until(() => watcher.readings.length > before);
      await new Promise(resolve => setTimeout(resolve, 200));
      const states = watcher.readings.slice(before).map(r => r.state);
      expect(states).not.toContain('live');
      cluster.script = undefined;
      await becomesExact('blue');
    }));
});
