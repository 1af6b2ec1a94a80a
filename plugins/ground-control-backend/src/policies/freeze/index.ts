export * from './findFreeze';
export * from './formatFreeze';
export * from './parseFreezeTime';
