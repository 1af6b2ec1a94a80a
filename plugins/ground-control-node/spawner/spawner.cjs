// @ts-check
'use strict';

/*
 * A small process that starts processes for a large one. On Linux a process is
 * started by copying the page tables of its parent, which takes a backend of
 * some hundred megabytes tens of milliseconds, in which it answers nobody.
 *
 * Each order opens three connections to the parent's socket, says on each whose
 * stream it is, and hands them to the command as its stdin, stdout and stderr:
 * no byte of a command passes through here. See src/git/spawn/Spawner.ts.
 */
const { spawn } = require('node:child_process');
const { connect } = require('node:net');

const socketPath = process.argv[2];
const tell = message => {
  if (process.connected) process.send?.(message, () => {});
};

/** Process groups that run, which end with the parent. */
const running = new Set();

function openStream(id, stream) {
  return new Promise((resolve, reject) => {
    const socket = connect(socketPath);
    // What the parent writes is the command's to read.
    socket.pause();
    socket.once('error', reject);
    socket.once('connect', () =>
      socket.write(`${id} ${stream}\n`, error =>
        error ? reject(error) : resolve(socket),
      ),
    );
  });
}

async function start({ id, file, args, cwd, env }) {
  const streams = await Promise.all([0, 1, 2].map(n => openStream(id, n)));
  const child = spawn(file, args, { cwd, env, detached: true, stdio: streams });
  child.once('error', error =>
    tell({ id, failed: error.code ?? error.message }),
  );
  child.once('exit', (code, signal) => {
    running.delete(child.pid);
    tell({ id, code, signal });
  });
  if (child.pid !== undefined) {
    running.add(child.pid);
    tell({ id, pid: child.pid });
  }
  // The command has copies of its own.
  for (const stream of streams) stream.destroy();
}

process.on('message', order => {
  start(order).catch(error =>
    tell({ id: order.id, failed: error.code ?? 'unknown error' }),
  );
});

// The parent is gone or wants no more of us.
process.on('disconnect', () => {
  for (const pid of running) {
    try {
      process.kill(-pid, 'SIGTERM');
    } catch {
      // It ended in the meantime.
    }
  }
  process.exit(0);
});

// Ctrl-C goes to all processes of a terminal; the parent decides what it means.
process.on('SIGINT', () => {});
process.on('SIGHUP', () => {});
tell({ ready: true });
