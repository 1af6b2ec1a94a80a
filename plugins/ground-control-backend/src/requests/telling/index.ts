export { REQUEST_TOPIC, TellService } from './TellService';
export type { TellServiceOptions } from './TellService';
