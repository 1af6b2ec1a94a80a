import { LoggerService } from '@backstage/backend-plugin-api';
import { SignalsService } from '@backstage/plugin-signals-node';
import {
  ChangeSignal,
  SIGNAL_CHANNEL,
} from '@ground-control/backstage-plugin-ground-control-common';

/** Of one kind; every open page that it concerns asks anew on each. */
const MOST_OFTEN_MS = 1_000;
/** What more squads than that changed of is told to all. */
const MOST_MARKS = 50;

/** Marks of squads; of all where any may be concerned. */
type Concerned = Set<string> | 'all';

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
    { timer: NodeJS.Timeout; wanted?: Concerned }
  >();

  constructor(
    private readonly options: {
      signals: SignalsService;
      logger: LoggerService;
    },
  ) {}

  /** @param marks - of the squads whose services changed; absent for any */
  publish(kind: ChangeSignal['kind'], marks?: string[]): void {
    this.tell(kind, marks ? new Set(marks) : 'all');
  }

  /** Sends nothing more. */
  stop(): void {
    for (const { timer } of this.resting.values()) clearTimeout(timer);
    this.resting.clear();
  }

  private tell(kind: ChangeSignal['kind'], concerned: Concerned) {
    const rest = this.resting.get(kind);
    if (rest) {
      rest.wanted = join(rest.wanted, concerned);
      return;
    }
    const timer = setTimeout(() => this.wake(kind), MOST_OFTEN_MS);
    timer.unref();
    this.resting.set(kind, { timer });
    this.send(kind, concerned);
  }

  private wake(kind: ChangeSignal['kind']) {
    const rest = this.resting.get(kind);
    this.resting.delete(kind);
    if (rest?.wanted) this.tell(kind, rest.wanted);
  }

  private send(kind: ChangeSignal['kind'], concerned: Concerned) {
    this.sequence += 1;
    const message = {
      sequence: this.sequence,
      kind,
      ...(concerned !== 'all' &&
        concerned.size <= MOST_MARKS && { marks: [...concerned] }),
    };
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

function join(before: Concerned | undefined, more: Concerned): Concerned {
  if (before === 'all' || more === 'all') return 'all';
  return new Set([...(before ?? []), ...more]);
}
