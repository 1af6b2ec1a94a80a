import { useGroundControlApi } from '../hooks/useGroundControlApi';
import { useLive } from '../hooks/useLive';
import { RepositoryBanner } from './RepositoryBanner';

/** The banner of a page whose own data doesn't tell how the config repository is read. */
export function RepositoryState() {
  const api = useGroundControlApi();
  const { data } = useLive(
    'repository',
    signal => api.getRepositoryStatus(signal),
    ['repository'],
  );
  return data ? <RepositoryBanner repository={data} /> : null;
}
