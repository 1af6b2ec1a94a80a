import { createRecordingLogger } from '../../testing/createRecordingLogger';
import { TestRepository } from '../../testing/TestRepository';
import { GitRunner } from '../GitRunner';

/** Gives each test of a block a repository of its own, and git to ask it. */
export function useRepository(): {
  readonly repository: TestRepository;
  readonly runner: GitRunner;
} {
  let repository: TestRepository;
  let runner: GitRunner;
  beforeEach(() => {
    repository = TestRepository.create();
    runner = new GitRunner({
      home: `${repository.path}/test-home`,
      logger: createRecordingLogger(),
    });
  });
  afterEach(async () => {
    await runner.close();
    repository.remove();
  });
  return {
    get repository() {
      return repository;
    },
    get runner() {
      return runner;
    },
  };
}
