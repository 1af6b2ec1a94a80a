import { describeFault } from './describeFault';
import { describeReading } from './describeReading';

describe('describeReading', () => {
  it.each([
    [1, false, undefined],
    [0, false, undefined],
    [2, false, 'Read 2 commits of the config repository in 1.8 s'],
    [9006, false, 'Read 9,006 commits of the config repository in 1.8 s'],
    [
      1,
      true,
      'The history of the config repository was rewritten; read 1 commit anew in 1.8 s',
    ],
  ])('says of %d commits, rewritten %s', (commits, rewritten, said) => {
    expect(describeReading({ commits, rewritten, durationMs: 1_750 })).toBe(
      said,
    );
  });
});

describe('describeFault', () => {
  it('tells a folder that may not be written, with what to do', () => {
    const error = Object.assign(new Error('canary'), {
      code: 'EACCES',
      syscall: 'mkdir',
    });
    expect(describeFault(error)).toMatch(/\(EACCES\).*mirrorDirectory/);
    expect(describeFault(error)).not.toContain('canary');
  });

  it.each([new Error('insert into x values (canary)'), undefined, 'canary'])(
    'repeats nothing of %s',
    error => {
      expect(describeFault(error)).toMatch(/log says what/);
      expect(describeFault(error)).not.toContain('canary');
    },
  );
});
