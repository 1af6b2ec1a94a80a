import { AccessWish } from '@ground-control/backstage-plugin-ground-control-common';
import { hashCanonical } from '../../audit/hashCanonical';
import { toChange } from './readAccessFacts';

/** One hash of what a wish has an entry say, and from where it is to be called. */
export function hashAccess(wish: AccessWish): string {
  return hashCanonical({
    ...toChange(wish, wish.squad ?? ''),
    from: [...wish.from].sort(),
  });
}
