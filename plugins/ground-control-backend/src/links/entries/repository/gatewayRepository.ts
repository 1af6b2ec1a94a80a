import { NamedRepository } from '../../../gitops/describeFault';
import { RepositoryFiles } from '../../../gitops/MirrorFiles';

/** The repository of the gateway's file, as people are told of it. */
export const GATEWAY_REPOSITORY: NamedRepository = {
  name: 'The repository of gateway entries',
  where: 'groundControl.gateway.repository',
};

/** Under which the tables have it, beside the config repository that it belongs to. */
export function toGatewayRepository(repository: string): string {
  return `${repository}:gateway`;
}

/** A repository beside the config repository in which the gateway's file lies. */
export interface EntriesElsewhere {
  /** Host and path, for people; without credentials. */
  name: string;
  /** Reads it as this process last fetched it. */
  files: RepositoryFiles;
}
