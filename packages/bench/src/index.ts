export { measurements } from './measurements.ts';
export type { Context, Figure, Measurement, PortalOptions } from './types.ts';
