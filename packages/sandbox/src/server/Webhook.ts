import { createHmac, randomUUID } from 'node:crypto';
import { BRANCH } from '../git/initRepository.ts';
import { runGit } from '../git/runGit.ts';

const TIMEOUT_MS = 5000;
const MOST_COMMITS = 20;

async function commitsBetween(
  repository: string,
  before: string,
  after: string,
) {
  const out = await runGit(repository, [
    'log',
    '--first-parent',
    `--max-count=${MOST_COMMITS}`,
    '--format=%H%x00%B%x00%cI%x00%an%x00%ae%x00',
    `${before}..${after}`,
  ]);
  const fields = out.split('\0');
  const commits = [];
  for (let i = 0; i + 5 <= fields.length; i += 5) {
    const [id, message, timestamp, name, email] = fields.slice(i, i + 5);
    commits.unshift({
      id: id.trim(),
      message: message.trimEnd(),
      timestamp,
      author: { name, email },
    });
  }
  return commits;
}

/** Tells a URL of each push, in the form of GitHub's push webhook. */
export class Webhook {
  private readonly url: string;
  private readonly secret: string;
  private readonly log: (message: string) => void;
  private lastFailure = '';

  constructor(url: string, secret: string, log: (message: string) => void) {
    this.url = url;
    this.secret = secret;
    this.log = log;
  }

  /** Never throws: the world lives on when nobody listens. */
  async send(push: {
    repository: string;
    cloneUrl: string;
    before: string;
    after: string;
    forced: boolean;
  }): Promise<void> {
    try {
      const commits = await commitsBetween(
        push.repository,
        push.before,
        push.after,
      );
      const body = JSON.stringify({
        ref: `refs/heads/${BRANCH}`,
        before: push.before,
        after: push.after,
        created: false,
        deleted: false,
        forced: push.forced,
        repository: {
          name: 'config-repository',
          full_name: 'example-bank/config-repository',
          clone_url: push.cloneUrl,
          default_branch: BRANCH,
        },
        pusher: { name: 'sandbox', email: 'sandbox@bank.example' },
        commits,
        head_commit: commits[commits.length - 1] ?? null,
      });
      const signature = createHmac('sha256', this.secret)
        .update(body)
        .digest('hex');
      const response = await fetch(this.url, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          'user-agent': 'GitHub-Hookshot/sandbox',
          'x-github-event': 'push',
          'x-github-delivery': randomUUID(),
          'x-hub-signature-256': `sha256=${signature}`,
        },
        body,
        signal: AbortSignal.timeout(TIMEOUT_MS),
      });
      await response.body?.cancel();
      if (response.ok) {
        this.lastFailure = '';
      } else {
        this.fail(`The webhook was answered with ${response.status}`);
      }
    } catch (error) {
      const { message, cause } = error as Error;
      const reason = cause instanceof Error ? cause.message : message;
      this.fail(`The webhook could not be delivered: ${reason}`);
    }
  }

  /** Says what failed once, however often it fails in the same way. */
  private fail(message: string): void {
    if (message !== this.lastFailure) {
      this.log(message);
    }
    this.lastFailure = message;
  }
}
