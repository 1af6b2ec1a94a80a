import { CertificateState } from '../store';
import { ObservedCertificate } from './types';

/**
 * How the certificates of an Ingress are: as the worst of them.
 *
 * @param secrets - that its certificates lie in
 * @param find - what writes one; undefined where Certificates aren't known
 */
export function decideCertificate(
  secrets: readonly string[],
  find: ((secret: string) => ObservedCertificate | undefined) | undefined,
): { state: CertificateState; message: string | null } {
  if (secrets.length === 0) {
    return { state: 'missing', message: 'The Ingress asks for no certificate' };
  }
  if (!find) return { state: 'unknown', message: null };
  const found = secrets.map(secret => ({ secret, certificate: find(secret) }));
  for (const { certificate } of found) {
    if (certificate && !certificate.ready) {
      return { state: 'not-ready', message: certificate.message ?? null };
    }
  }
  const missing = found.find(({ certificate }) => !certificate);
  return missing
    ? {
        state: 'missing',
        message: `No Certificate writes the Secret ${missing.secret}`,
      }
    : { state: 'ready', message: null };
}
