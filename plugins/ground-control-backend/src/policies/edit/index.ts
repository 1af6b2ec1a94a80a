export * from './PoliciesService';
export * from './PolicyEditor';
export * from './PolicyWriter';
export * from './types';
