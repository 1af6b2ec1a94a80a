import { useParams } from 'react-router-dom';
import {
  formatServiceRef,
  parseServicePath,
} from '@ground-control/backstage-plugin-ground-control-common';
import { RepositoryState } from '../components/RepositoryState';
import { usePageTitle } from '../hooks/usePageTitle';
import { PageHeading } from '../pages/PageHeading';
import { ServiceReleases } from './ServiceReleases';

/** `/releases/services/:namespace/:name`: a service's releases. */
export function ServicePage() {
  const { namespace = '', name = '' } = useParams();
  const service = parseServicePath(namespace, name);
  const title = formatServiceRef(service);
  usePageTitle(title);
  return (
    <>
      <PageHeading>{title}</PageHeading>
      <RepositoryState />
      <ServiceReleases key={title} service={service} />
    </>
  );
}
