import type { LookupAddress } from 'node:dns';
import { connect, isIP, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import type { Attempt } from '../Attempt.ts';
import { ProbeFailure } from './ProbeFailure.ts';

async function findAddresses(attempt: Attempt): Promise<LookupAddress[]> {
  const { host, family } = attempt.target;
  const literal = isIP(host);
  if (literal) return [{ address: host, family: literal }];
  attempt.begin('dns');
  const found = await attempt.tools.resolver.resolve(host, family);
  attempt.end();
  return found;
}

function openTcp(
  attempt: Attempt,
  { address, family }: LookupAddress,
  limitMs: number,
): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = connect({
      host: address,
      port: attempt.target.port,
      family,
      noDelay: true,
    });
    attempt.own(socket);
    const limit = setTimeout(() => {
      socket.destroy();
      reject(ProbeFailure.deadline(attempt));
    }, limitMs);
    socket.once('connect', () => {
      attempt.end();
      clearTimeout(limit);
      resolve(socket);
    });
    // For its whole life: an error that nobody hears ends the process.
    socket.on('error', reject);
    socket.once('close', () => clearTimeout(limit));
  });
}

/** One address after another, each with its share of the time that is left. */
async function openFirst(
  attempt: Attempt,
  addresses: LookupAddress[],
): Promise<Socket> {
  attempt.begin('connect');
  for (const [index, address] of addresses.entries()) {
    const left = addresses.length - index;
    try {
      return await openTcp(
        attempt,
        address,
        // The last one has until the deadline, which others watch.
        left === 1 ? attempt.remainingMs + 1_000 : attempt.remainingMs / left,
      );
    } catch (error) {
      if (left === 1 || attempt.closed) throw error;
    }
  }
  throw new ProbeFailure('dns', 'The name has no address.');
}

function startTls(
  attempt: Attempt,
  socket: Socket,
  protocols: string[],
): Promise<Socket> {
  const { host, tls = {} } = attempt.target;
  const secureContext = attempt.tools.contexts.get(tls);
  return new Promise((resolve, reject) => {
    attempt.begin('tls');
    const secured = connectTls({
      socket,
      host,
      servername: tls.serverName ?? (isIP(host) ? '' : host),
      secureContext,
      ALPNProtocols: protocols,
    });
    // It closes the one below. Closing that one by ourselves, while OpenSSL is
    // still at work in a callback, brings Node down.
    attempt.release();
    attempt.own(secured);
    secured.once('secureConnect', () => {
      attempt.end();
      resolve(secured);
    });
    secured.on('error', reject);
  });
}

/**
 * DNS, connect and, where the target speaks it, TLS: always a whole handshake,
 * never a resumed session.
 */
export async function openSocket(
  attempt: Attempt,
  protocols: string[] = [],
): Promise<Socket> {
  // Before the clock runs: the first time it reads files.
  const { tls } = attempt.target;
  if (tls) attempt.tools.contexts.get(tls);
  const addresses = await findAddresses(attempt);
  const socket = await openFirst(attempt, addresses);
  return tls ? startTls(attempt, socket, protocols) : socket;
}
