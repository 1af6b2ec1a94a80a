import { useRepository } from '../__testUtils__/useRepository';
import { MAX_FIELD } from '../NulFields';
import { FoundMessage, searchMessages } from './searchMessages';

describe('searchMessages', () => {
  const git = useRepository();

  const search = async (options: { trailer?: string; from?: string } = {}) => {
    const found: FoundMessage[] = [];
    for await (const group of searchMessages(git.runner, {
      trailer: 'Audit-head',
      ...options,
      gitDir: git.repository.path,
      to: git.repository.tip(),
      timeoutMs: 10_000,
    })) {
      found.push(...group);
    }
    return found;
  };

  it('finds messages with the trailer, on the line and beside it, newest first', async () => {
    const first = git.repository.commit({
      message: 'one\n\nAudit-head: 1 ä\n',
      files: { a: '1' },
    });
    const side = git.repository.commit({
      message: 'side\n\nAudit-head: 2\n',
      files: { b: '1' },
      branch: 'side',
      from: first,
    });
    const tip = git.repository.commit(
      { message: 'it says Audit-head: 3\n', files: { c: '1' } },
      { message: 'merge\n\nAudit-headless: x\n', merge: [side] },
      { message: 'last\n\nAudit-head: 4\n', files: { a: '2' } },
    );
    expect(await search()).toEqual([
      { revision: tip, message: 'last\n\nAudit-head: 4\n' },
      { revision: side, message: 'side\n\nAudit-head: 2\n' },
      { revision: first, message: 'one\n\nAudit-head: 1 ä\n' },
    ]);
    expect(
      (await search({ from: side })).map(({ revision }) => revision),
    ).toEqual([tip]);
  });

  it('finds thousands, and cuts what is endless', async () => {
    git.repository.commit(
      ...Array.from({ length: 3_000 }, (_, i) => ({
        message: `m\n\nAudit-head: ${i}\n`,
      })),
      { message: `x\nAudit-head: ${'y'.repeat(2 * MAX_FIELD)}` },
    );
    const found = await search();
    expect(found).toHaveLength(3_001);
    expect(found[0].message).toHaveLength(MAX_FIELD);
    expect(found[3_000].message).toBe('m\n\nAudit-head: 0\n');
  });

  it('takes no key that git would read as a pattern or an option', async () => {
    git.repository.commit({ message: 'one' });
    await expect(search({ trailer: '.*' })).rejects.toThrow(/letters/);
    await expect(search({ trailer: 'x\n--all' })).rejects.toThrow(/letters/);
  });

  it('says so when git fails', async () => {
    git.repository.commit({ message: 'one' });
    await expect(search({ from: 'ab'.repeat(20) })).rejects.toThrow(
      /could not be read/,
    );
  });
});
