import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  Mirror,
  parseRemoteUrl,
} from '@ground-control/backstage-plugin-ground-control-node';
import {
  createRecordingLogger,
  TestRepository,
} from '@ground-control/backstage-plugin-ground-control-node/testUtils';
import { MirrorFiles } from './MirrorFiles';

describe.each(['sha1', 'sha256'] as const)(
  'MirrorFiles of %s',
  objectFormat => {
    let repository: TestRepository;
    let directory: string;
    let mirror: Mirror;
    let files: MirrorFiles;

    beforeEach(() => {
      repository = TestRepository.create({ objectFormat });
      directory = mkdtempSync(join(tmpdir(), 'ground-control-mirror-'));
      mirror = new Mirror({
        remote: parseRemoteUrl(repository.path),
        branch: 'master',
        directory,
        timeoutMs: 60_000,
        logger: createRecordingLogger(),
      });
      files = new MirrorFiles(mirror);
    });

    afterEach(async () => {
      await mirror.close();
      repository.remove();
      rmSync(directory, { recursive: true, force: true });
    });

    const commit = async (
      files_: Record<string, string | Buffer | null>,
      modes = {},
    ) => {
      repository.commit({ message: 'Change', files: files_, modes });
      await mirror.fetch();
    };
    const text = async (path: string) =>
      (await files.readFile(path))?.content?.toString();

    it('reads what stands at the tip, and follows it', async () => {
      await commit({ 'ground-control.yaml': 'a', 'policies/x.json': '{}' });
      expect(await text('ground-control.yaml')).toBe('a');
      expect(await text('policies/x.json')).toBe('{}');
      await commit({ 'ground-control.yaml': 'b', 'policies/x.json': null });
      expect(await text('ground-control.yaml')).toBe('b');
      expect(await text('policies/x.json')).toBeUndefined();
      const { revision, files: read } = await files.readFiles([
        'nowhere/x',
        'ground-control.yaml',
      ]);
      expect(read[0]).toBeUndefined();
      expect([revision, read[1]?.revision]).toEqual([mirror.tip, mirror.tip]);
    });

    it('knows a fault from an absence', async () => {
      await commit(
        {
          'policies/link.json': '../../etc/passwd',
          'policies/large.json': Buffer.alloc(1024 * 1024 + 1),
          'policies/folder.json/x': 'x',
          'policies.json': 'x',
        },
        { 'policies/link.json': '120000' },
      );
      expect(await files.readFile('policies/none.json')).toBeUndefined();
      expect(await files.readFile('policies.json/x')).toBeUndefined();
      for (const name of ['link', 'large', 'folder']) {
        const file = await files.readFile(`policies/${name}.json`);
        expect(file?.content).toBeUndefined();
        expect(file?.fault).toMatch(/symbolic link|larger than 1 MiB/);
      }
    });

    it('says that nothing was fetched yet, which is not that there is no file', async () => {
      await expect(files.readFile('x')).rejects.toThrow(/not fetched yet/);
    });

    it('starts no process a file, and reads an object once', async () => {
      await commit({ 'ground-control.yaml': 'a', 'policies/x.json': '{}' });
      const objects = await mirror.objects();
      const read = jest.spyOn(objects, 'read');
      const list = jest.spyOn(mirror, 'files');
      const paths = ['ground-control.yaml', 'policies/x.json'];
      await files.readFiles(paths);
      const first = read.mock.calls.length;
      await files.readFiles(paths);
      expect(read.mock.calls).toHaveLength(first);
      await commit({ 'other.txt': 'x' });
      await files.readFiles(paths);
      // The commit and its root; neither the folder nor the files.
      expect(read.mock.calls).toHaveLength(first + 2);
      expect(list).not.toHaveBeenCalled();
    });
  },
);
