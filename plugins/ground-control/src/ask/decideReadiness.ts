import {
  Permit,
  RequestPreview,
} from '@ground-control/backstage-plugin-ground-control-common';

/** Whether the form can be sent, and why not. */
export type Readiness =
  /** `immediate`: it waits for nobody; absent where that isn't known. */
  | { ready: true; immediate?: boolean; unjudged?: boolean }
  | { ready: false; because: 'choose' | 'judging' | 'not-judged' }
  /** The backend says why, in a sentence. */
  | { ready: false; because: 'refused'; message: string }
  /** Of several: so many can't be asked for. */
  | { ready: false; because: 'some-refused'; count: number };

type Judged = Pick<RequestPreview, 'ask' | 'waitsFor'>;

/**
 * Decides whether what was chosen may be asked for. `askUnjudged` is for the
 * rollback of a failing release: it isn't kept waiting by a preview that
 * fails, because the backend judges it again when it is asked.
 */
export function decideReadiness(given: {
  /** Whether the reader may ask at all; absent where that isn't known yet. */
  ask?: Permit;
  wishes: number;
  previews?: Judged[];
  previewFailed: boolean;
  askUnjudged?: boolean;
}): Readiness {
  const { ask, wishes, previews } = given;
  if (ask && !ask.allowed) {
    return { ready: false, because: 'refused', message: ask.message };
  }
  if (!wishes) return { ready: false, because: 'choose' };
  if (!previews) {
    if (!given.previewFailed) return { ready: false, because: 'judging' };
    return given.askUnjudged
      ? { ready: true, unjudged: true }
      : { ready: false, because: 'not-judged' };
  }
  const refused = previews.filter(preview => !preview.ask.allowed);
  const [first] = refused;
  if (first && !first.ask.allowed) {
    return previews.length === 1
      ? { ready: false, because: 'refused', message: first.ask.message }
      : { ready: false, because: 'some-refused', count: refused.length };
  }
  return {
    ready: true,
    immediate: previews.every(({ waitsFor }) => waitsFor === 'nobody'),
  };
}
