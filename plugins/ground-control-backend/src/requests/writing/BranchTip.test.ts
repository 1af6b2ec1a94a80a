import { Mirror } from '@ground-control/backstage-plugin-ground-control-node';
import { BranchTip } from './BranchTip';

describe('BranchTip', () => {
  const follow = () => {
    const mirror = { tip: 'a' as string | undefined };
    return { mirror, tip: new BranchTip(mirror as Mirror) };
  };

  it('is what was fetched, until something is pushed', () => {
    const { mirror, tip } = follow();
    expect(tip.known).toBe('a');
    mirror.tip = 'b';
    expect(tip.known).toBe('b');
  });

  it('stays with what was pushed while fetches tell of what it stands on', () => {
    const { mirror, tip } = follow();
    tip.pushed('a', 'b');
    tip.pushed('b', 'c');
    expect(tip.known).toBe('c');
    // A fetch that began between the two pushes.
    mirror.tip = 'b';
    expect(tip.known).toBe('c');
    mirror.tip = 'c';
    expect(tip.known).toBe('c');
  });

  it('goes on with what is fetched later, and with a history that was reset', () => {
    const { mirror, tip } = follow();
    tip.pushed('a', 'b');
    mirror.tip = 'x';
    expect(tip.known).toBe('x');
    mirror.tip = 'a';
    expect(tip.known).toBe('a');
  });

  it('is contested for a while after a push of somebody else', () => {
    let now = 0;
    const tip = new BranchTip({ tip: 'a' } as Mirror, () => now);
    expect(tip.isContested).toBe(false);
    tip.lost();
    now += 9_999;
    expect(tip.isContested).toBe(true);
    now += 1;
    expect(tip.isContested).toBe(false);
  });

  it('knows nothing when the mirror was thrown away', () => {
    const { mirror, tip } = follow();
    tip.pushed('a', 'b');
    mirror.tip = undefined;
    expect(tip.known).toBeUndefined();
  });
});
