export { AccessService } from './AccessService';
export { applyServiceAccess } from './applyServiceAccess';
export { isServiceAllowed } from './isServiceAllowed';
export { registerPermissions } from './registerPermissions';
export {
  createGroundControlConditionalDecision,
  groundControlConditions,
  serviceResourceRef,
  serviceRules,
} from './serviceRules';
export * from './types';
