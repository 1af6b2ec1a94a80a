import { setImmediate as turn } from 'node:timers/promises';
import type { Source, Target } from '../types.ts';
import { AgentMetrics } from './AgentMetrics.ts';
import { formatHead, formatSamples } from './formatMetric.ts';
import { TargetMetrics } from './TargetMetrics.ts';

/** Longer without a look at the sockets would be seen in the measurements. */
const SLICE_MS = 1;
/**
 * The share of the time it took so far that a slice may take besides. Where
 * the processor is short each look takes long, and it must end nevertheless.
 */
const SLICE_GROWTH = 0.02;

/** All series, and their text. */
export class ProbeMetrics {
  readonly agent: AgentMetrics;
  readonly #source: Source;
  readonly #targets = new Map<string, TargetMetrics>();
  #writing?: Promise<string>;

  constructor(source: Source) {
    this.#source = source;
    this.agent = new AgentMetrics(source);
  }

  /** Makes the series of new targets; those of targets that are gone go. */
  set(targets: readonly Target[]): void {
    const wanted = new Set<string>();
    for (const target of targets) {
      // With another provider they are other series.
      const key = JSON.stringify([target.name, target.provider]);
      wanted.add(key);
      const present = this.#targets.get(key);
      if (present) present.planned(target);
      else this.#targets.set(key, new TargetMetrics(this.#source, target));
    }
    for (const key of this.#targets.keys()) {
      if (!wanted.has(key)) this.#targets.delete(key);
    }
    this.agent.targets(targets);
  }

  of({ name, provider }: Target): TargetMetrics | undefined {
    return this.#targets.get(JSON.stringify([name, provider]));
  }

  /**
   * Everything in Prometheus' text format. It is written in small pieces, with
   * a look at the sockets between them: hundreds of targets make megabytes,
   * and no measurement may wait for them. Those who ask meanwhile share it.
   */
  write(): Promise<string> {
    this.#writing ??= this.#write().finally(() => {
      this.#writing = undefined;
    });
    return this.#writing;
  }

  async #write(): Promise<string> {
    const parts: string[] = [];
    const all = [...this.#targets.values()].map(target => target.all());
    const began = performance.now();
    let since = began;
    for (let i = 0; i < (all[0]?.length ?? 0); i++) {
      for (const [index, metrics] of all.entries()) {
        const read = await metrics[i].get();
        if (index === 0) parts.push(formatHead(read));
        parts.push(formatSamples(read));
        const now = performance.now();
        if (now - since > SLICE_MS + SLICE_GROWTH * (now - began)) {
          await turn();
          since = performance.now();
        }
      }
    }
    parts.push(await this.agent.registry.metrics());
    return parts.join('');
  }
}
