import { GatewayProbe } from './GatewayProbe.ts';
import { formatFigures } from './formatFigures.ts';

interface Target {
  port: number;
  /** Absent until somebody has asked for the source's metrics. */
  probe?: GatewayProbe;
}

/**
 * The metrics of each cluster's service mirror. It begins to probe when they are
 * first asked for: what nobody reads shall cost nothing.
 */
export class ServiceMirrorMetrics {
  private readonly sources = new Map<string, Map<string, Target>>();
  private readonly read = new Set<string>();

  add(from: string, to: string, port: number): void {
    const targets = this.sources.get(from) ?? new Map<string, Target>();
    this.sources.set(from, targets);
    if (!targets.has(to)) {
      targets.set(to, {
        port,
        ...(this.read.has(from) ? { probe: new GatewayProbe(port) } : {}),
      });
    }
  }

  remove(from: string, to: string): void {
    const targets = this.sources.get(from);
    targets?.get(to)?.probe?.stop();
    targets?.delete(to);
  }

  format(from: string): string {
    const targets = this.sources.get(from) ?? new Map<string, Target>();
    this.read.add(from);
    return formatFigures(
      new Map(
        [...targets].map(([to, target]) => {
          target.probe ??= new GatewayProbe(target.port);
          return [to, target.probe.figures];
        }),
      ),
    );
  }

  stop(): void {
    this.sources.forEach(targets =>
      targets.forEach(({ probe }) => probe?.stop()),
    );
  }
}
