/** The JSON schema of launch configurations, read from the types that the adapter uses. */
import ts from 'typescript';
import { PROFILES } from '../../src/sim/kernel/profile/tables.ts';

/** Where a fact is from concerns those who read the code. */
const FACTS = / \(facts [^)]*\)/g;
const SOURCE = 'src/adapter/launchArguments.ts';

export interface Schema {
  readonly type?: string | readonly string[];
  readonly description?: string;
  readonly enum?: readonly (string | number)[];
  readonly default?: unknown;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly items?: Schema;
  readonly anyOf?: readonly Schema[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: Schema | false;
}

export interface LaunchSchema {
  readonly properties: Readonly<Record<string, Schema>>;
  readonly required: readonly string[];
  /** Descriptions by the key that stands for them in the schema. */
  readonly texts: ReadonlyMap<string, string>;
}

/** What the tag `@names` of a text can say that it names. */
const NAMES: ReadonlyMap<string, readonly string[]> = new Map([['profile', PROFILES.map(({ name }) => name)]]);

/** Reads interface LaunchArguments: its types, its comments, and the tags `@default`, `@minimum`, `@maximum` and `@names`. */
export function launchSchema(): LaunchSchema {
  const program = ts.createProgram([SOURCE], { strict: true, noEmit: true, allowImportingTsExtensions: true, module: ts.ModuleKind.ESNext, moduleResolution: ts.ModuleResolutionKind.Bundler });
  const source = program.getSourceFile(SOURCE);
  if (!source) throw new Error(`${SOURCE} is missing: the launch schema is made from it.`);
  const declaration = source.statements.filter(ts.isInterfaceDeclaration).find(({ name }) => name.text === 'LaunchArguments');
  if (!declaration) throw new Error(`${SOURCE} does not declare interface LaunchArguments.`);
  const reader = new SchemaReader(program.getTypeChecker(), declaration);
  const { properties = {}, required = [] } = reader.ofObject(reader.typeOf(declaration), 'launch');
  return { properties, required, texts: reader.texts };
}

/** The words of an enum in the order in which the source has them; the compiler's depends on what else it has read. */
function inOrderOf(source: string, schema: Schema): Schema {
  const place = (word: string | number): number => source.indexOf(JSON.stringify(word).replaceAll('"', "'"));
  return schema.enum ? { ...schema, enum: [...schema.enum].sort((a, b) => place(a) - place(b)) } : schema;
}

/** Where a schema is that of any text, that of these. */
function withNames(schema: Schema, names: readonly string[]): Schema {
  if (schema.type === 'string') return { ...schema, enum: names };
  return schema.anyOf ? { ...schema, anyOf: schema.anyOf.map((one) => withNames(one, names)) } : schema;
}

class SchemaReader {
  readonly texts = new Map<string, string>();
  readonly #checker: ts.TypeChecker;
  readonly #at: ts.Node;

  constructor(checker: ts.TypeChecker, at: ts.Node) {
    this.#checker = checker;
    this.#at = at;
  }

  typeOf(declaration: ts.InterfaceDeclaration): ts.Type {
    return this.#checker.getTypeAtLocation(declaration);
  }

  ofObject(type: ts.Type, key: string): Schema {
    const properties: Record<string, Schema> = {};
    const required: string[] = [];
    for (const property of type.getProperties()) {
      const name = property.getName();
      const optional = (property.flags & ts.SymbolFlags.Optional) !== 0;
      if (!optional) required.push(name);
      properties[name] = this.#ofProperty(property, `${key}.${name}`);
    }
    return { type: 'object', properties, ...(required.length > 0 && { required }), additionalProperties: false };
  }

  #ofProperty(property: ts.Symbol, key: string): Schema {
    const description = ts.displayPartsToString(property.getDocumentationComment(this.#checker)).replace(FACTS, '').trim();
    if (description === '') throw new Error(`${SOURCE}: ${key} has no comment, and users would see an empty description.`);
    this.texts.set(key, description);
    const tags = property.getJsDocTags(this.#checker).map(({ name, text }) => [name, ts.displayPartsToString(text)] as const);
    const named = tags.find(([name]) => name === 'names')?.[1];
    const type = this.#checker.getNonNullableType(this.#checker.getTypeOfSymbolAtLocation(property, this.#at));
    const schema = inOrderOf(property.valueDeclaration?.getText() ?? '', this.#ofType(type, key));
    return {
      description: `%${key}%`,
      ...(named === undefined ? schema : withNames(schema, NAMES.get(named) ?? [])),
      ...Object.fromEntries(tags.filter(([name]) => name !== 'names').map(([name, text]) => [name, JSON.parse(text) as unknown])),
    };
  }

  #ofType(type: ts.Type, key: string): Schema {
    if (type.flags & ts.TypeFlags.BooleanLike) return { type: 'boolean' };
    if (type.isUnion()) return this.#ofUnion(type.types, key);
    if (type.flags & ts.TypeFlags.StringLike) return { type: 'string' };
    if (type.flags & ts.TypeFlags.NumberLike) return { type: 'integer' };
    const element = this.#checker.isArrayType(type) ? this.#checker.getIndexTypeOfType(type, ts.IndexKind.Number) : undefined;
    if (element) return { type: 'array', items: this.#ofType(element, key) };
    const values = this.#checker.getIndexTypeOfType(type, ts.IndexKind.String);
    if (values) return { type: 'object', additionalProperties: this.#ofType(values, key) };
    return this.ofObject(type, key);
  }

  #ofUnion(types: readonly ts.Type[], key: string): Schema {
    const literals = types.filter((type) => type.isStringLiteral()).map(({ value }) => value);
    if (literals.length === types.length) return { type: 'string', enum: literals };
    const numbers = types.filter((type) => type.isNumberLiteral()).map(({ value }) => value);
    if (numbers.length === types.length) return { type: 'integer', enum: numbers };
    const schemas = types.map((type) => this.#ofType(type, key));
    const simple = schemas.flatMap(({ type, ...rest }) => typeof type === 'string' && Object.keys(rest).length === 0 ? [type] : []);
    return simple.length === schemas.length ? { type: simple } : { anyOf: schemas };
  }
}
