export { classifyError } from './classifyError';
export { classifyStatus } from './classifyStatus';
export { KubeFault } from './KubeFault';
export type { KubeFaultKind } from './KubeFault';
export { KubeGate } from './KubeGate';
export { KubeMetrics } from './KubeMetrics';
export { DEFAULT_LIMITS } from './limits';
export type { KubeLimits } from './limits';
export type { ObjectName } from './NameFinder';
