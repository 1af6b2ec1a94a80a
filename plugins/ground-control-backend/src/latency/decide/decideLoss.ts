import { Level } from '../book/types';
import { Thresholds } from './thresholds';

/** One lost probe is no rate of loss. */
const LEAST_LOST = 2;

/** How lossy a link is, by the last five minutes. */
export function decideLoss(
  { ok, failed }: { ok: number; failed: number },
  { elevated, high }: Thresholds,
): Level {
  if (failed < LEAST_LOST) return 0;
  const loss = failed / (ok + failed);
  if (loss >= high.loss) return 2;
  return loss >= elevated.loss ? 1 : 0;
}
