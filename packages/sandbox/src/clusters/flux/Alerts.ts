import { createHmac } from 'node:crypto';

const TIMEOUT_MS = 5000;
/** A storm of failures becomes this many alerts, then one each `REFILL_MS`. */
const BURST = 20;
const REFILL_MS = 500;
/** The controller doesn't tell the same again for this long. */
const REPEAT_MS = 300_000;

/** Where a cluster's notification-controller posts, and what it signs with. */
export interface AlertTarget {
  /** `{cluster}` in it stands for the cluster's name. */
  url: string;
  secret: string;
}

export interface AlertBody {
  involvedObject: Record<string, unknown>;
  severity: string;
  timestamp: string;
  message: string;
  reason: string;
  metadata: Record<string, string>;
  reportingController: string;
  reportingInstance: string;
}

/**
 * Flux's notification-controller with a provider of type generic-hmac. What it
 * can't deliver is lost, as with the real one.
 */
export class Alerts {
  private readonly target: AlertTarget;
  private readonly log: (message: string) => void;
  private readonly told = new Map<string, number>();
  private room = BURST;
  private refilledAt = Date.now();
  private lastFailure = '';

  constructor(
    cluster: string,
    target: AlertTarget,
    log: (message: string) => void,
  ) {
    this.target = {
      ...target,
      url: target.url.replaceAll('{cluster}', encodeURIComponent(cluster)),
    };
    this.log = log;
  }

  /** Never throws: the cluster lives on when nobody listens. */
  send(body: AlertBody): void {
    if (this.mayTell(body)) {
      this.post(JSON.stringify(body));
    }
  }

  private mayTell({ involvedObject, reason, message, metadata }: AlertBody) {
    const now = Date.now();
    const key = JSON.stringify([
      involvedObject.namespace,
      involvedObject.name,
      reason,
      message,
      metadata.revision,
    ]);
    for (const [other, at] of this.told) {
      if (now - at < REPEAT_MS) {
        break;
      }
      this.told.delete(other);
    }
    this.room = Math.min(
      BURST,
      this.room + (now - this.refilledAt) / REFILL_MS,
    );
    this.refilledAt = now;
    if (this.told.has(key) || this.room < 1) {
      return false;
    }
    this.told.set(key, now);
    this.room -= 1;
    return true;
  }

  private async post(body: string): Promise<void> {
    const digest = createHmac('sha256', this.target.secret)
      .update(body)
      .digest('hex');
    let failure = '';
    try {
      const response = await fetch(this.target.url, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          'gotk-component': 'kustomize-controller',
          'x-signature': `sha256=${digest}`,
        },
        body,
        signal: AbortSignal.timeout(TIMEOUT_MS),
      });
      await response.body?.cancel();
      if (!response.ok) {
        failure = `An alert was answered with ${response.status}`;
      }
    } catch (error) {
      const { message, cause } = error as Error;
      const reason = cause instanceof Error ? cause.message : message;
      failure = `An alert could not be delivered: ${reason}`;
    }
    // Said once, however often it fails in the same way.
    if (failure && failure !== this.lastFailure) {
      this.log(failure);
    }
    this.lastFailure = failure;
  }
}
