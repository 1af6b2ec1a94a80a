/**
 * What runs in a cluster may go unseen for so long and still count as watched:
 * a portal that is deployed anew is back by then.
 */
export const UNSEEN_MS = 2 * 60_000;
/** When clusters were watched longer ago isn't known any more. */
export const WATCHES_KEPT_MS = 90 * 86_400_000;
