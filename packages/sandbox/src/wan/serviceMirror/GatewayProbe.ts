import { get } from 'node:http';
import type { GatewayFigures } from './formatFigures.ts';
import { noFigures, noteFailure, noteSuccess } from './formatFigures.ts';

const HOST = '127.0.0.1';
/** As the Links of the embedded clusters say. */
const PERIOD_MS = 3000;
const TIMEOUT_MS = 3000;

/** What a service mirror does by itself: it asks a gateway, again and again. */
export class GatewayProbe {
  readonly figures: GatewayFigures = noFigures();
  private readonly port: number;
  private timer: NodeJS.Timeout | undefined;
  private isStopped = false;

  constructor(port: number) {
    this.port = port;
    this.timer = setTimeout(() => this.probe(), PERIOD_MS * Math.random());
  }

  stop(): void {
    this.isStopped = true;
    clearTimeout(this.timer);
  }

  private async probe(): Promise<void> {
    const began = performance.now();
    if (await this.ask()) {
      noteSuccess(this.figures, performance.now() - began);
    } else {
      noteFailure(this.figures);
    }
    if (!this.isStopped) {
      this.timer = setTimeout(() => this.probe(), PERIOD_MS);
    }
  }

  private ask(): Promise<boolean> {
    return new Promise(resolve => {
      const request = get(
        {
          host: HOST,
          port: this.port,
          path: '/ready',
          agent: false,
          timeout: TIMEOUT_MS,
        },
        response => {
          response.resume();
          response.on('end', () => resolve(response.statusCode === 200));
          response.on('error', () => resolve(false));
        },
      );
      request.on('timeout', () => request.destroy());
      request.on('error', () => resolve(false));
      request.on('close', () => resolve(false));
    });
  }
}
