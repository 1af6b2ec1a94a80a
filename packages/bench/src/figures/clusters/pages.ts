import { mkdtemp, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { buildLibrary } from '../../lib/buildLibrary.ts';
import type { Portal } from '../../lib/Portal.ts';
import type { Context } from '../../types.ts';

const CHANNEL = 'ground-control:changes';
/** What a board depends on, as LiveBoard has it. */
const KINDS = ['releases', 'repository'];

/** The rule by which our own pages ask; see lib/decideFollow of the plugin. */
interface Rule {
  POLL_MS: number;
  FIRST_POLL_MS: number;
  decideFollow(
    signal: object,
    shown: { kinds: string[]; marks?: string[]; askedAt: number },
    now: number,
    chance: number,
  ): number | undefined;
}

/** The rule of the plugin that is measured. */
export async function buildRule(context: Context): Promise<Rule> {
  const folder = await mkdtemp(join(context.root, '.data', 'pages-'));
  try {
    const outfile = await buildLibrary({
      root: context.root,
      folder: 'plugins/ground-control',
      exports: ["export * from './src/lib/decideFollow';"],
      outfile: join(folder, 'rule.cjs'),
    });
    return createRequire(import.meta.url)(outfile);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function connect(portal: Portal): Promise<WebSocket> {
  const socket = portal.openSignals();
  await new Promise((resolve, reject) => {
    socket.onopen = resolve;
    socket.onerror = () => reject(new Error('Signals could not be opened'));
  });
  return socket;
}

/**
 * A board that is open in a browser: it asks, listens to signals over a socket
 * of its own, and asks again when they concern it, and at intervals.
 */
class OpenBoard {
  views = 0;
  readonly #portal: Portal;
  readonly #rule: Rule;
  readonly #path: string;
  #socket?: WebSocket;
  #marks?: string[];
  #askedAt = 0;
  #poll?: NodeJS.Timeout;
  #follow?: { timer: NodeJS.Timeout; due: number };
  #asking?: Promise<void>;
  #again = false;
  #closed = false;

  constructor(portal: Portal, rule: Rule, squad: string) {
    this.#portal = portal;
    this.#rule = rule;
    this.#path = `/v1/board?squad=${encodeURIComponent(squad)}`;
  }

  async open(): Promise<void> {
    // The first socket that a backend is asked for finds nobody who upgrades it.
    const socket = await connect(this.#portal).catch(() =>
      connect(this.#portal),
    );
    this.#socket = socket;
    socket.onmessage = ({ data }) => {
      const { channel, message } = JSON.parse(data);
      if (channel === CHANNEL) this.#heard(message);
    };
    socket.send(JSON.stringify({ action: 'subscribe', channel: CHANNEL }));
    await this.#ask();
  }

  async close(): Promise<void> {
    this.#closed = true;
    clearTimeout(this.#poll);
    clearTimeout(this.#follow?.timer);
    this.#socket?.close();
    await this.#asking;
  }

  #heard(signal: object) {
    if (this.#closed) return;
    const now = Date.now();
    const shown = {
      kinds: KINDS,
      marks: this.#marks,
      askedAt: this.#askedAt,
    };
    const wait = this.#rule.decideFollow(signal, shown, now, Math.random());
    if (wait === undefined) return;
    const due = now + wait;
    if (this.#follow && this.#follow.due <= due) return;
    clearTimeout(this.#follow?.timer);
    const timer = setTimeout(() => {
      this.#follow = undefined;
      if (this.#asking) this.#again = true;
      else void this.#ask();
    }, wait);
    this.#follow = { timer, due };
  }

  #ask(): Promise<void> {
    clearTimeout(this.#poll);
    this.#again = false;
    this.#askedAt = Date.now();
    this.#asking = this.#portal.get(this.#path).then(board => {
      this.#asking = undefined;
      this.#marks = board.marks;
      this.views += 1;
      if (this.#closed) return undefined;
      if (this.#again) return this.#ask();
      const wait =
        this.views === 1 ? this.#rule.FIRST_POLL_MS : this.#rule.POLL_MS;
      this.#poll = setTimeout(() => void this.#ask(), wait);
      return undefined;
    });
    return this.#asking;
  }
}

/**
 * Opens boards as people have them open: most a squad's, a tenth all services.
 *
 * @returns how to close them, and then how often they asked
 */
export async function openBoards(
  context: Context,
  portal: Portal,
  squads: string[],
  count: number,
): Promise<() => Promise<number>> {
  const rule = await buildRule(context);
  const boards = Array.from(
    { length: count },
    (_, i) =>
      new OpenBoard(portal, rule, i % 10 ? squads[i % squads.length] : 'all'),
  );
  for (const board of boards) await board.open();
  return async () => {
    await Promise.all(boards.map(board => board.close()));
    return boards.reduce((sum, { views }) => sum + views, 0);
  };
}
