import { OutgoingHttpHeaders } from 'node:http';

/** How something lets us in, read anew for each question. */
export interface ReadAccess {
  headers: OutgoingHttpHeaders;
  tls: { ca?: string; rejectUnauthorized?: boolean };
  /** We show nothing to be known by. */
  isAnonymous: boolean;
}
