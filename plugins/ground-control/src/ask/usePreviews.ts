import {
  ReleaseWish,
  RequestPreview,
} from '@ground-control/backstage-plugin-ground-control-common';
import { useGroundControlApi } from '../hooks/useGroundControlApi';
import { Live } from '../hooks/useLive';
import { usePreview } from '../hooks/usePreview';

/** Who steps through the choices with the arrow keys asks once. */
const CHOOSING_MS = 250;

/** What wishes would come to, judged again when something changes. */
export function usePreviews(wishes: ReleaseWish[]): Live<RequestPreview[]> {
  const api = useGroundControlApi();
  return usePreview(
    wishes,
    async (asked, signal) =>
      asked.length ? api.previewRequests(asked, signal) : [],
    { kinds: ['releases', 'requests'], delayMs: CHOOSING_MS },
  );
}
