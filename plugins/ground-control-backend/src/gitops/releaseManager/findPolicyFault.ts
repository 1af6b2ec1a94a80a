import { FileFault } from '@ground-control/backstage-plugin-ground-control-node';
import { readPolicies } from './servicePolicies';

/** Says what is wrong with a service's policy file, or nothing. */
export function findPolicyFault(
  content: Buffer,
  service?: string,
): FileFault | undefined {
  // Ground Control's own file is of another form.
  if (service === undefined) return undefined;
  const read = readPolicies(content, service);
  return 'fault' in read ? read : undefined;
}
