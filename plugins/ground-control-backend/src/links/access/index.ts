export { AccessReading } from './AccessReading';
export { AskAccess } from './AskAccess';
export { changeEntries } from './changeEntries';
export { createAccessRequests } from './createAccessRequests';
export { decideAccess } from './decideAccess';
