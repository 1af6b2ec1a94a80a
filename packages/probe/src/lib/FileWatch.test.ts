import {
  mkdirSync,
  mkdtempSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { until } from '../__testUtils__/until.ts';
import { FileWatch } from './FileWatch.ts';

const folder = mkdtempSync(join(tmpdir(), 'probe-watch-'));
afterAll(() => rmSync(folder, { recursive: true }));

let told = 0;
let watch: FileWatch;
beforeEach(() => {
  told = 0;
  watch = new FileWatch({ everyMs: 20, onChange: () => (told += 1) });
});
afterEach(() => watch.stop());

const isTold = (times: number) => () => told === times;

async function watchFile(path: string) {
  watch.watch([path]);
  // Once in any case.
  await until(isTold(1));
}

it('sees a file that is written', async () => {
  const path = join(folder, 'written');
  writeFileSync(path, 'a');
  await watchFile(path);
  writeFileSync(path, 'b, longer');
  await until(isTold(2));
});

it('sees one that is moved to its place, of the same size', async () => {
  const path = join(folder, 'moved');
  writeFileSync(path, 'a');
  await watchFile(path);
  for (let i = 2; i < 5; i++) {
    writeFileSync(`${path}.new`, 'b');
    renameSync(`${path}.new`, path);
    await until(isTold(i));
  }
});

it('sees a link that turns, as ConfigMaps are renewed', async () => {
  const path = join(folder, 'mounted');
  for (const version of ['v1', 'v2']) {
    mkdirSync(join(folder, version));
    writeFileSync(join(folder, version, 'file'), version);
  }
  symlinkSync('v1', join(folder, '..data'));
  symlinkSync('..data/file', path);
  await watchFile(path);
  symlinkSync('v2', join(folder, '..data_new'));
  renameSync(join(folder, '..data_new'), join(folder, '..data'));
  await until(isTold(2));
});

it('sees a file go, and come', async () => {
  const path = join(folder, 'gone');
  writeFileSync(path, 'a');
  await watchFile(path);
  rmSync(path);
  await until(isTold(2));
  writeFileSync(path, 'a');
  await until(isTold(3));
});
