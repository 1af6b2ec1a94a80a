import { ServiceRef } from '@ground-control/backstage-plugin-ground-control-common';
import { LayoutPlace } from '@ground-control/backstage-plugin-ground-control-node';

/** An artifact without a namespace lies in a folder named as its environment. */
export function readNamespace({ environment, folder }: LayoutPlace): string {
  return folder === environment ? '' : folder;
}

/** The pair of {@link readNamespace}. */
export function formatPlace(
  environment: string,
  { namespace, name }: ServiceRef,
): LayoutPlace {
  return { environment, folder: namespace || environment, service: name };
}

/** The folder that a release replaces as a whole. */
export function formatReleaseFolder(place: LayoutPlace): string {
  return `${place.environment}/releases/${place.folder}/${place.service}`;
}

/** Where the Flux Kustomization of a release is moved to. */
export function formatKustomizationPath(place: LayoutPlace): string {
  return `clusters/${place.environment}/${place.folder}/${place.service}.yaml`;
}
