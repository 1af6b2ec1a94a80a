export * from './describeRule';
export * from './mergeRules';
export * from './types';
