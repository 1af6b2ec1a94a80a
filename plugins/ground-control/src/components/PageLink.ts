/** A link within the portal that the router follows and nobody counts. */
export { Link as PageLink } from 'react-router-dom';
