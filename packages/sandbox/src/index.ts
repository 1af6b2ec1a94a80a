/**
 * The embedded world: a config repository, artifacts, people and a catalog of
 * a company that doesn't exist, for development and tests.
 *
 * @packageDocumentation
 */
export { createWorld } from './world/createWorld.ts';
export type { CreateWorldOptions } from './world/createWorld.ts';
export { advanceWorld } from './world/advanceWorld.ts';
export type { World, WorldCounts } from './world/types.ts';
export type { WorldOptions } from './world/options.ts';
export { startSandbox } from './server/startSandbox.ts';
export type { Sandbox, SandboxOptions } from './server/startSandbox.ts';
export { SIGN_IN_PEOPLE } from './catalog/signInPeople.ts';
