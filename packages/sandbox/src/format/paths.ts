/** The folder of a release; an empty namespace means the environment's name. */
export function releaseFolder(
  environment: string,
  namespace: string,
  service: string,
): string {
  return `${environment}/releases/${namespace || environment}/${service}`;
}

/** Where release-manager moves the Flux Kustomization to. */
export function kustomizationPath(
  environment: string,
  namespace: string,
  service: string,
): string {
  return `clusters/${environment}/${namespace || environment}/${service}.yaml`;
}

export function policyPath(service: string): string {
  return `policies/${service}.json`;
}
