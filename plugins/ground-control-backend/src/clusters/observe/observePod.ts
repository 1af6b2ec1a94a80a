import { z } from 'zod';
import {
  countField,
  lenient,
  messageField,
  nameField,
  readConditions,
} from './fields';
import { ObservedPod, PodTrouble } from './types';

const MOST_CONTAINERS = 50;
/** Between two crashes a container runs for a while, and is in a loop still. */
const RESTARTS_OF_A_LOOP = 3;

const waitingSchema = z.object({
  reason: z.string(),
  message: lenient(messageField),
});
const containerSchema = z.object({
  ready: lenient(z.boolean()),
  restartCount: lenient(countField),
  state: lenient(
    z.object({
      waiting: lenient(waitingSchema),
      terminated: lenient(
        z.object({
          reason: lenient(messageField),
          exitCode: lenient(z.number()),
        }),
      ),
    }),
  ),
  lastState: lenient(
    z.object({
      terminated: lenient(
        z.object({
          reason: lenient(messageField),
          exitCode: lenient(z.number()),
          message: lenient(messageField),
        }),
      ),
    }),
  ),
});
type Container = z.infer<typeof containerSchema>;

const schema = z.object({
  metadata: z.object({
    name: nameField,
    namespace: nameField,
    deletionTimestamp: z.unknown(),
  }),
  status: lenient(
    z.object({
      conditions: z.unknown(),
      containerStatuses: z.unknown(),
      initContainerStatuses: z.unknown(),
    }),
  ),
});

// ErrImagePull alone is the first try, which may well be a moment's fault.
const IMAGE_PULL = new Set([
  'ImagePullBackOff',
  'InvalidImageName',
  'ErrImageNeverPull',
]);

function describeCrash({ lastState, state, restartCount }: Container): string {
  const ended = lastState?.terminated ?? state?.terminated;
  const how = [
    ended?.reason,
    ended?.exitCode !== undefined && `exit code ${ended.exitCode}`,
  ].filter(Boolean);
  const times = `restarted ${restartCount ?? 0} times`;
  return how.length > 0 ? `${times}; ${how.join(', ')}` : times;
}

function findContainerTrouble(container: Container): PodTrouble | undefined {
  const waiting = container.state?.waiting;
  if (waiting && IMAGE_PULL.has(waiting.reason)) {
    const message = waiting.message ?? waiting.reason;
    return { reason: 'image-pull', message };
  }
  const isLoop =
    waiting?.reason === 'CrashLoopBackOff' ||
    (!container.ready &&
      (container.restartCount ?? 0) >= RESTARTS_OF_A_LOOP &&
      container.lastState?.terminated !== undefined);
  return isLoop
    ? { reason: 'crash-loop', message: describeCrash(container) }
    : undefined;
}

function readContainers(value: unknown): Container[] {
  if (!Array.isArray(value)) return [];
  return value.slice(0, MOST_CONTAINERS).flatMap(one => {
    const parsed = containerSchema.safeParse(one);
    return parsed.success ? parsed.data : [];
  });
}

/** A pod, how often it restarted, and why it isn't ready; undefined for one that is being deleted. */
export function observePod(object: unknown): ObservedPod | undefined {
  const parsed = schema.safeParse(object);
  if (!parsed.success) return undefined;
  const { metadata, status } = parsed.data;
  if (metadata.deletionTimestamp) return undefined;
  const conditions = readConditions(status?.conditions);
  const ready = conditions.get('Ready')?.status === 'True';
  const scheduled = conditions.get('PodScheduled');
  const lasting = readContainers(status?.containerStatuses);
  const containers = [
    ...readContainers(status?.initContainerStatuses),
    ...lasting,
  ];
  let trouble: PodTrouble | undefined;
  if (!ready && scheduled?.status === 'False') {
    const message = scheduled.message ?? scheduled.reason;
    trouble = { reason: 'scheduling', message };
  } else if (!ready) {
    for (const container of containers) {
      trouble ??= findContainerTrouble(container);
    }
  }
  return {
    namespace: metadata.namespace,
    name: metadata.name,
    ready,
    restarts: lasting.reduce((sum, one) => sum + (one.restartCount ?? 0), 0),
    ...(trouble && { trouble }),
  };
}
