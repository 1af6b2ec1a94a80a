import { DeciderBook } from './DeciderBook';

const SQUAD = 'group:default/squad-ledger';

describe('DeciderBook', () => {
  const readDeciders = jest.fn();
  const readPlatformEngineers = jest.fn();
  const createBook = () =>
    new DeciderBook({
      readAddresses: jest.fn(),
      readDeciders,
      readPlatformEngineers,
    });
  const stand = (book: DeciderBook, now: number) =>
    book.readStanding('user:default/dee.park', [SQUAD], now);

  beforeEach(() => {
    readDeciders.mockReset();
    readDeciders.mockResolvedValue({
      leads: ['user:default/dee.park'],
      platform: [],
    });
    readPlatformEngineers.mockReset();
    readPlatformEngineers.mockResolvedValue([]);
  });

  it('asks once for a moment, and then anew', async () => {
    const book = createBook();
    const [standing] = await Promise.all([
      stand(book, 0),
      stand(book, 1),
      stand(book, 14_999),
    ]);
    expect(standing).toEqual({
      leadOf: [SQUAD],
      orphans: [],
      ledAlone: [[SQUAD, 'user:default/dee.park']],
      isPlatform: false,
    });
    expect(readDeciders).toHaveBeenCalledTimes(1);
    expect(readPlatformEngineers).toHaveBeenCalledTimes(1);
    readDeciders.mockResolvedValue({ leads: [], platform: [] });
    expect(await stand(book, 15_000)).toEqual({
      leadOf: [],
      orphans: [SQUAD],
      ledAlone: [],
      isPlatform: false,
    });
  });

  it('takes no fault for an answer, but keeps the one that it had', async () => {
    const book = createBook();
    readDeciders.mockRejectedValueOnce(new Error('no catalog'));
    await expect(stand(book, 0)).rejects.toThrow('no catalog');
    expect((await stand(book, 1)).leadOf).toEqual([SQUAD]);
    readDeciders.mockRejectedValueOnce(new Error('no catalog'));
    expect((await stand(book, 20_000)).leadOf).toEqual([SQUAD]);
    await stand(book, 20_001);
    expect(readDeciders).toHaveBeenCalledTimes(4);
  });
});
