/**
 * The words of Ground Control as types and schemas, its permissions and its
 * API client.
 *
 * @packageDocumentation
 */
export * from './activity';
export * from './annotations';
export * from './artifact';
export * from './audit';
export * from './board';
export * from './cluster';
export * from './commitSearch';
export * from './GroundControlClient';
export * from './linkAccess';
export * from './linkFacts';
export * from './linkMatrix';
export * from './links';
export * from './manifestDiff';
export * from './permissions';
export * from './policies';
export * from './problem';
export * from './release';
export * from './releaseChoices';
export * from './request';
export * from './requestDetail';
export * from './requestForms';
export * from './repositoryStatus';
export * from './serviceRef';
export * from './signals';
export * from './verdict';
