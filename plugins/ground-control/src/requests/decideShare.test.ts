import { RequestChanges } from '@ground-control/backstage-plugin-ground-control-common';
import { makeDetail } from '../__testUtils__/makeRequest';
import { Reader } from '../hooks/useReader';
import { decideShare } from './decideShare';

const dee: Reader = { ref: 'user:default/dee.park', displayName: 'Dee Park' };
const ana: Reader = { ref: 'user:default/ana.ruiz', displayName: 'A. Ruiz' };
const none = { requester: 0, reader: 0 };

const by = (...authors: Array<string | undefined>): RequestChanges => ({
  kind: 'commits',
  total: authors.length,
  items: authors.map(author => ({ author })),
});

describe('what of the changes who asks, or who reads, wrote', () => {
  it.each<[string, RequestChanges, Reader, object]>([
    [
      'by name, however it is spaced and written',
      by('Bo Lind', 'ana  ruiz ', 'Ana Ruiz', 'Dee Park'),
      dee,
      { requester: 2, reader: 1 },
    ],
    ['nothing of neither', by('Bo Lind'), dee, none],
    ['nothing where who reads isn’t known', by('Dee Park'), {}, none],
    [
      'who reads is who asks, by either name',
      by('Ana Ruiz', 'A. Ruiz', 'Bo Lind'),
      ana,
      { requester: 0, reader: 2 },
    ],
    ['not sure of an author', by('Ana Ruiz', undefined, 'Dee Park'), dee, none],
    [
      'not all are listed',
      { ...by('Ana Ruiz', 'Dee Park'), total: 70 },
      dee,
      none,
    ],
    [
      'two people have one name',
      by('Ana Ruiz'),
      { ref: 'user:default/other', displayName: 'Ana Ruiz' },
      none,
    ],
    ['none are known', { kind: 'unknown', items: [] }, dee, none],
  ])('%s', (_, changes, reader, share) => {
    expect(decideShare(makeDetail(0, { changes }), reader)).toEqual(share);
  });

  it('isn’t theirs who made a build that a policy asks for', () => {
    const request = { intent: 'auto-release' as const };
    expect(decideShare(makeDetail(0, { request }), dee)).toEqual(none);
  });
});
