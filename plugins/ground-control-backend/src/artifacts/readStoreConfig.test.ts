import { ConfigReader } from '@backstage/config';
import { readStoreConfig } from './readStoreConfig';

const read = (artifactStore: object) =>
  readStoreConfig(new ConfigReader({ artifactStore: artifactStore as any }));

describe('readStoreConfig', () => {
  it('has no store, a folder or a bucket', () => {
    expect(readStoreConfig(new ConfigReader({}))).toBeUndefined();
    expect(read({ folder: { path: '/x' } })).toEqual({ folder: '/x' });
    expect(read({ s3: { bucket: 'artifacts' } })).toEqual({
      s3: { bucket: 'artifacts', forcePathStyle: false },
    });
    expect(
      read({
        s3: {
          bucket: 'artifacts',
          region: 'eu-west-1',
          endpoint: 'https://s3.example.com:9000',
          forcePathStyle: true,
          accessKeyId: 'id',
          secretAccessKey: 'secret',
        },
      }),
    ).toEqual({
      s3: {
        bucket: 'artifacts',
        region: 'eu-west-1',
        endpoint: 'https://s3.example.com:9000',
        forcePathStyle: true,
        credentials: { accessKeyId: 'id', secretAccessKey: 'secret' },
      },
    });
  });

  it.each<[string, object, RegExp]>([
    ['no bucket', {}, /bucket/],
    ['a path for a bucket', { bucket: 'a/../b' }, /bucket can't be the name/],
    [
      'half of the credentials',
      { bucket: 'abc', secretAccessKey: 'canary' },
      /needs both/,
    ],
    ['the other half', { bucket: 'abc', accessKeyId: 'canary' }, /needs both/],
    [
      'no URL',
      { bucket: 'abc', endpoint: 's3.example.com' },
      /endpoint must be a URL/,
    ],
    [
      'another scheme',
      { bucket: 'abc', endpoint: 'file:///canary' },
      /endpoint must be/,
    ],
    [
      'credentials in the URL',
      { bucket: 'abc', endpoint: 'https://canary:canary@host' },
      /may not contain credentials/,
    ],
  ])('refuses %s, without quoting secrets', (_, s3, message) => {
    expect(() => read({ s3 })).toThrow(message);
    expect(() => read({ s3 })).not.toThrow(/canary/);
  });

  it('refuses two stores', () => {
    const both = { folder: { path: '/x' }, s3: { bucket: 'abc' } };
    expect(() => read(both)).toThrow(/either folder or s3/);
  });
});
