import { decideBranch } from './decideBranch';
import { decideFile } from './decideFile';
import { decideFreeze } from './decideFreeze';
import { decideLinks } from './decideLinks';
import { decideOwner } from './decideOwner';
import { decideSoak } from './decideSoak';
import { decideTests } from './decideTests';
import { decideVulnerabilities } from './decideVulnerabilities';
import { Decide } from './types';

/**
 * The built-in policies, in the order in which they are shown. The first
 * speaks only where policies can't be read, and `links` where a rule asks, or
 * the service may call somebody over a link.
 */
export const BUILT_IN_POLICIES: ReadonlyArray<{ id: string; decide: Decide }> =
  [
    { id: 'policy-file', decide: decideFile },
    { id: 'branch', decide: decideBranch },
    { id: 'soak', decide: decideSoak },
    { id: 'tests', decide: decideTests },
    { id: 'vulnerabilities', decide: decideVulnerabilities },
    { id: 'links', decide: decideLinks },
    { id: 'freeze', decide: decideFreeze },
    { id: 'owner', decide: decideOwner },
  ];
