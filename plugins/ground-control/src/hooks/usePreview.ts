import { ChangeSignal } from '@ground-control/backstage-plugin-ground-control-common';
import { Live, useLive } from './useLive';
import { useSettled } from './useSettled';

/**
 * What something that is chosen or typed would come to: asked once it stays for
 * a moment, and again when something changes.
 */
export function usePreview<W, T>(
  wish: W,
  preview: (wish: W, signal: AbortSignal) => Promise<T>,
  options: { kinds: ChangeSignal['kind'][]; delayMs: number },
): Live<T> {
  const key = JSON.stringify(wish);
  const settled = useSettled(key, options.delayMs);
  const live = useLive(
    `preview ${settled}`,
    signal => preview(JSON.parse(settled), signal),
    options.kinds,
  );
  // What is judged is not what is chosen, for a moment.
  return settled === key
    ? live
    : { loading: true, refresh: live.refresh, data: undefined };
}
