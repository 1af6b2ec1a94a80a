import { useRepository } from '../__testUtils__/useRepository';
import { findEntry } from './findEntry';

describe('findEntry', () => {
  const git = useRepository();

  const find = (revision: string, tip = git.repository.tip()) =>
    findEntry(git.runner, {
      gitDir: git.repository.path,
      revision,
      tip,
      timeoutMs: 10_000,
    });
  const commit = (message: string, more: object = {}) =>
    git.repository.commit({ message, files: { [message]: '1' }, ...more });

  it('finds a commit of the line by itself', async () => {
    const first = commit('first');
    const second = commit('second');
    const tip = commit('third');
    expect(await find(first)).toBe(first);
    expect(await find(second)).toBe(second);
    expect(await find(tip)).toBe(tip);
  });

  it('finds the merge that brought a commit, however deep it was', async () => {
    const base = commit('base');
    const ours = commit('ours', { branch: 'side', from: base });
    const onOurs = commit('on ours', { branch: 'side' });
    commit('theirs');
    const merge = commit('merge', { merge: [onOurs] });
    // The same again by another way, which comes too late.
    const late = commit('late', { branch: 'late', from: ours });
    commit('more');
    commit('merge again', { merge: [late] });
    commit('end');
    expect(await find(ours)).toBe(merge);
    expect(await find(onOurs)).toBe(merge);
    expect(await find(base)).toBe(base);
  });

  it('finds a line that a merge left the branch’s own by', async () => {
    const base = commit('base');
    const ours = commit('ours');
    const onOurs = commit('on ours');
    git.repository.reset(base);
    commit('theirs');
    const merge = commit('merge', { merge: [onOurs] });
    expect(await find(ours)).toBe(merge);
  });

  it('finds nothing for a commit that stands beside or above', async () => {
    const base = commit('base');
    const side = commit('side', { branch: 'side', from: base });
    const tip = commit('tip');
    expect(await find(side)).toBeUndefined();
    expect(await find(tip, base)).toBeUndefined();
  });
});
