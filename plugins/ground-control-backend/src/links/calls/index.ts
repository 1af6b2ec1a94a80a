export { joinCalls } from './joinCalls';
export { readLinkCalls } from './readLinkCalls';
