import { LayoutPath } from '@ground-control/backstage-plugin-ground-control-node';

/**
 * Reads a path as release-manager lays it out:
 * `<env>/releases/<namespace>/<service>/…`, `clusters/<env>/<namespace>/<service>.yaml`,
 * `policies/<service>.json`. Names are not judged here.
 */
export function readPath(path: string): LayoutPath {
  const parts = path.split('/');
  if (parts[1] === 'releases' && parts[0] !== '') {
    const [environment, , folder, service] = parts;
    if (parts.length === 2) return { kind: 'environment-folder', environment };
    if (parts.length === 3) return { kind: 'other' };
    if (parts.length === 4) {
      return { kind: 'release-folder', environment, folder, service };
    }
    const isArtifact = parts.length === 5 && parts[4] === 'artifact.json';
    return {
      kind: isArtifact ? 'artifact' : 'manifest',
      environment,
      folder,
      service,
    };
  }
  if (parts[0] === 'clusters' && parts.length === 4) {
    const [, environment, folder, file] = parts;
    if (!file.endsWith('.yaml')) return { kind: 'other' };
    const service = file.slice(0, -'.yaml'.length);
    return { kind: 'manifest', environment, folder, service };
  }
  if (parts[0] === 'policies' && parts.length === 2) {
    return parts[1].endsWith('.json')
      ? { kind: 'policy', service: parts[1].slice(0, -'.json'.length) }
      : { kind: 'other' };
  }
  return path === 'ground-control.yaml'
    ? { kind: 'policy' }
    : { kind: 'other' };
}
