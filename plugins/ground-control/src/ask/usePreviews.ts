import { useApi } from '@backstage/core-plugin-api';
import {
  ReleaseWish,
  RequestPreview,
} from '@ground-control/backstage-plugin-ground-control-common';
import { groundControlApiRef } from '../api';
import { Live, useLive } from '../hooks/useLive';
import { useSettled } from '../hooks/useSettled';

/** Who steps through the choices with the arrow keys asks once. */
const CHOOSING_MS = 250;

/** What wishes would come to, judged again when something changes. */
export function usePreviews(wishes: ReleaseWish[]): Live<RequestPreview[]> {
  const api = useApi(groundControlApiRef);
  const key = JSON.stringify(wishes);
  const settled = useSettled(key, CHOOSING_MS);
  const live = useLive(
    `preview ${settled}`,
    async signal => {
      const asked: ReleaseWish[] = JSON.parse(settled);
      return asked.length ? api.previewRequests(asked, signal) : [];
    },
    ['releases', 'requests'],
  );
  // What is judged is not what is chosen, for a moment.
  return settled === key
    ? live
    : { loading: true, refresh: live.refresh, data: undefined };
}
