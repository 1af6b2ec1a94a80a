import { X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import {
  createSecureContext,
  getCACertificates,
  type SecureContext,
} from 'node:tls';
import type { TlsFiles } from '../types.ts';

const BLOCK = /-----BEGIN CERTIFICATE-----[^-]*-----END CERTIFICATE-----/g;

/** OpenSSL takes what it can't read for no authority at all, in silence. */
function readAuthorities(path: string): string[] {
  const blocks = readFileSync(path, 'utf8').match(BLOCK) ?? [];
  if (blocks.length === 0) {
    throw new Error(`${path} holds no whole certificate`);
  }
  return blocks.map(block => new X509Certificate(block).toString());
}

/**
 * Certificates and keys as they are on disk; authorities come on top of those
 * that are trusted anyway.
 *
 * @throws when a file can't be read or used; no message repeats its content
 */
export function readTls({ ca, cert, key }: TlsFiles): SecureContext {
  return createSecureContext({
    ...(ca && {
      ca: [...getCACertificates('default'), ...readAuthorities(ca)],
    }),
    ...(cert && { cert: readFileSync(cert) }),
    ...(key && { key: readFileSync(key) }),
  });
}
