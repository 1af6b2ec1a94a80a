export { formatRequestId, parseRequestId } from './requestId';
export { parseCandidateCursor } from './candidateCursor';
export type { CandidateCursor } from './candidateCursor';
export { parseRequestCursor } from './requestCursor';
export type { RequestCursor } from './requestCursor';
export type { RequestSelection } from './queryRequests';
export { RequestReading } from './RequestReading';
export type { ComparedFiles, ReadingOptions } from './types';
