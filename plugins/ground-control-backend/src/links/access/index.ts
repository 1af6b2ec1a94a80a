export { AccessReading } from './AccessReading';
export { changeEntries } from './changeEntries';
export { decideAccess } from './decideAccess';
