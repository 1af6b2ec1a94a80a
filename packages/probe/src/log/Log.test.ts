import { Log, formatLine } from './Log.ts';

const AT = new Date('2026-11-21T12:00:00Z');

it('writes JSON, or something for people', () => {
  const fields = { target: 'b', count: 2, none: undefined };
  expect(formatLine('json', AT, 'info', 'hello', fields)).toBe(
    '{"time":"2026-11-21T12:00:00.000Z","level":"info","message":"hello","target":"b","count":2}',
  );
  expect(formatLine('plain', AT, 'warn', 'hello', fields)).toBe(
    '2026-11-21T12:00:00.000Z warn hello target="b" count=2',
  );
});

it.each(['json', 'plain'] as const)(
  'makes one small %s line of whatever comes from outside',
  format => {
    const reason = `a\nb\u001b[31m${'x'.repeat(10_000)}`;
    const line = formatLine(format, AT, 'info', 'm', { reason });
    expect(line).not.toMatch(/[\p{Cc}]/u);
    expect(line.length).toBeLessThan(700);
  },
);

it('leaves lines out when there are too many', () => {
  const lines: string[] = [];
  const log = new Log('plain', line => lines.push(line));
  for (let i = 0; i < 500; i++) log.warn('target is failing', { target: i });
  expect(lines).toHaveLength(100);
});
