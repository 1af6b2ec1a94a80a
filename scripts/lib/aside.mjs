/** Keeps what a program says until it may be shown; from then on shows it. */
export class Aside {
  #kept = [];
  #isShown = false;

  write(chunk) {
    if (this.#isShown) process.stdout.write(chunk);
    else this.#kept.push(chunk);
  }

  show() {
    this.#isShown = true;
    for (const chunk of this.#kept.splice(0)) process.stdout.write(chunk);
  }
}
