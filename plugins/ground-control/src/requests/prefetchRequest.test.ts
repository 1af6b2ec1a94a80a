import { FixtureApi } from '../__testUtils__/FixtureApi';
import { openRequest, prefetchRequest } from './prefetchRequest';

function setup() {
  const api = new FixtureApi({ now: Date.now() });
  const getRequest = jest.spyOn(api, 'getRequest');
  const open = (id: string) =>
    openRequest(api, id, new AbortController().signal);
  const asked = () => getRequest.mock.calls.map(([id]) => id);
  const signals = () =>
    getRequest.mock.calls.map(call => (call as unknown[])[1] as AbortSignal);
  return { api, getRequest, open, asked, signals };
}

describe('prefetchRequest', () => {
  afterEach(() => jest.useRealTimers());

  it('is asked once for what is then opened, and opening again asks anew', async () => {
    const { api, open, asked } = setup();
    prefetchRequest(api, 'REQ-1042');
    prefetchRequest(api, 'REQ-1042');
    expect((await open('REQ-1042')).request.id).toBe('REQ-1042');
    expect(asked()).toEqual(['REQ-1042']);
    await open('REQ-1042');
    expect(asked()).toEqual(['REQ-1042', 'REQ-1042']);
  });

  it('gives up what another takes the place of', async () => {
    const { api, open, asked, signals } = setup();
    prefetchRequest(api, 'REQ-1042');
    prefetchRequest(api, 'REQ-1043');
    expect(signals().map(({ aborted }) => aborted)).toEqual([true, false]);
    expect((await open('REQ-1042')).request.id).toBe('REQ-1042');
    expect(asked()).toEqual(['REQ-1042', 'REQ-1043', 'REQ-1042']);
  });

  it('is not shown once it is old', async () => {
    jest.useFakeTimers();
    const { api, open, asked } = setup();
    prefetchRequest(api, 'REQ-1042');
    jest.advanceTimersByTime(5_000);
    await open('REQ-1042');
    expect(asked()).toEqual(['REQ-1042', 'REQ-1042']);
  });

  it('that failed is asked for again', async () => {
    const { api, getRequest, open, asked } = setup();
    getRequest.mockRejectedValueOnce(new Error('away'));
    prefetchRequest(api, 'REQ-1042');
    expect((await open('REQ-1042')).request.id).toBe('REQ-1042');
    expect(asked()).toEqual(['REQ-1042', 'REQ-1042']);
  });
});
