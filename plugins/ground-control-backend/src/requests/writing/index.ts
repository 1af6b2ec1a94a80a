export { CommitSettler } from './CommitSettler';
export { RequestWriter } from './RequestWriter';
export type { RequestWriterOptions } from './RequestWriter';
export type { WriterTurn, WritingSettings } from './types';
