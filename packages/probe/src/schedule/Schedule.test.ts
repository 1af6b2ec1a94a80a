import { makeTarget } from '../__testUtils__/makeTarget.ts';
import { until } from '../__testUtils__/until.ts';
import type { Target } from '../types.ts';
import { Schedule } from './Schedule.ts';

/** Probes that end when they are told to. */
class Probes {
  readonly started: string[] = [];
  readonly running = new Map<string, () => void>();
  readonly skipped: string[] = [];
  most = 0;
  readonly schedule = new Schedule({
    jitter: 0.1,
    onSkip: ({ name }) => this.skipped.push(name),
    probe: ({ name }) => {
      this.started.push(name);
      const again = this.running.get(name);
      if (again) throw new Error(`${name} overlaps`);
      return new Promise<void>(resolve => {
        this.running.set(name, () => {
          this.running.delete(name);
          resolve();
        });
        this.most = Math.max(this.most, this.running.size);
      });
    },
  });

  end(name: string): void {
    this.running.get(name)?.();
  }

  count(name: string): number {
    return this.started.filter(one => one === name).length;
  }
}

let probes: Probes;
beforeEach(() => {
  probes = new Probes();
});
afterEach(() => probes.schedule.stop());

const often = (name: string, changes: Partial<Target> = {}) =>
  makeTarget({ name, intervalMs: 20, ...changes });

it('probes again and again', async () => {
  probes.schedule.set([often('a')]);
  await until(
    () => {
      probes.end('a');
      return probes.count('a');
    },
    count => count > 4,
  );
  expect(probes.started.length).toBeGreaterThan(4);
});

it('skips while a probe runs, and goes on afterwards', async () => {
  probes.schedule.set([often('slow'), often('quick')]);
  await until(() => {
    probes.end('quick');
    return probes.count('quick') > 5 && probes.skipped.includes('slow');
  });
  expect(probes.count('slow')).toBe(1);
  probes.end('slow');
  await until(() => probes.count('slow') === 2);
});

it('drops what is gone, keeps what is the same, takes what changed', async () => {
  const [kept, gone] = [often('kept'), often('gone')];
  probes.schedule.set([kept, gone]);
  await until(() => probes.running.size === 2);
  const changed = often('kept', { path: '/other' });
  probes.schedule.set([kept]);
  expect(probes.schedule.has(kept)).toBe(true);
  expect(probes.schedule.has(gone)).toBe(false);
  probes.end('gone');
  probes.end('kept');
  await until(() => probes.count('kept') > 1);
  expect(probes.count('gone')).toBe(1);
  probes.end('kept');
  probes.schedule.set([changed]);
  expect(probes.schedule.has(kept)).toBe(false);
  expect(probes.schedule.has(changed)).toBe(true);
});

it('spreads the first probes over the interval', async () => {
  const names = Array.from({ length: 50 }, (_, i) => `t${i}`);
  probes.schedule.set(names.map(name => often(name, { intervalMs: 400 })));
  await until(() => probes.started.length > 0);
  // In one turn of the loop at most what 400 ms / 50 lets fall together.
  expect(probes.started.length).toBeLessThan(50);
  await until(() => names.every(name => probes.count(name) > 0));
});
