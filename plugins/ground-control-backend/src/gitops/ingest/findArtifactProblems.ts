import { LayoutPlace } from '@ground-control/backstage-plugin-ground-control-node';
import { FoundProblem } from './problems';
import { FileReading } from './types';

/** What is wrong with the artifact of a place, as it was read. */
export function findArtifactProblems(
  reading: FileReading,
  place: LayoutPlace,
  namespace: string,
  path: string,
): FoundProblem[] {
  const where = {
    path,
    environment: place.environment,
    namespace,
    service: place.service,
  };
  if (reading.kind === 'fault') {
    const code = reading.tooLarge ? 'artifact-too-large' : 'artifact-invalid';
    return [{ code, message: reading.fault, ...where }];
  }
  if (reading.kind !== 'artifact') return [];
  const { artifact } = reading.described;
  const wrongService =
    artifact.service !== '' && artifact.service !== place.service;
  const wrongNamespace =
    artifact.namespace !== '' && artifact.namespace !== place.folder;
  if (!wrongService && !wrongNamespace) return [];
  return [
    {
      code: 'artifact-mismatch',
      message: `The artifact says that it is of another ${
        wrongService ? 'service' : 'namespace'
      } than the folder it lies in; the folder counts. Release it again where it belongs.`,
      ...where,
    },
  ];
}
