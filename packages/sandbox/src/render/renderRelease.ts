import { formatReleaseMessage } from '../format/formatReleaseMessage.ts';
import { kustomizationPath, releaseFolder } from '../format/paths.ts';
import { RELEASE_MANAGER } from '../simulation/context.ts';
import type { Change, Commit, ReleaseEvent } from '../simulation/types.ts';
import type { Service } from '../company/types.ts';
import type { Build } from '../simulation/types.ts';
import { renderArtifact } from './renderArtifact.ts';
import { KUSTOMIZATION_FILE, renderManifests } from './renderManifests.ts';

/** What a release changes: the whole folder, and the Kustomization beside. */
export function releaseChanges(
  service: Service,
  environment: string,
  build: Build,
): Change[] {
  const { name, namespace } = service;
  const files = renderManifests(service, environment, build);
  const kustomization = files.find(file => file.name === KUSTOMIZATION_FILE)!;
  return [
    {
      kind: 'folder',
      path: releaseFolder(environment, namespace, name),
      files: [
        ...files.filter(file => file !== kustomization),
        { name: 'artifact.json', content: renderArtifact(service, build) },
      ],
    },
    {
      kind: 'file',
      path: kustomizationPath(environment, namespace, name),
      content: kustomization.content,
    },
  ];
}

/** A release as release-manager commits it: its one identity, in UTC. */
export function renderRelease(event: ReleaseEvent): Commit {
  const { service, environment, build } = event;
  return {
    author: RELEASE_MANAGER,
    committer: RELEASE_MANAGER,
    at: event.at,
    zone: '+0000',
    message: formatReleaseMessage({
      service: service.name,
      environment,
      artifactId: build.id,
      releaser: event.releaser,
      creator: build.author,
      intent: event.intent,
    }),
    changes: releaseChanges(service, environment, build),
  };
}
