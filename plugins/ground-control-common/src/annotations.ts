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

/**
 * On a Resource of type `kubernetes-cluster`: who runs it, such as `aws`,
 * `azure` or `gcp`.
 *
 * @public
 */
export const ANNOTATION_CLUSTER_PROVIDER =
  'ground-control.dev/cluster-provider';

/**
 * On a Resource of type `kubernetes-cluster`: where it runs, such as
 * `eu-west-1`.
 *
 * @public
 */
export const ANNOTATION_CLUSTER_REGION = 'ground-control.dev/cluster-region';

/**
 * On a Resource of type `kubernetes-cluster`: the environment that it carries.
 * A cluster that carries no step of promotion has another word here, which is
 * shown as its role, or none.
 *
 * @public
 */
export const ANNOTATION_CLUSTER_ENVIRONMENT =
  'ground-control.dev/cluster-environment';
