import { quoted } from './yaml.ts';

/** What the manifests of one service in one environment are made from. */
export interface ManifestValues {
  service: string;
  namespace: string;
  environment: string;
  squad: string;
  artifactId: string;
  author: string;
  image: string;
  tag: string;
  kind: 'Deployment' | 'StatefulSet' | 'DaemonSet';
  port: number;
  replicas: number;
  cpu: string;
  memory: string;
  memoryLimit: string;
  settings: Record<string, string>;
  secrets: Record<string, string>;
}

type Base = Pick<
  ManifestValues,
  'service' | 'namespace' | 'squad' | 'environment' | 'port'
>;

function head(
  apiVersion: string,
  kind: string,
  { service, namespace, squad }: Base,
): string {
  return `apiVersion: ${apiVersion}
kind: ${kind}
metadata:
  name: ${service}
  namespace: ${namespace}
  labels:
    app: ${service}
    squad: ${squad}
`;
}

function entries(values: Record<string, string>): string {
  return Object.entries(values)
    .map(([key, value]) => `  ${key}: ${quoted(value)}\n`)
    .join('');
}

export function configMap(values: ManifestValues): string {
  return `${head('v1', 'ConfigMap', values)}data:
${entries(values.settings)}`;
}

/** Plain values come in; they leave in base64, as Kubernetes wants them. */
export function secret(values: ManifestValues): string {
  const encoded = Object.fromEntries(
    Object.entries(values.secrets).map(([key, value]) => [
      key,
      Buffer.from(value).toString('base64'),
    ]),
  );
  return `${head('v1', 'Secret', values)}type: Opaque
data:
${entries(encoded)}`;
}

export function serviceAccount(values: Base): string {
  return head('v1', 'ServiceAccount', values);
}

function replicasOf(values: ManifestValues): string {
  if (values.kind === 'DaemonSet') {
    return '';
  }
  const serviceName =
    values.kind === 'StatefulSet' ? `  serviceName: ${values.service}\n` : '';
  return `  replicas: ${values.replicas}\n${serviceName}`;
}

export function workload(values: ManifestValues): string {
  const { service, namespace, squad, artifactId, author } = values;
  const annotations = `lunarway.com/artifact-id: ${quoted(artifactId)}
ANNOTATION_INDENTlunarway.com/author: ${quoted(author)}
ANNOTATION_INDENTlunarway.com/controlled-by-release-manager: "true"`;
  const annotationsAt = (spaces: number) =>
    annotations.replaceAll('ANNOTATION_INDENT', ' '.repeat(spaces));
  return `apiVersion: apps/v1
kind: ${values.kind}
metadata:
  name: ${service}
  namespace: ${namespace}
  labels:
    app: ${service}
    squad: ${squad}
  annotations:
    ${annotationsAt(4)}
spec:
${replicasOf(values)}  selector:
    matchLabels:
      app: ${service}
  template:
    metadata:
      labels:
        app: ${service}
        squad: ${squad}
      annotations:
        ${annotationsAt(8)}
    spec:
      serviceAccountName: ${service}
      containers:
        - name: ${service}
          image: ${values.image}:${values.tag}
          ports:
            - name: http
              containerPort: ${values.port}
          envFrom:
            - configMapRef:
                name: ${service}
${
  Object.keys(values.secrets).length > 0
    ? `            - secretRef:
                name: ${service}
`
    : ''
}          resources:
            requests:
              cpu: ${values.cpu}
              memory: ${values.memory}
            limits:
              memory: ${values.memoryLimit}
          readinessProbe:
            httpGet:
              path: /ready
              port: http
          livenessProbe:
            httpGet:
              path: /live
              port: http
`;
}

export function autoscaler(values: ManifestValues): string {
  return `${head('autoscaling/v2', 'HorizontalPodAutoscaler', values)}spec:
  minReplicas: ${values.replicas}
  maxReplicas: ${values.replicas * 3}
  scaleTargetRef:
    apiVersion: apps/v1
    kind: ${values.kind}
    name: ${values.service}
  metrics:
    - type: Resource
      resource:
        name: cpu
        target:
          type: Utilization
          averageUtilization: 70
`;
}

export function clusterService(values: Base): string {
  return `${head('v1', 'Service', values)}spec:
  selector:
    app: ${values.service}
  ports:
    - name: http
      port: 80
      targetPort: ${values.port}
`;
}

export function ingress(values: Base): string {
  const host = `${values.service}.${values.environment}.bank.example`;
  return `${head('networking.k8s.io/v1', 'Ingress', values)}spec:
  ingressClassName: nginx
  rules:
    - host: ${host}
      http:
        paths:
          - path: /
            pathType: Prefix
            backend:
              service:
                name: ${values.service}
                port:
                  name: http
  tls:
    - hosts:
        - ${host}
      secretName: ${values.service}-tls
`;
}
