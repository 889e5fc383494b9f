/** Completion in launch.json: every field is explained, lists its values, and offers a default that it would take. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { launchSchema, type Schema } from '../../scripts/manifest/launchSchema.ts';
import { CHOICES } from '../../src/sim/kernel/profile/choices.ts';
import { PROFILES } from '../../src/sim/kernel/profile/tables.ts';

const { properties, texts } = launchSchema();

/** Every field with its place, those inside of lists and alternatives too. */
function fields(of: Readonly<Record<string, Schema>>, prefix = ''): [string, Schema][] {
  return Object.entries(of).flatMap(([name, schema]): [string, Schema][] => [[`${prefix}${name}`, schema], ...inside(schema, `${prefix}${name}.`)]);
}

function inside({ properties: own, items, anyOf }: Schema, prefix: string): [string, Schema][] {
  return [...fields(own ?? {}, prefix), ...(items ? inside(items, prefix) : []), ...(anyOf ?? []).flatMap((one) => inside(one, prefix))];
}

const all = fields(properties);

describe('the schema of launch configurations', () => {
  it('has a description for every field', () => {
    expect(all.length).toBeGreaterThan(50);
    for (const [name, { description = '' }] of all) expect(texts.get(description.replaceAll('%', '')), name).toMatch(/\S.{10}/);
  });

  it('has types that JSON Schema knows, each once, and values of the kind of the type', () => {
    for (const [name, { type, enum: values = [] }] of all) {
      const types = [type ?? []].flat();
      expect(new Set(types).size, name).toBe(types.length);
      for (const value of values) expect(typeof value, name).toBe(type === 'integer' ? 'number' : 'string');
    }
  });

  it('has defaults that their fields take', () => {
    for (const [name, schema] of all) {
      const value = schema.default;
      if (value === undefined) continue;
      const values = schema.enum ?? (schema.anyOf ?? []).flatMap((one) => one.enum ?? []);
      if (values.length > 0) expect(values, name).toContain(value);
      if (schema.minimum !== undefined) expect(value, name).toBeGreaterThanOrEqual(schema.minimum);
    }
  });

  it('lists every kernel, and every choice of a kernel with its values', () => {
    const [names, changed] = properties['kernel']?.anyOf ?? [];
    expect(names?.enum).toEqual(PROFILES.map(({ name }) => name));
    for (const [name, values] of Object.entries(CHOICES)) {
      const field = changed?.properties?.[name];
      expect(field, name).toBeDefined();
      if (typeof values !== 'string') expect(new Set<unknown>(field?.enum), name).toEqual(new Set<unknown>(values));
    }
  });

  it('has snippets that fit it', () => {
    const { contributes } = JSON.parse(readFileSync('package.json', 'utf8')) as { contributes: { debuggers: { configurationSnippets: { body: Record<string, unknown> }[] }[] } };
    const snippets = contributes.debuggers.flatMap(({ configurationSnippets }) => configurationSnippets);
    expect(snippets.length).toBeGreaterThanOrEqual(3);
    for (const { body } of snippets) {
      for (const key of Object.keys(body)) expect(['type', 'request', 'name', ...Object.keys(properties)]).toContain(key);
    }
  });
});
