/**
 * Requests, a request, their trail, and the policies that judge them: whoever
 * opens the one opens another, and they are made of the same parts.
 */
export { AuditPage } from '../audit/AuditPage';
export { PoliciesPage } from '../policies/PoliciesPage';
export { DecisionPage, OpenedRequest } from '../requests/DecisionPage';
export { OverridePage } from '../requests/OverridePage';
export { RequestsPage } from '../requests/RequestsPage';
export { shared } from './shared';
