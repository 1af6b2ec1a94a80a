import Ajv from 'ajv/dist/2020';
import { createRouter, RouterOptions } from '.';
import { readOpenApi } from './openApiRouter';

const METHODS = ['get', 'put', 'post', 'delete', 'patch', 'head', 'options'];
const openApi = readOpenApi() as any;

/** All routes of a router and the routers in it, as `GET /path/{parameter}`. */
function listRoutes(router: any): string[] {
  return router.stack.flatMap((layer: any) => {
    if (layer.route) {
      const path = layer.route.path.replace(/:(\w+)/g, '{$1}');
      return Object.keys(layer.route.methods).map(
        method => `${method.toUpperCase()} ${path}`,
      );
    }
    return layer.handle.stack ? listRoutes(layer.handle) : [];
  });
}

function listOperations() {
  return Object.entries<any>(openApi.paths).flatMap(([path, item]) =>
    METHODS.filter(method => item[method]).map(method => ({
      name: `${method.toUpperCase()} ${path}`,
      parameters: [
        ...(item.parameters ?? []),
        ...(item[method].parameters ?? []),
      ],
      responses: item[method].responses,
      operationId: item[method].operationId,
    })),
  );
}

function resolve(node: any): any {
  return node.$ref
    ? node.$ref
        .slice(2)
        .split('/')
        .reduce((at: any, key: string) => at[key], openApi)
    : node;
}

describe('openapi.yaml', () => {
  const operations = listOperations();

  it('describes every route, and no other', () => {
    const routes = listRoutes(createRouter({} as RouterOptions));
    expect(routes.length).toBeGreaterThan(8);
    expect(operations.map(o => o.name).sort()).toEqual(routes.sort());
  });

  it('names each operation once, and every parameter of its path', () => {
    const ids = operations.map(o => o.operationId);
    expect(new Set(ids).size).toBe(ids.length);
    for (const { name, parameters } of operations) {
      const inPath = parameters
        .map(resolve)
        .filter(parameter => parameter.in === 'path')
        .map(parameter => `{${parameter.name}}`);
      expect(name.match(/\{\w+\}/g) ?? []).toEqual(inPath);
    }
  });

  it('has examples that are as it says', () => {
    const ajv = new Ajv({ strict: false, formats: { 'date-time': true } });
    ajv.addSchema(openApi, 'api');
    const checked: string[] = [];
    for (const { name, responses } of operations) {
      for (const [status, response] of Object.entries<any>(responses)) {
        const content = resolve(response).content?.['application/json'];
        if (!content?.example) continue;
        const { $ref } = content.schema;
        ajv.validate({ $ref: `api${$ref}` }, content.example);
        expect([name, status, ajv.errorsText()]).toEqual([
          name,
          status,
          'No errors',
        ]);
        checked.push(name);
      }
    }
    expect(checked.length).toBeGreaterThan(7);
  });

  it('closes every object that we send', () => {
    const open: string[] = [];
    const visit = (node: any, path: string) => {
      if (!node || typeof node !== 'object') return;
      if (node.type === 'object' && node.properties) {
        if (node.additionalProperties !== false) open.push(path);
      }
      for (const [key, value] of Object.entries(node)) {
        if (key !== 'example') visit(value, `${path}/${key}`);
      }
    };
    const { Error: _, ...ours } = openApi.components.schemas;
    visit(ours, '');
    expect(open).toEqual([]);
  });
});
