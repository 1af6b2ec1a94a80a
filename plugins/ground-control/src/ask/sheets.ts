/** All sheets of forms, in one chunk: they are made of the same parts. */
export { BatchSheet } from './BatchSheet';
export { RequestSheet } from './RequestSheet';
export { RollbackSheet } from './RollbackSheet';
