/** The portal's own link: leads to what data name, also out of the portal, and the portal's analytics hear of it. */
export { Link as PortalLink } from '@backstage/core-components';
