import { z } from 'zod';
import {
  Artifact,
  Person,
  Vulnerabilities,
} from '@ground-control/backstage-plugin-ground-control-common';
import { FileFault } from '@ground-control/backstage-plugin-ground-control-node';
import { cleanText } from '../../lib/cleanText';

/** An artifact id longer than this can't be kept, and no build tool makes one. */
export const MAX_ARTIFACT_ID = 512;
const MAX_TEXT = 500;
const MAX_MESSAGE = 2_000;
const MAX_URL = 2_000;
const MAX_IMAGES = 50;

// Each field is read by itself: what isn't as it should be is absent, and
// takes nothing else with it.
const text = z.string().optional().catch(undefined);
const count = z
  .number()
  .int()
  .nonnegative()
  .max(1e9)
  .optional()
  .catch(undefined);

const vulnerabilitiesSchema = z
  .object({ high: count, medium: count, low: count })
  .optional()
  .catch(undefined);

const sourceSchema = z
  .object({
    branch: text,
    sha: text,
    authorName: text,
    authorEmail: text,
    message: text,
    url: text,
  })
  .optional()
  .catch(undefined);

const stageSchema = z
  .object({
    id: text,
    data: z
      .object({
        image: text,
        tag: text,
        url: text,
        results: z
          .object({ passed: count, failed: count, skipped: count })
          .optional()
          .catch(undefined),
        vulnerabilities: vulnerabilitiesSchema,
      })
      .optional()
      .catch(undefined),
  })
  .optional()
  .catch(undefined);

const artifactSchema = z.object({
  id: z.string().min(1).max(MAX_ARTIFACT_ID),
  service: text,
  namespace: text,
  squad: text,
  application: sourceSchema,
  ci: z.object({ jobUrl: text, end: text }).optional().catch(undefined),
  shuttle: z.object({ plan: sourceSchema }).optional().catch(undefined),
  stages: z.array(stageSchema).optional().catch(undefined),
});

type Stage = NonNullable<z.infer<typeof stageSchema>>;

/** Takes out what a database can't hold or a line can't show. */
function clean(value: string | undefined, max = MAX_TEXT): string | undefined {
  return (value && cleanText(value, max)) || undefined;
}

/** As {@link clean}, line by line. */
function cleanLines(value: string | undefined, max: number) {
  const lines = value?.split('\n').map(line => cleanText(line, max));
  return lines?.join('\n').trim().slice(0, max).toWellFormed() || undefined;
}

/** Only http and https: these become links. */
export function readWebUrl(value: string | undefined): string | undefined {
  if (!value || value.length > MAX_URL || !/^https?:\/\//i.test(value)) {
    return undefined;
  }
  const url = URL.canParse(value) ? new URL(value) : undefined;
  // A password in a link would be shown to every reader.
  return url && !url.password && !url.username ? url.toString() : undefined;
}

function readCommit(value: string | undefined): string | undefined {
  return value && /^[0-9a-f]{7,64}$/i.test(value)
    ? value.toLowerCase()
    : undefined;
}

// Go's unset time is of the year 1; nothing was built before Git was.
const EARLIEST = Date.UTC(2005, 0);
const LATEST = Date.UTC(2200, 0);

function readTime(value: string | undefined): string | undefined {
  const time = value ? Date.parse(value) : NaN;
  return time >= EARLIEST && time < LATEST
    ? new Date(time).toISOString()
    : undefined;
}

function readVulnerabilities(
  found: z.infer<typeof vulnerabilitiesSchema>,
): Vulnerabilities | undefined {
  const { high, medium, low } = found ?? {};
  return high !== undefined && medium !== undefined && low !== undefined
    ? { high, medium, low }
    : undefined;
}

function readTests(stage: Stage | undefined): Artifact['tests'] {
  const { passed, failed, skipped } = stage?.data?.results ?? {};
  if (passed === undefined || failed === undefined || skipped === undefined) {
    return undefined;
  }
  return { passed, failed, skipped, url: readWebUrl(stage?.data?.url) };
}

function readStages(stages: Array<Stage | undefined>): Partial<Artifact> {
  // Of several stages of one kind the last counts: it ran last.
  const last = (id: string) => stages.findLast(stage => stage?.id === id);
  const code = readVulnerabilities(last('snyk-code')?.data?.vulnerabilities);
  const image = readVulnerabilities(last('snyk-docker')?.data?.vulnerabilities);
  const images = new Set<string>();
  for (const stage of stages) {
    const { image: name, tag } = stage?.data ?? {};
    const full = clean(name && tag ? `${name}:${tag}` : name, 1_000);
    if ((stage?.id === 'push' || stage?.id === 'build') && full) {
      if (images.size < MAX_IMAGES) images.add(full);
    }
  }
  return {
    tests: readTests(last('test')),
    vulnerabilities:
      code || image
        ? {
            code: code && {
              ...code,
              url: readWebUrl(last('snyk-code')?.data?.url),
            },
            image,
          }
        : undefined,
    images: [...images],
  };
}

function readAuthor(source: z.infer<typeof sourceSchema>): Person | undefined {
  const name = clean(source?.authorName) ?? '';
  const email = clean(source?.authorEmail) ?? '';
  return name || email ? { name, email } : undefined;
}

/** Where in the text a JSON parser gave up; its own words quote the file. */
function describeJsonError(error: unknown): string {
  const at = /at position (\d+)/.exec(String(error))?.[1];
  return at ? `it is not JSON from character ${at} on` : 'it is not JSON';
}

/**
 * Reads an `artifact.json` of release-manager, leniently: unknown keys are
 * passed over, and a field that isn't as it should be is absent. Only an
 * artifact without an id can't be used. Never throws.
 */
export function readArtifact(content: Buffer): Artifact | FileFault {
  let json: unknown;
  try {
    json = JSON.parse(content.toString('utf8'));
  } catch (error) {
    return {
      fault: `The artifact can't be read: ${describeJsonError(
        error,
      )}. Release it again, or mend the file.`,
    };
  }
  const parsed = artifactSchema.safeParse(json);
  if (!parsed.success) {
    const id = (json as { id?: unknown } | null)?.id;
    const why =
      typeof id === 'string' && id.length > MAX_ARTIFACT_ID
        ? `its id is longer than ${MAX_ARTIFACT_ID} characters`
        : 'it has no id';
    return {
      fault: `The artifact can't be used: ${why}. Release it again, or mend the file.`,
    };
  }
  const { application, ci, shuttle, stages, ...top } = parsed.data;
  const id = clean(top.id, MAX_ARTIFACT_ID);
  if (!id) {
    return {
      fault: `The artifact can't be used: it has no id. Release it again, or mend the file.`,
    };
  }
  return withoutUndefined({
    id,
    service: clean(top.service) ?? '',
    namespace: clean(top.namespace) ?? '',
    squad: clean(top.squad, 200),
    branch: clean(application?.branch),
    commit: readCommit(application?.sha),
    message: cleanLines(application?.message, MAX_MESSAGE),
    author: readAuthor(application),
    commitUrl: readWebUrl(application?.url),
    planCommit: readCommit(shuttle?.plan?.sha),
    ciUrl: readWebUrl(ci?.jobUrl),
    builtAt: readTime(ci?.end),
    images: [],
    ...readStages(stages ?? []),
  });
}

function withoutUndefined<T extends object>(value: T): T {
  for (const key of Object.keys(value) as Array<keyof T>) {
    if (value[key] === undefined) delete value[key];
  }
  return value;
}
