export * from './createPolicyJudge';
export * from './readPoliciesConfig';
export * from './types';
