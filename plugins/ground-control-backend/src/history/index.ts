export { GitSourceHistory } from './git/GitSourceHistory';
export { readHistoryConfig } from './readHistoryConfig';
export type { SourceHistorySettings } from './readHistoryConfig';
export { SourceHistoryService } from './SourceHistoryService';
export { forgetHistoryProblems } from './store/historyProblems';
