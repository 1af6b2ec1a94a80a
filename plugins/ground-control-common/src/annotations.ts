/**
 * On a Component: the service of the config repository that it is, as
 * `<namespace>/<name>` or `<name>`. Without it the Component's name counts.
 *
 * @public
 */
export const ANNOTATION_SERVICE = 'ground-control.dev/service';

/**
 * On a Group: who leads the squad, as entity refs of users or groups joined by
 * commas.
 *
 * @public
 */
export const ANNOTATION_LEADS = 'ground-control.dev/leads';
