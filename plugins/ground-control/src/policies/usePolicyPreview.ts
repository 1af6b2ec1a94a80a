import {
  PolicyEdit,
  PolicyPreview,
} from '@ground-control/backstage-plugin-ground-control-common';
import { useGroundControlApi } from '../hooks/useGroundControlApi';
import { Live, useLive } from '../hooks/useLive';
import { useSettled } from '../hooks/useSettled';

/** Who types asks once. */
const TYPING_MS = 300;

/** What a change would come to, looked at again when the files change. */
export function usePolicyPreview(edit: PolicyEdit): Live<PolicyPreview> {
  const api = useGroundControlApi();
  const key = JSON.stringify(edit);
  const settled = useSettled(key, TYPING_MS);
  const live = useLive(
    `policy preview ${settled}`,
    signal => api.previewPolicies(JSON.parse(settled), signal),
    ['repository', 'requests'],
  );
  // What was looked at is not what is in the fields, for a moment.
  return settled === key
    ? live
    : { loading: true, refresh: live.refresh, data: undefined };
}
