export { createAlertHandler } from './createAlertHandler';
export { readAlertSecrets } from './readAlertSecrets';
