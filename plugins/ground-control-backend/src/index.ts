/**
 * The backend plugin of Ground Control.
 *
 * @packageDocumentation
 */
export { groundControlPlugin as default } from './plugin';
export {
  createGroundControlConditionalDecision,
  groundControlConditions,
} from './permissions';
export type { ServiceFilter, ServiceResource } from './permissions';
