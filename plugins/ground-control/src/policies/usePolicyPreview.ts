import {
  PolicyEdit,
  PolicyPreview,
} from '@ground-control/backstage-plugin-ground-control-common';
import { useGroundControlApi } from '../hooks/useGroundControlApi';
import { Live } from '../hooks/useLive';
import { usePreview } from '../hooks/usePreview';

/** Who types asks once. */
const TYPING_MS = 300;

/** What a change would come to, looked at again when the files change. */
export function usePolicyPreview(edit: PolicyEdit): Live<PolicyPreview> {
  const api = useGroundControlApi();
  return usePreview(
    edit,
    (settled, signal) => api.previewPolicies(settled, signal),
    { kinds: ['commits', 'requests'], delayMs: TYPING_MS },
  );
}
