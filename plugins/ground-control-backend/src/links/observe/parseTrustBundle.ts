import { X509Certificate } from 'node:crypto';
import { TrustRoot } from '@ground-control/backstage-plugin-ground-control-common';
import { cleanText } from '../../lib/cleanText';
import { TrustBundle } from './types';

const BEGIN = '-----BEGIN CERTIFICATE-----';
const BLOCK = /-----BEGIN CERTIFICATE-----[^-]*-----END CERTIFICATE-----/g;
/** A root is 1 kB, and a bundle holds two while one is replaced. */
const LONGEST_BUNDLE = 256_000;
const MOST_ROOTS = 50;
const LONGEST_SUBJECT = 300;

function parseRoot(pem: string): TrustRoot | undefined {
  try {
    const { fingerprint256, subject, validTo } = new X509Certificate(pem);
    return {
      fingerprint: fingerprint256.replaceAll(':', '').toLowerCase(),
      subject: cleanText(
        (subject ?? '').replaceAll('\n', ', '),
        LONGEST_SUBJECT,
      ),
      notAfter: new Date(validTo).toISOString(),
    };
  } catch {
    return undefined;
  }
}

/**
 * Reads the certificates of a bundle in PEM, each once. One that is broken is
 * said, and leaves the others.
 */
export function parseTrustBundle(text: string): TrustBundle {
  if (text.length > LONGEST_BUNDLE) {
    return { roots: [], fault: 'The bundle is too long to be one of roots' };
  }
  const blocks = text.match(BLOCK) ?? [];
  const begun = text.split(BEGIN).length - 1;
  if (begun === 0) {
    return { roots: [], fault: 'There is no certificate in the bundle' };
  }
  const parsed = blocks.slice(0, MOST_ROOTS).map(parseRoot);
  const roots = new Map(
    parsed.flatMap(root => (root ? [[root.fingerprint, root]] : [])),
  );
  const read = parsed.filter(root => root !== undefined).length;
  return {
    roots: [...roots.values()],
    ...(read < begun && {
      fault: `Of ${begun} certificates of the bundle, ${
        begun - read
      } can't be read`,
    }),
  };
}
