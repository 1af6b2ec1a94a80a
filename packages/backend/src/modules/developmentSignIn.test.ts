import { ConfigReader } from '@backstage/config';
import { readDevelopmentPeople } from './developmentSignIn';

const ana = 'user:default/ana.ruiz';

function config(options: {
  enabled?: boolean;
  environment?: string;
  baseUrl?: string;
}) {
  return new ConfigReader({
    backend: { baseUrl: options.baseUrl ?? 'http://localhost:7007' },
    auth: {
      ...(options.environment ? { environment: options.environment } : {}),
      providers: {
        developmentSignIn: {
          enabled: options.enabled ?? true,
          people: [{ entityRef: ana, title: 'Ana', description: '' }],
        },
      },
    },
  });
}

describe('readDevelopmentPeople', () => {
  it.each([
    'http://localhost:7007',
    'http://127.0.0.1:7007',
    'http://[::1]:7007',
  ])('lets people in in development at %s', baseUrl => {
    expect(
      readDevelopmentPeople(config({ environment: 'development', baseUrl })),
    ).toEqual(new Set([ana]));
  });

  it('is off without the setting, whatever the environment', () => {
    expect(readDevelopmentPeople(config({ enabled: false }))).toBeUndefined();
    expect(
      readDevelopmentPeople(
        new ConfigReader({ backend: { baseUrl: 'https://portal' } }),
      ),
    ).toBeUndefined();
  });

  it.each([
    ['no environment', {}],
    ['production', { environment: 'production' }],
    [
      'a host that others reach',
      { environment: 'development', baseUrl: 'https://portal.bank.example' },
    ],
    [
      'a host that only begins like localhost',
      {
        environment: 'development',
        baseUrl: 'http://localhost.bank.example',
      },
    ],
  ])('refuses to start with %s', (_, options) => {
    expect(() => readDevelopmentPeople(config(options))).toThrow(
      /lets anybody sign in as anybody/,
    );
  });
});
