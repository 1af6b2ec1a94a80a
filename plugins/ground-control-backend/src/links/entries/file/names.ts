const LABEL = /^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/;
const CLUSTER = /^[A-Za-z0-9]([\w.-]{0,125}[A-Za-z0-9])?$/;
const SQUAD = /^[A-Za-z0-9]([-_.A-Za-z0-9]{0,61}[A-Za-z0-9])?$/;
const LONGEST_DNS_NAME = 253;

/** Whether something can be the name of a Service or namespace in Kubernetes. */
export function isLabel(text: string): boolean {
  return LABEL.test(text);
}

/** Whether something can be the name of a cluster, as config has it. */
export function isClusterName(text: string): boolean {
  return CLUSTER.test(text);
}

/** Whether something can be the name of a Group. */
export function isSquadName(text: string): boolean {
  return SQUAD.test(text);
}

/** Whether something is a host's name in DNS; an address isn't. */
export function isDnsName(text: string): boolean {
  const labels = text.split('.');
  return (
    text.length <= LONGEST_DNS_NAME &&
    labels.length > 1 &&
    labels.every(isLabel) &&
    !/^\d+$/.test(labels[labels.length - 1])
  );
}
