import { ReactNode } from 'react';
import { signalApiRef } from '@backstage/plugin-signals-react';
import { act, renderHook } from '@testing-library/react';
import { TestApiProvider } from '@backstage/test-utils';
import { ChangeSignal } from '@ground-control/backstage-plugin-ground-control-common';
import { useLive } from './useLive';

jest.unmock('../lib/decideFollow');

/** A question whose answers come when the test says so. */
function render(kinds?: ChangeSignal['kind'][], marks?: string[]) {
  let listener: ((message: any) => void) | undefined;
  const asked: { signal: AbortSignal; answer(value: string): void }[] = [];
  const signals = {
    subscribe: (_: string, onMessage: (message: any) => void) => {
      listener = onMessage;
      return { unsubscribe: () => {} };
    },
  };
  const { result } = renderHook(
    () =>
      useLive(
        'question',
        signal => new Promise<string>(answer => asked.push({ signal, answer })),
        kinds,
        () => marks,
      ),
    {
      wrapper: (props: { children: ReactNode }) => (
        <TestApiProvider apis={[[signalApiRef, signals]]}>
          {props.children}
        </TestApiProvider>
      ),
    },
  );
  let sequence = 0;
  return {
    result,
    asked,
    tell: (kind: ChangeSignal['kind'], of?: string[]) =>
      act(() => {
        sequence += 1;
        listener?.({ sequence, kind, marks: of });
      }),
    answer: (index: number, value: string) =>
      act(async () => asked[index].answer(value)),
  };
}

/** Lets time pass, and what is due in it happen. */
const wait = (ms: number) => act(() => jest.advanceTimersByTimeAsync(ms));

beforeEach(() => jest.useFakeTimers());
afterEach(() => jest.useRealTimers());

describe('useLive', () => {
  it('lets a request finish that is slower than changes come, and asks once more', async () => {
    const { result, asked, tell, answer } = render();
    for (let i = 0; i < 4; i++) {
      tell('clusters');
      await wait(400);
    }
    expect(asked).toHaveLength(1);
    expect(asked[0].signal.aborted).toBe(false);
    await answer(0, 'first');
    expect(result.current.data).toBe('first');
    expect(asked).toHaveLength(2);
    await answer(1, 'second');
    expect(result.current.data).toBe('second');
    await wait(300);
    expect(asked).toHaveLength(2);
  });

  it('asks for changes of its own squads, also when others’ come at once', async () => {
    const { asked, tell, answer } = render(['releases'], ['own']);
    await answer(0, 'first');
    await wait(1_100);
    tell('releases', ['other']);
    tell('links');
    await wait(500);
    expect(asked).toHaveLength(1);
    act(() => {
      tell('releases', ['other', 'own']);
      tell('releases', ['other']);
    });
    await wait(100);
    expect(asked).toHaveLength(2);
    await answer(1, 'second');
    await wait(1_100);
    tell('releases');
    await wait(100);
    expect(asked).toHaveLength(3);
  });

  it('asks for its own squads’ changes sooner than for what it heard before', async () => {
    // The latest of all pages for what each of them shows.
    const chance = jest.spyOn(Math, 'random').mockReturnValue(1);
    const { asked, tell, answer } = render(['releases', 'repository'], ['own']);
    await answer(0, 'first');
    await wait(1_100);
    tell('repository');
    await wait(300);
    expect(asked).toHaveLength(1);
    tell('releases', ['own']);
    await wait(500);
    expect(asked).toHaveLength(2);
    await answer(1, 'second');
    await wait(1_500);
    expect(asked).toHaveLength(2);
    chance.mockRestore();
  });

  it('asks soon after a signal that comes alone, and once for many', async () => {
    const { asked, tell, answer } = render();
    await answer(0, 'first');
    await wait(1_100);
    tell('releases');
    await wait(100);
    expect(asked).toHaveLength(2);
    await answer(1, 'second');
    tell('releases');
    await wait(100);
    tell('releases');
    await wait(400);
    expect(asked).toHaveLength(2);
    await wait(500);
    expect(asked).toHaveLength(3);
  });

  it('asks after the kinds of change that it depends on alone', async () => {
    const { asked, tell, answer } = render(['clusters']);
    await answer(0, 'first');
    await wait(1_000);
    tell('repository');
    await wait(400);
    expect(asked).toHaveLength(1);
    tell('clusters');
    await wait(100);
    expect(asked).toHaveLength(2);
  });

  it('asks once more some seconds after the first answer, as a signal may have been lost', async () => {
    const { asked, answer } = render();
    await answer(0, 'first');
    await wait(7_900);
    expect(asked).toHaveLength(1);
    await wait(200);
    expect(asked).toHaveLength(2);
    await answer(1, 'second');
    await wait(1_000);
    expect(asked).toHaveLength(2);
  });
});
