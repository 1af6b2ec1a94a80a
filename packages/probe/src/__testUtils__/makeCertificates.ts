import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Makes certificates with openssl, in a folder. */
export class Certificates {
  readonly #folder: string;

  constructor(folder: string) {
    this.#folder = folder;
  }

  path(name: string): string {
    return join(this.#folder, name);
  }

  read(name: string): string {
    return readFileSync(this.path(name), 'utf8');
  }

  /** An authority: `<name>.crt` and `<name>.key`. */
  authority(name: string): void {
    this.#openssl(
      ...['req', '-x509', '-newkey', 'ec', '-pkeyopt'],
      ...['ec_paramgen_curve:prime256v1', '-nodes', '-days', '1'],
      ...['-keyout', this.path(`${name}.key`)],
      ...['-out', this.path(`${name}.crt`), '-subj', `/CN=${name}`],
    );
  }

  /** A certificate that the authority signed. */
  signed(name: string, authority: string, alternative: string): void {
    const extensions = this.path(`${name}.ext`);
    writeFileSync(extensions, `subjectAltName=${alternative}\n`);
    this.#openssl(
      ...['req', '-new', '-newkey', 'ec', '-pkeyopt'],
      ...['ec_paramgen_curve:prime256v1', '-nodes'],
      ...['-keyout', this.path(`${name}.key`)],
      ...['-out', this.path(`${name}.csr`), '-subj', `/CN=${name}`],
    );
    this.#openssl(
      ...['x509', '-req', '-days', '1', '-in', this.path(`${name}.csr`)],
      ...['-CA', this.path(`${authority}.crt`)],
      ...['-CAkey', this.path(`${authority}.key`), '-CAcreateserial'],
      ...['-extfile', extensions, '-out', this.path(`${name}.crt`)],
    );
  }

  #openssl(...args: string[]) {
    execFileSync('openssl', args, { stdio: 'ignore' });
  }
}
