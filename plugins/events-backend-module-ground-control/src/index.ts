/**
 * Lets the Git server of the config repository tell of a push.
 *
 * @packageDocumentation
 */
export { eventsModuleGroundControl as default } from './module';
