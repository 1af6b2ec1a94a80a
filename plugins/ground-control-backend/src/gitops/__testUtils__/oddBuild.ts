import { artifactJson, TestBuild } from './artifacts';

/**
 * An artifact.json as {@link artifactJson} has it, which says the same, but
 * whose bytes no JSON writer gives back: lines as on Windows, tabs, keys in
 * another order, an escape and a fraction that nobody needs, no last line end.
 */
export function oddArtifactJson(build: TestBuild): Buffer {
  const { stages, ...rest } = JSON.parse(artifactJson(build));
  const keys = Object.entries({ stages, ...rest }).reverse();
  return Buffer.from(
    JSON.stringify(Object.fromEntries(keys), undefined, '\t')
      .replaceAll('"Ada"', '"\\u0041da"')
      .replace('"tag": "x"', '"tag": "x",\t"weight": 1.0')
      .replaceAll('\n', '\r\n'),
  );
}

/** A manifest that neither UTF-8 nor YAML gives back. */
export function oddManifest(build: TestBuild): Buffer {
  const { service } = build;
  const text = `\xef\xbb\xbfkind:   Deployment\t# of caf\xe9\r\nmetadata: {"name": '${service}'} \r\n# the end`;
  return Buffer.from(text, 'latin1');
}
