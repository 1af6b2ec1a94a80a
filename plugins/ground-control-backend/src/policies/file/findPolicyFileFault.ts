import { FileFault } from '@ground-control/backstage-plugin-ground-control-node';
import { POLICY_FILE, PolicyFileFault, readPolicyFile } from './readPolicyFile';

/** What is wrong, as a sentence. */
export function formatPolicyFault(fault: PolicyFileFault): string {
  const where = fault.line === undefined ? '' : `, line ${fault.line}`;
  return `${POLICY_FILE}${where}: ${fault.message}.`;
}

/** Says what is wrong with a `ground-control.yaml`, or nothing. It is never quoted. */
export function findPolicyFileFault(content: Buffer): FileFault | undefined {
  const file = readPolicyFile(content);
  const levels = [file.defaults, ...file.squads, ...file.services];
  const fault = file.fault ?? levels.map(level => level.fault).find(one => one);
  return (
    fault && {
      fault: `The policies can't be used as they are: ${formatPolicyFault(
        fault,
      )} Until it is mended, what that part is about is not released where approvals are needed.`,
    }
  );
}
