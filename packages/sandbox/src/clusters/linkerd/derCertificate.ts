import { generateKeyPairSync, sign } from 'node:crypto';

/** One value of DER: its tag, its length, its bytes. */
function der(tag: number, ...parts: Uint8Array[]): Buffer {
  const content = Buffer.concat(parts);
  const length: number[] = [];
  for (let rest = content.length; rest > 0; rest >>= 8) {
    length.unshift(rest & 0xff);
  }
  const head =
    content.length < 128
      ? [tag, content.length]
      : [tag, 0x80 | length.length, ...length];
  return Buffer.concat([Buffer.from(head), content]);
}

const sequence = (...parts: Uint8Array[]) => der(0x30, ...parts);
const oid = (hex: string) => der(0x06, Buffer.from(hex, 'hex'));
const bits = (content: Uint8Array) => der(0x03, Buffer.from([0]), content);

/** With two digits of the year until 2049, as RFC 5280 wants it. */
function time(milliseconds: number): Buffer {
  const date = new Date(milliseconds);
  const digits = date.toISOString().replace(/\D/g, '').slice(0, 14);
  const [tag, skip] = date.getUTCFullYear() < 2050 ? [0x17, 2] : [0x18, 0];
  return der(tag, Buffer.from(`${digits.slice(skip)}Z`, 'latin1'));
}

const ECDSA_WITH_SHA256 = sequence(oid('2a8648ce3d040302'));
const COMMON_NAME = oid('550403');
const TRUE = der(0x01, Buffer.from([0xff]));

function named(commonName: string): Buffer {
  const text = der(0x0c, Buffer.from(commonName, 'utf8'));
  return sequence(der(0x31, sequence(COMMON_NAME, text)));
}

/** An authority that may issue issuers: basicConstraints and keyUsage. */
const EXTENSIONS = der(
  0xa3,
  sequence(
    sequence(oid('551d13'), TRUE, der(0x04, sequence(TRUE))),
    sequence(
      oid('551d0f'),
      TRUE,
      der(0x04, der(0x03, Buffer.from([1, 0b00000110]))),
    ),
  ),
);

export interface CertificateOptions {
  commonName: string;
  /** Up to 16 bytes. */
  serial: Uint8Array;
  /** Milliseconds since 1970, both. */
  notBefore: number;
  notAfter: number;
}

/**
 * A certificate of an authority that signs itself, as PEM. Its key isn't kept:
 * nothing is ever issued by it.
 */
export function selfSignedAuthority(options: CertificateOptions): string {
  const { privateKey, publicKey } = generateKeyPairSync('ec', {
    namedCurve: 'P-256',
  });
  const name = named(options.commonName);
  const body = sequence(
    der(0xa0, der(0x02, Buffer.from([2]))),
    // A leading zero keeps the number positive.
    der(0x02, Buffer.from([0]), options.serial),
    ECDSA_WITH_SHA256,
    name,
    sequence(time(options.notBefore), time(options.notAfter)),
    name,
    publicKey.export({ type: 'spki', format: 'der' }),
    EXTENSIONS,
  );
  const signature = sign('sha256', body, privateKey);
  const certificate = sequence(body, ECDSA_WITH_SHA256, bits(signature));
  const lines = certificate.toString('base64').match(/.{1,64}/g)!;
  return `-----BEGIN CERTIFICATE-----\n${lines.join(
    '\n',
  )}\n-----END CERTIFICATE-----\n`;
}
