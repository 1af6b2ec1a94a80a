import { LoggerService } from '@backstage/backend-plugin-api';
import { SignalsService } from '@backstage/plugin-signals-node';
import {
  ChangeSignal,
  SIGNAL_CHANNEL,
} from '@ground-control/backstage-plugin-ground-control-common';

/** Of one kind; every open page asks anew on each. */
const MOST_OFTEN_MS = 1_000;

/**
 * Tells open pages that something changed, at most once a second for each
 * kind. The last change of a burst is always told, because the pages that
 * asked on the first one don't know of it.
 */
export class ChangeSignals {
  /** Begins with the time, so that it grows over a restart too. */
  private sequence = Date.now();
  private readonly resting = new Map<
    ChangeSignal['kind'],
    { timer: NodeJS.Timeout; wanted: boolean }
  >();

  constructor(
    private readonly options: {
      signals: SignalsService;
      logger: LoggerService;
    },
  ) {}

  publish(kind: ChangeSignal['kind']): void {
    const rest = this.resting.get(kind);
    if (rest) {
      rest.wanted = true;
      return;
    }
    const timer = setTimeout(() => this.wake(kind), MOST_OFTEN_MS);
    timer.unref();
    this.resting.set(kind, { timer, wanted: false });
    this.send(kind);
  }

  /** Sends nothing more. */
  stop(): void {
    for (const { timer } of this.resting.values()) clearTimeout(timer);
    this.resting.clear();
  }

  private wake(kind: ChangeSignal['kind']) {
    const rest = this.resting.get(kind);
    this.resting.delete(kind);
    if (rest?.wanted) this.publish(kind);
  }

  private send(kind: ChangeSignal['kind']) {
    this.sequence += 1;
    const message = { sequence: this.sequence, kind };
    this.options.signals
      .publish({
        channel: SIGNAL_CHANNEL,
        recipients: { type: 'broadcast' },
        message,
      })
      .catch(error =>
        // Pages ask at intervals as well: a lost signal costs some seconds.
        this.options.logger.warn(`A signal could not be published: ${error}`),
      );
  }
}
