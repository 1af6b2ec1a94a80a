import { ask } from './__testUtils__/policyRows';
import { BUILT_IN_POLICIES } from './builtInPolicies';

describe('built-in policies', () => {
  it('are in the order in which they are shown', () => {
    expect(BUILT_IN_POLICIES.map(({ id }) => id)).toEqual([
      'policy-file',
      'branch',
      'soak',
      'tests',
      'vulnerabilities',
      'links',
      'freeze',
      'owner',
    ]);
    // Of a file that can be read there is nothing to say.
    expect(ask('policy-file', {})).toBeUndefined();
  });
});
