import { countTurns } from '../../../__testUtils__/countTurns';
import { MetricsServer } from '../../__testUtils__/MetricsServer';
import { MetricsGate } from './MetricsGate';

it('hands on a large answer in short pieces, each in a turn of its own', async () => {
  const server = await MetricsServer.start();
  const turns = countTurns();
  try {
    const text = 'a 1\n'.repeat(200_000);
    server.says({ '/metrics': text });
    const pieces: Array<{ turn: number; text: string }> = [];
    await new MetricsGate(async () => ({
      isAnonymous: true,
      headers: {},
      tls: {},
    })).read({
      url: `${server.url}/metrics`,
      timeoutMs: 10_000,
      maxBytes: text.length,
      signal: new AbortController().signal,
      now: Date.now(),
      onPiece: piece =>
        pieces.push({ turn: turns.now(), text: piece.toString() }),
    });
    expect(pieces.map(piece => piece.text).join('')).toBe(text);
    expect(
      Math.max(...pieces.map(piece => piece.text.length)),
    ).toBeLessThanOrEqual(32 * 1024);
    expect(new Set(pieces.map(({ turn }) => turn)).size).toBe(pieces.length);
  } finally {
    turns.stop();
    await server.stop();
  }
});
