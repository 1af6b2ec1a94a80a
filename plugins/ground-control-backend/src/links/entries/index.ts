export { joinEntries } from './joinEntries';
export { readGatewayEntries } from './reading/readGatewayEntries';
