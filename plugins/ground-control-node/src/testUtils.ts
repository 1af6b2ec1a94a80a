/**
 * Builders for tests, with real git.
 *
 * @packageDocumentation
 */
export * from './testing/TestRepository';
export * from './testing/createRecordingLogger';
export * from './testing/GitHttpServer';
