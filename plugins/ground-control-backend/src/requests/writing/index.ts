export { CommitSettler } from './CommitSettler';
export { RequestWriter } from './RequestWriter';
export type { RequestWriterOptions } from './RequestWriter';
export type { WritingSettings } from './types';
