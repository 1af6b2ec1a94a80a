import { ConfigReader } from '@backstage/config';
import { readAuditConfig } from './readAuditConfig';

const read = (audit?: object) =>
  readAuditConfig(new ConfigReader(audit ? { audit: audit as any } : {}));

describe('readAuditConfig', () => {
  const revision = 'ab'.repeat(20);

  it('believes in nothing but the trail by default', () => {
    expect(read()).toEqual({ forgedHeads: [] });
    expect(readAuditConfig(undefined)).toEqual({ forgedHeads: [] });
  });

  it('reads commits by their full ids alone', () => {
    expect(read({ since: revision, forgedHeads: [revision] })).toEqual({
      since: revision,
      forgedHeads: [revision],
    });
    expect(() => read({ since: 'abcdef0' })).toThrow(
      /audit\.since must name commits by their full ids/,
    );
    expect(() => read({ forgedHeads: ['--all'] })).toThrow(/forgedHeads/);
  });
});
