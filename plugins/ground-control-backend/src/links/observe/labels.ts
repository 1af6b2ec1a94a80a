export const EXPORTED = 'mirror.linkerd.io/exported';
export const MIRRORED = 'mirror.linkerd.io/mirrored-service';
export const MIRRORED_GATEWAY = 'mirror.linkerd.io/mirrored-gateway';
export const TARGET = 'mirror.linkerd.io/cluster-name';
/** An annotation: its name in the target, as DNS there has it. */
export const REMOTE_NAME = 'mirror.linkerd.io/remote-svc-fq-name';
export const MANAGED_BY = 'app.kubernetes.io/managed-by';

/** What the backbone-gateway says of itself where it makes something. */
export const GATEWAY = 'backbone-gateway';
export const TRUST_ROOTS = 'linkerd-identity-trust-roots';
