import { ServiceRef } from '@ground-control/backstage-plugin-ground-control-common';

/** What the sheets of a service's forms are given. */
export interface FormProps {
  service: ServiceRef;
  /** Undefined where the address names one that the service hasn't got. */
  environment?: string;
  /** The service's environments, in the order of promotion. */
  environments: string[];
  onEnvironment(environment: string): void;
  onClose(): void;
}
