import { Entry, ZipFile } from 'yauzl';

/** A zip of an artifact has some tens of entries; one made to harm may have millions. */
const MAX_ENTRIES = 10_000;

function nextEntry(zip: ZipFile): Promise<Entry | undefined> {
  return new Promise((resolve, reject) => {
    const settle = (finish: () => void) => {
      zip.removeAllListeners('entry');
      zip.removeAllListeners('end');
      zip.removeAllListeners('error');
      // What comes later has nobody to tell, and must not end the process.
      zip.on('error', () => {});
      finish();
    };
    zip.once('entry', (entry: Entry) => settle(() => resolve(entry)));
    zip.once('end', () => settle(() => resolve(undefined)));
    zip.once('error', error => settle(() => reject(error)));
    zip.readEntry();
  });
}

/** What a zip's directory names, in its order. Throws where it is broken or endless. */
export async function* eachEntry(zip: ZipFile): AsyncGenerator<Entry> {
  for (let seen = 0; ; seen += 1) {
    const entry = await nextEntry(zip);
    if (!entry) return;
    if (seen >= MAX_ENTRIES) throw new Error('too many entries');
    yield entry;
  }
}
