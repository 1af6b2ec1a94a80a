import { ScrapeProfile } from '../types';
import { blackboxProfile } from './blackbox';
import { linkerdProfile } from './linkerd';
import { probeProfile } from './probe';

/** All kinds of metrics that are read; a new one is a file and a line here. */
export const scrapeProfiles: readonly ScrapeProfile[] = [
  probeProfile,
  linkerdProfile,
  blackboxProfile,
];
