import { parseArgs } from 'node:util';
import { Agent } from '../agent/Agent.ts';
import { readConfig } from '../config/readConfig.ts';
import { Log, type LogFormat } from '../log/Log.ts';

const HELP = `Usage: backbone-gateway-probe --config FILE [options]

Measures the links from this cluster to others, and serves what it finds as
Prometheus metrics. docs/probe.md describes the file.

Options:
  --config FILE  The configuration, YAML
  --check        Say whether the configuration can be used, and end
  --log FORMAT   json or plain
                 Default: plain on a terminal, else json
  -h, --help     Show this help
`;

function readOptions(args: string[]) {
  const { values } = parseArgs({
    args,
    options: {
      config: { type: 'string' },
      check: { type: 'boolean', default: false },
      log: {
        type: 'string',
        default: process.stdout.isTTY ? 'plain' : 'json',
      },
      help: { type: 'boolean', short: 'h', default: false },
    },
  });
  if (values.help) return { help: true } as const;
  if (!values.config) throw new Error('--config FILE is missing');
  if (values.log !== 'json' && values.log !== 'plain') {
    throw new Error('--log must be json or plain');
  }
  const format: LogFormat = values.log;
  return { ...values, config: values.config, format };
}

/**
 * Ends with whoever holds the other end of standard input, however that died:
 * for a program that starts probes of its own.
 */
function stopWithStdin(agent: Agent, log: Log) {
  if (process.env.BACKBONE_GATEWAY_PROBE_ENDS_WITH_STDIN !== '1') return;
  process.stdin.resume().once('close', () => {
    log.info('stopping', { reason: 'standard input ended' });
    agent.stop().then(() => process.exit(0));
  });
}

/** Ends on the first signal; the second doesn't wait. */
function stopOnSignal(agent: Agent, log: Log) {
  let asked = false;
  const stop = (signal: string) => {
    if (asked) process.exit(1);
    asked = true;
    log.info('stopping', { signal });
    agent.stop().then(() => process.exit(0));
  };
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);
}

/** The command line; sets the exit code. */
export async function main(args: string[]): Promise<void> {
  try {
    const options = readOptions(args);
    if ('help' in options && options.help) {
      process.stdout.write(HELP);
      return;
    }
    const { config, check, format } = options as Required<
      Exclude<ReturnType<typeof readOptions>, { help: true }>
    >;
    if (check) {
      const { targets } = readConfig(config);
      process.stdout.write(`${config} is well; targets: ${targets.length}\n`);
      return;
    }
    // Who reads the log may go; who reads the metrics is still there.
    process.stdout.on('error', () => {});
    const log = new Log(format);
    const agent = new Agent({ configPath: config, log });
    stopOnSignal(agent, log);
    stopWithStdin(agent, log);
    await agent.start();
  } catch (error) {
    // One that can't be used must not run on half of what was meant.
    process.stderr.write(`${(error as Error).message}\n`);
    process.exitCode = 1;
    setImmediate(() => process.exit(1));
  }
}
