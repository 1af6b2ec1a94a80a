import { artifactIdOf, commitOf } from '../__testUtils__/TestHistory';
import { describeReading } from './__testUtils__/describeReading';
import { CARDS, LEDGER } from './__testUtils__/fillReading';

describeReading(world => {
  const { getBoard } = world;

  it('shows all services of catalog and repository', async () => {
    const board = await getBoard();
    expect(
      board.rows.map(row => [
        row.service.name,
        row.presence,
        row.squad,
        row.cells.map(cell => cell.state).join(' '),
      ]),
    ).toEqual([
      ['cards-api', 'repository-only', CARDS, 'recorded not-released recorded'],
      ['cards-worker', 'both', CARDS, 'not-released not-released problem'],
      ['ledger-api', 'both', LEDGER, 'recorded recorded recorded'],
      [
        'not-released',
        'catalog-only',
        LEDGER,
        'not-released not-released not-released',
      ],
    ]);
    expect(board.environments).toEqual(['dev', 'staging', 'prod']);
    expect(board.squads).toEqual([
      { ref: CARDS, title: 'squad-cards', inCatalog: false },
      { ref: LEDGER, title: 'Ledger', inCatalog: true },
    ]);
    expect(board.mine).toEqual([LEDGER]);
    expect(board.repository.state).toBe('fresh');
  });

  it('says of a cell what is there', async () => {
    const { rows } = await getBoard();
    const [, , prod] = rows[0].cells;
    expect(prod).toEqual({
      state: 'recorded',
      artifactId: artifactIdOf({
        service: 'cards-api',
        plan: 2,
        branch: 'fix/x',
      }),
      commit: commitOf('cards-api', 1).slice(0, 7),
      branch: 'fix/x',
      releasedAt: Date.parse('2026-03-02T08:06:00.000Z') / 1000,
      releasedBy: 'Ana Ruiz',
      behind: 3,
      planDiffers: true,
      rollback: true,
      notApprovedHere: true,
    });
    expect(rows[1].problems).toBe(1);
    expect(rows[2].artifactSquad).toBe(CARDS);
    expect(rows[2].cells[0].commit).toBe(commitOf('ledger-api', 2).slice(0, 7));
    expect(rows[2].cells[1].planDiffers).toBeUndefined();
  });

  it.each([
    ['?squad=mine', ['ledger-api', 'not-released']],
    ['?squad=squad-cards', ['cards-api', 'cards-worker']],
    [`?squad=${LEDGER},${CARDS}`, 4],
    ['?squad=GROUP:Default/Squad-Ledger', ['ledger-api', 'not-released']],
    ['?squad=nobody', []],
    ['?entity=component:default/ledger-api', ['ledger-api']],
    ['?entity=component:default/nobody', []],
  ])('narrows the board by %s', async (query, expected) => {
    const { rows } = await getBoard(query);
    const names = rows.map(row => row.service.name);
    expect(Array.isArray(expected) ? names : names.length).toEqual(expected);
  });

  it('answers shortly when the board is as it was', async () => {
    const first = await world.server.get('/v1/board');
    expect(first.headers['cache-control']).toBe('private, no-cache');
    const etag = first.headers.etag;
    world.server.now = new Date(world.server.now.getTime() + 60_000);
    const same = await world.server.get('/v1/board', { 'If-None-Match': etag });
    expect([same.status, same.text]).toEqual([304, '']);
    const other = await world.server.get('/v1/board?squad=mine', {
      'If-None-Match': etag,
    });
    expect(other.status).toBe(200);
    world.server.status = { ...world.server.status, state: 'stale' };
    const changed = await world.server.get('/v1/board', {
      'If-None-Match': etag,
    });
    expect(changed.status).toBe(200);
    world.server.status = { ...world.server.status, state: 'fresh' };
  });
});
