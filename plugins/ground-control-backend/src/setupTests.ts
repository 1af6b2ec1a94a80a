// Each test file loads Backstage's test utilities anew, and with them the
// clients of clouds and caches that no test talks to: half of three thousand
// modules, and of the time that most files take.
jest.mock('@backstage/backend-defaults/urlReader', () => {
  const { coreServices, createServiceFactory } = jest.requireActual(
    '@backstage/backend-plugin-api',
  );
  return {
    urlReaderServiceFactory: createServiceFactory({
      service: coreServices.urlReader,
      deps: {},
      factory() {
        throw new Error('No test reads URLs; see setupTests');
      },
    }),
  };
});
jest.mock('@keyv/memcache', () => ({ default: undefined }));
jest.mock('@keyv/redis', () => ({ default: undefined }));
jest.mock('@keyv/valkey', () => ({ default: undefined }));
