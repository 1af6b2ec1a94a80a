/**
 * Requests, a request and their trail: whoever opens the one opens the other,
 * and they share their texts.
 */
export { AuditPage } from '../audit/AuditPage';
export { DecisionPage } from '../requests/DecisionPage';
export { OverridePage } from '../requests/OverridePage';
export { RequestsPage } from '../requests/RequestsPage';
