/**
 * Shows how far a long step is: on a terminal by rewriting one line, elsewhere
 * by a line for every quarter.
 */
export function progressLine(label: string): (done: number) => void {
  let shown = -1;
  return done => {
    const percent = Math.min(100, Math.floor(done * 100));
    if (process.stderr.isTTY) {
      process.stderr.write(`\r${label} ${percent} %`);
      if (percent === 100) {
        process.stderr.write('\n');
      }
    } else if (Math.floor(percent / 25) > Math.floor(shown / 25)) {
      process.stderr.write(`${label} ${percent} %\n`);
    }
    shown = percent;
  };
}
