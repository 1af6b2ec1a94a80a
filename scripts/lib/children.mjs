import { spawn } from 'node:child_process';
import { createWriteStream, mkdirSync } from 'node:fs';
import { createConnection } from 'node:net';
import { dirname } from 'node:path';
import { root } from './paths.mjs';

/** How long a child may take to end after it was asked to, in milliseconds. */
const GRACE = 10_000;

/**
 * Long-running child processes that end together.
 *
 * Each child leads a process group of its own, so that what it started ends
 * with it, and its output goes to a file.
 */
export class Children {
  #running = new Map();

  /**
   * Starts one. `onLine` sees each line of its output; `onExit` is called when
   * it ends by itself, with its exit code.
   */
  start(name, { file, args, env, cwd = root, log, onLine, onExit }) {
    mkdirSync(dirname(log), { recursive: true });
    const sink = createWriteStream(log);
    const child = spawn(file, args, {
      cwd,
      env: { ...process.env, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: process.platform !== 'win32',
    });
    for (const stream of [child.stdout, child.stderr]) {
      let rest = '';
      stream.on('data', chunk => {
        sink.write(chunk);
        const lines = (rest + chunk).split('\n');
        rest = lines.pop() ?? '';
        lines.forEach(line => onLine?.(line));
      });
    }
    const ended = new Promise(resolve => {
      child.on('error', error => resolve(`could not start: ${error.message}`));
      child.on('close', (code, signal) => resolve(code ?? signal));
    });
    this.#running.set(name, { child, ended });
    ended.then(code => {
      sink.end();
      if (this.#running.delete(name)) {
        onExit?.(code);
      }
    });
    return child;
  }

  /** Asks all to end, then makes them; resolves when none is left. */
  async stop() {
    const all = [...this.#running.values()];
    this.#running.clear();
    all.forEach(({ child }) => signalGroup(child, 'SIGTERM'));
    const timer = setTimeout(
      () => all.forEach(({ child }) => signalGroup(child, 'SIGKILL')),
      GRACE,
    );
    await Promise.all(all.map(({ ended }) => ended));
    clearTimeout(timer);
    // What a child left behind in its group when it ended.
    all.forEach(({ child }) => signalGroup(child, 'SIGKILL'));
  }
}

function signalGroup(child, signal) {
  try {
    if (process.platform === 'win32') {
      child.kill(signal);
    } else {
      process.kill(-child.pid, signal);
    }
  } catch {
    // It is gone already.
  }
}

/** Whether something listens on a port of this machine. */
export function isPortTaken(port) {
  return new Promise(resolve => {
    const socket = createConnection({ port, host: 'localhost' });
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });
}

/**
 * Waits until a URL answers with a success, asking four times a second.
 * Returns false when `isGivenUp()` says so or the time (milliseconds) is over.
 */
export async function waitForUrl(
  url,
  timeout,
  isGivenUp = () => false,
  headers = {},
) {
  const end = Date.now() + timeout;
  while (Date.now() < end && !isGivenUp()) {
    try {
      const response = await fetch(url, {
        headers,
        signal: AbortSignal.timeout(5_000),
      });
      await response.arrayBuffer();
      if (response.ok) {
        return true;
      }
    } catch {
      // Not there yet.
    }
    await new Promise(resolve => setTimeout(resolve, 250));
  }
  return false;
}
