/** The texts of activity, which are among those of pages. */
export { usePagesText as useReleasesText } from './usePagesText';
