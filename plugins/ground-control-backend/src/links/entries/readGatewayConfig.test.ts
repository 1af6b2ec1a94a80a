import { ConfigReader } from '@backstage/config';
import { readGatewayConfig } from './readGatewayConfig';

const read = (gateway?: object) =>
  readGatewayConfig(new ConfigReader(gateway && { gateway: { ...gateway } }));

describe('readGatewayConfig', () => {
  it('has defaults, and takes what is given', () => {
    const defaults = {
      path: 'backbone-gateway/shuttle.yaml',
      namespace: 'backbone-gateway',
    };
    expect(readGatewayConfig(undefined)).toEqual(defaults);
    expect(read()).toEqual(defaults);
    expect(read({ path: 'shuttle.yaml', namespace: 'edge' })).toEqual({
      path: 'shuttle.yaml',
      namespace: 'edge',
    });
  });

  it.each([
    [
      { path: '/etc/passwd' },
      /gateway.path must be the path of a file in the repo/,
    ],
    [{ path: '../shuttle.yaml' }, /gateway.path must be/],
    [{ path: 'a//b' }, /gateway.path must be/],
    [{ path: 'a\\b' }, /gateway.path must be/],
    [{ path: 'a\nb' }, /gateway.path must be/],
    [{ path: 5 }, /gateway.path must be of type string/],
    [{ namespace: 'a.b' }, /gateway.namespace must be the name of a name/],
    [{ url: 'https://x' }, /gateway has url, which is not known/],
  ])('refuses %j', (gateway, message) => {
    expect(() => read(gateway)).toThrow(message);
  });
});
