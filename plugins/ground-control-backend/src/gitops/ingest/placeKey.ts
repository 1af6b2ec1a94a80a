import { ServiceEnvironmentRow } from '../types';

/** Where a service is, of an environment. */
export type Place = Pick<
  ServiceEnvironmentRow,
  'environment' | 'namespace' | 'service'
>;

/** The path part of a place: environment, folder, service. */
export function placeKey(
  environment: string,
  folder: string,
  service: string,
): string {
  return `${environment}/${folder}/${service}`;
}

/** The place of a service; one without a namespace lies under the environment's own name. */
export function placeKeyOf(row: Place): string {
  return placeKey(
    row.environment,
    row.namespace || row.environment,
    row.service,
  );
}

/** The namespaces that a release in the same folder may have. */
export function namespacesAt({ environment, namespace }: Place): string[] {
  return namespace === '' || namespace === environment
    ? ['', environment]
    : [namespace];
}
