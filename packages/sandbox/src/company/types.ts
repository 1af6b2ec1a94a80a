export interface Person {
  /** Name of the catalog User. */
  name: string;
  title: string;
  email: string;
  /** Name of the squad's Group; absent for platform engineers and visitors. */
  squad?: string;
}

export interface Squad {
  /** Name of the catalog Group, such as `squad-ledger`. */
  name: string;
  title: string;
  domain: string;
  leads: Person[];
  /** Leads are among them. */
  members: Person[];
}

export type WorkloadKind = 'Deployment' | 'StatefulSet' | 'DaemonSet';

export interface Service {
  name: string;
  /** As in artifact.json: empty means the environment's name. */
  namespace: string;
  domain: string;
  squad: Squad;
  /** What artifact.json says; differs from the squad for a few services. */
  artifactSquad: string;
  /** In the order of promotion. */
  environments: string[];
  workload: WorkloadKind;
  language: string;
  port: number;
  hasSecret: boolean;
  hasIngress: boolean;
  hasAutoscaler: boolean;
  /** Share of all builds. */
  weight: number;
  /** Environments that a new artifact of master goes to by itself. */
  autoReleases: string[];
  branchRestrictions: { branchRegex: string; environment: string }[];
  inCatalog: boolean;
  /** False for what stands in the catalog but was never released. */
  inRepository: boolean;
  /** True for the few that came with the first commit and never moved. */
  dormant: boolean;
}

export type Provider = 'aws' | 'azure' | 'gcp';

export interface Cluster {
  name: string;
  provider: Provider;
  region: string;
  /** `platform` is a role and no step of promotion. */
  environment: string;
}

export interface Company {
  seed: number;
  environments: string[];
  squads: Squad[];
  platformEngineers: Person[];
  visitor: Person;
  services: Service[];
  clusters: Cluster[];
}

/** Size and seed of a company. */
export interface CompanyOptions {
  seed: number;
  squads: number;
  services: number;
  clusters: number;
  environments: string[];
}
