import { once } from 'node:events';
import { AddressInfo, connect, createServer, Socket } from 'node:net';
import { text } from 'node:stream/consumers';
import { RemoteChild } from './RemoteChild';

/** The command's end of a stream, and ours. */
async function openStream(): Promise<[theirs: Socket, ours: Socket]> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const theirs = connect((server.address() as AddressInfo).port, '127.0.0.1');
  const [ours] = await once(server, 'connection');
  server.close();
  return [theirs, ours];
}

describe('RemoteChild', () => {
  const sockets: Socket[] = [];

  afterEach(() => sockets.splice(0).forEach(socket => socket.destroy()));

  // A short command: which comes first is up to the system.
  it.each<[string, 'first' | 'between' | 'last']>([
    ['before its streams', 'first'],
    ['between them', 'between'],
    ['after them', 'last'],
  ])('is whole when its end is told %s', async (_, when) => {
    const child = new RemoteChild();
    const streams = await Promise.all([0, 1, 2].map(openStream));
    streams.flat().forEach(socket => sockets.push(socket));
    const end = () => child.noteEnd({ code: 0 });
    child.noteStart(2 ** 30);
    if (when === 'first') end();
    child.addStream(2, streams[2][1]);
    child.addStream(0, streams[0][1]);
    if (when === 'between') end();
    const early = [child.complete];
    child.addStream(1, streams[1][1]);
    early.push(child.complete);
    if (when === 'last') end();
    expect([...early, child.complete]).toEqual([false, when !== 'last', true]);
    const { stdout, closed } = await child.child;
    streams.forEach(([theirs], stream) =>
      theirs.end(stream === 1 ? 'all of it' : ''),
    );
    expect(await text(stdout)).toBe('all of it');
    expect(await closed).toEqual({ code: 0 });
  });

  it('is refused when the spawner ends before it has its streams', async () => {
    const child = new RemoteChild();
    child.abandon();
    await expect(child.child).rejects.toThrow('ended');
  });
});
