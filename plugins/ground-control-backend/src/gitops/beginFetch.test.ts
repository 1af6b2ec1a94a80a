import { FetchResult } from '@ground-control/backstage-plugin-ground-control-node';
import { beginFetch } from './beginFetch';

describe('beginFetch', () => {
  it('fetches at once, and gives what that found', async () => {
    const result: FetchResult = { kind: 'fetched', tip: 'a'.repeat(40) };
    const fetch = jest.fn(async () => result);
    const firstFetch = beginFetch({ fetch });
    expect(fetch).toHaveBeenCalledTimes(1);
    await expect(firstFetch(new AbortController().signal)).resolves.toBe(
      result,
    );
    expect(fetch).toHaveBeenCalledTimes(1);
  });

  it('gives the error to whoever asks, and to nobody else', async () => {
    const firstFetch = beginFetch({
      fetch: async () => {
        throw new Error('No space left on device');
      },
    });
    await new Promise(resolve => setTimeout(resolve, 10));
    await expect(firstFetch(new AbortController().signal)).rejects.toThrow(
      'No space left',
    );
  });

  it.each(['before', 'after'])('is ended %s it was asked for', async when => {
    const seen: AbortSignal[] = [];
    const firstFetch = beginFetch({
      fetch: ({ signal } = {}) =>
        new Promise((_, reject) => {
          seen.push(signal!);
          signal!.addEventListener('abort', () => reject(signal!.reason));
        }),
    });
    const stop = new AbortController();
    if (when === 'before') stop.abort(new Error('stopped'));
    const fetched = firstFetch(stop.signal);
    stop.abort(new Error('stopped'));
    await expect(fetched).rejects.toThrow('stopped');
    expect(seen[0].aborted).toBe(true);
  });
});
