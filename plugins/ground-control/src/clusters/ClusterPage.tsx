import { useParams } from 'react-router-dom';
import { usePageTitle } from '../hooks/usePageTitle';
import { PageHeading } from '../pages/PageHeading';
import { ClusterView } from './ClusterView';

/** `/releases/clusters/:name`: one cluster. */
export function ClusterPage() {
  const { name = '' } = useParams();
  usePageTitle(name);
  return (
    <ClusterView
      key={name}
      name={name}
      heading={<PageHeading>{name}</PageHeading>}
    />
  );
}
