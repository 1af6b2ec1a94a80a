export * from './buildRuleLevel';
export * from './describeIssue';
export * from './findLevels';
export * from './findPolicyFileFault';
export * from './levelSchema';
export * from './readPolicyFile';
