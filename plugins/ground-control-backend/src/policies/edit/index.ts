export * from './PolicyEditor';
export * from './types';
