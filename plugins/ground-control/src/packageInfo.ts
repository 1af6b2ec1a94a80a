/** What a portal shows of a plugin's package, without what only tools read. */
export { name, version, description } from '../package.json';
