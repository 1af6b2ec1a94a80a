export { joinEntries } from './joinEntries';
export type { JoinedEntries } from './joinEntries';
export { readGatewayEntries } from './reading/readGatewayEntries';
export type { EntriesElsewhere } from './repository/gatewayRepository';
export type { ReadEntriesRepository } from './types';
