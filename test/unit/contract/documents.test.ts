import { describe, expect, it } from 'vitest';
import { asyncApi } from '../../../docs/pages/asyncapi.ts';
import { openApi } from '../../../docs/pages/openapi.ts';
import { ENDPOINTS } from '../../../shared/contract/api.ts';
import { MESSAGES } from '../../../shared/contract/messages.ts';
import { faults, type JsonSchema } from '../../support/json-schema.ts';
import { vectors } from '../../support/vectors.ts';

type Tree = Readonly<Record<string, unknown>>;

/** All `$ref` of a document. */
function references(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, one]) => (name === '$ref' ? [String(one)] : references(one)));
}

const resolve = (document: Tree, reference: string): unknown =>
  reference
    .split('/')
    .slice(1)
    .reduce<unknown>((place, name) => (place as Tree | undefined)?.[name], document);

const documents = { 'openapi.json': openApi(), 'asyncapi.json': asyncApi() };

describe.each(Object.entries(documents))('%s', (_, text) => {
  it('refers only to what it has', () => {
    const document = JSON.parse(text) as Tree;
    const all = references(document);
    expect(all.length).toBeGreaterThan(10);
    for (const reference of all) expect(resolve(document, reference), reference).toBeDefined();
  });
});

describe('OpenAPI', () => {
  const { paths } = JSON.parse(documents['openapi.json']) as { paths: Record<string, Record<string, Tree>> };

  it('has each endpoint of the table once, by a name of its own', () => {
    const operations = Object.values(paths).flatMap((path) => Object.values(path));
    expect(operations.length).toBe(Object.keys(ENDPOINTS).length);
    expect(new Set(operations.map((operation) => operation['operationId'])).size).toBe(operations.length);
    expect(paths['/api/rooms/{room}/lab']?.['post']).toMatchObject({
      parameters: [{ name: 'room', in: 'path', required: true }],
      security: [{}, { teacher: [] }],
      responses: { 200: {}, 400: {}, 403: {} },
    });
    expect(paths['/metrics']?.['get']).toMatchObject({ responses: { 200: { content: { 'text/plain': {} } } } });
  });
});

describe('AsyncAPI', () => {
  const { components, channels } = JSON.parse(documents['asyncapi.json']) as {
    components: { messages: Record<string, { payload: JsonSchema }> };
    channels: Record<string, { messages: Tree; parameters?: Tree; address: string }>;
  };
  const payload = (name: string): JsonSchema => components.messages[name]?.payload ?? { enum: [] };

  it('takes every example of the contract for what it is, and for nothing else', () => {
    const examples = vectors('message').map(({ expected }) => JSON.parse(expected) as { type: string });
    expect(examples.length).toBeGreaterThanOrEqual(Object.keys(MESSAGES).length);
    for (const example of examples) {
      expect(faults(payload(example.type), example), JSON.stringify(example)).toEqual([]);
      const other = example.type === 'PING' ? 'PONG' : 'PING';
      expect(faults(payload(other), example)).not.toEqual([]);
    }
  });

  it('refuses what the contract refuses', () => {
    expect(faults(payload('INPUT'), { type: 'INPUT', seq: -1 })).toEqual(['$.seq: is out of range']);
    expect(faults(payload('INPUT'), { type: 'INPUT' })).toEqual(['$.seq: is missing']);
    expect(faults(payload('INPUT'), { type: 'INPUT', seq: 1, axis: null })).toEqual([]);
    expect(faults(payload('HELLO'), { type: 'HELLO', version: 1, id: 'x'.repeat(33) })).toEqual(['$.id: is too long']);
    expect(faults(payload('HELLO'), { type: 'HELLO', version: 1, id: 'x', kind: 'cat' })).toEqual([
      '$.kind: is not in the list',
    ]);
  });

  it('has each message on a channel, and says what stands in braces', () => {
    const carried = Object.values(channels).flatMap(({ messages }) => Object.keys(messages));
    expect(carried.toSorted()).toEqual(Object.keys(components.messages).toSorted());
    for (const { address, parameters = {} } of Object.values(channels))
      expect(Object.keys(parameters)).toEqual([...address.matchAll(/\{(\w+)\}/g)].map(([, name]) => name));
  });
});
