import { isIP } from 'node:net';
import { z } from 'zod';
import { parseDuration } from '../lib/duration.ts';

// No message repeats what was written: it may be a secret at a wrong place.

const HOST =
  /^(?=.{1,253}$)[a-z0-9_]([a-z0-9_-]*[a-z0-9_])?(\.[a-z0-9_]([a-z0-9_-]*[a-z0-9_])?)*\.?$/i;
const LABEL = /^[A-Za-z0-9]([A-Za-z0-9._-]{0,251}[A-Za-z0-9])?$/;

/** The shortest interval: the probe isn't there to load a gateway. */
export const SHORTEST_INTERVAL_MS = 100;
const LONGEST_MS = 3_600_000;

function text(what: string) {
  return z
    .string({
      required_error: `is missing: ${what}`,
      invalid_type_error: `must be a text: ${what}`,
    })
    .min(1, `is empty: ${what}`);
}

function duration(least: number) {
  return text('a duration such as 5s or 500ms').transform((value, context) => {
    const ms = parseDuration(value);
    if (ms === undefined || ms < least || ms > LONGEST_MS) {
      context.addIssue({
        code: 'custom',
        message: `must be a duration from ${least}ms to 1h, such as 5s`,
      });
      return z.NEVER;
    }
    return ms;
  });
}

export const label = text('a name').regex(
  LABEL,
  'must be letters, digits, ".", "_" and "-"',
);

export const host = text('a name or an address').refine(
  value => isIP(value) !== 0 || HOST.test(value),
  'must be a host name, an IPv4 address, or an IPv6 address without brackets',
);

export const port = z
  .number({
    required_error: 'is missing: a port',
    invalid_type_error: 'must be a number',
  })
  .int('must be a whole number')
  .min(1, 'must be from 1 to 65535')
  .max(65535, 'must be from 1 to 65535');

const interval = duration(SHORTEST_INTERVAL_MS);
const deadline = duration(10);
const file = text('the path of a file');

const status = z
  .number({ invalid_type_error: 'must be an HTTP status' })
  .int('must be an HTTP status')
  .min(100, 'must be an HTTP status')
  .max(599, 'must be an HTTP status');

const url = text('http://… or https://…').transform((value, context) => {
  const parsed = URL.canParse(value) ? new URL(value) : undefined;
  const fault = (message: string) => {
    context.addIssue({ code: 'custom', message });
    return z.NEVER;
  };
  if (!parsed || !/^https?:$/.test(parsed.protocol)) {
    return fault('must be an address that begins with http:// or https://');
  }
  if (parsed.username || parsed.password) {
    return fault('must not hold a user or a password');
  }
  if (parsed.port === '0') return fault('must have a port from 1 to 65535');
  return parsed;
});

const tls = z
  .object({
    ca: file.optional(),
    cert: file.optional(),
    key: file.optional(),
    serverName: host.optional(),
  })
  .strict()
  .refine(
    ({ cert, key }) => (cert === undefined) === (key === undefined),
    'needs both cert and key, or none of them',
  );

const common = {
  name: label,
  provider: label.optional(),
  family: z
    .union([z.literal(4), z.literal(6)], {
      errorMap: () => ({ message: 'must be 4 or 6' }),
    })
    .optional(),
  interval: interval.optional(),
  deadline: deadline.optional(),
};

const httpTarget = z
  .object({
    ...common,
    kind: z.literal('http'),
    url,
    expectStatus: z
      .union([status, z.array(status).min(1)], {
        errorMap: () => ({
          message: 'must be an HTTP status or a list of them',
        }),
      })
      .optional(),
    tls: tls.optional(),
    freshConnections: z
      .boolean({ invalid_type_error: 'must be true or false' })
      .optional(),
  })
  .strict();

const tcpTarget = z
  .object({
    ...common,
    kind: z.literal('tcp'),
    host,
    port,
    tls: tls.optional(),
  })
  .strict();

const target = z.discriminatedUnion('kind', [httpTarget, tcpTarget], {
  errorMap: (issue, { defaultError }) => ({
    message:
      issue.code === 'invalid_union_discriminator'
        ? 'must be http or tcp'
        : defaultError,
  }),
});

/** The list in `targets` and in the file of targets. */
export const targetList = z.array(target, {
  invalid_type_error: 'must be a list of targets',
});

const source = z
  .object(
    {
      cluster: label,
      provider: label,
      region: label.optional(),
    },
    { required_error: 'is missing: the cluster that this probe runs in' },
  )
  .strict();

const LOOPBACK = /^(localhost|127(\.\d+){3}|\[::1\])$/;

const links = z
  .object({
    server: url
      .refine(
        ({ protocol, hostname }) =>
          protocol === 'https:' || LOOPBACK.test(hostname),
        'must begin with https://: the token would be readable on its way',
      )
      .optional(),
    tokenFile: file.optional(),
    caFile: file.optional(),
    namespace: label.optional(),
    interval: interval.optional(),
  })
  .strict();

/** The configuration as it is written. */
export const configFile = z
  .object(
    {
      source,
      listen: z
        .object({
          host: host.optional(),
          port: port.or(z.literal(0)).optional(),
        })
        .strict()
        .optional(),
      interval: interval.optional(),
      deadline: deadline.optional(),
      jitter: z
        .number({ invalid_type_error: 'must be a number from 0 to 0.5' })
        .min(0, 'must be from 0 to 0.5')
        .max(0.5, 'must be from 0 to 0.5')
        .optional(),
      providers: z.record(label, label).optional(),
      targets: targetList.optional(),
      targetsFile: file.optional(),
      links: links.optional(),
    },
    { invalid_type_error: 'must be keys and values' },
  )
  .strict();

export type ConfigFile = z.output<typeof configFile>;
export type TargetEntry = z.output<typeof target>;
