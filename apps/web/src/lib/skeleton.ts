/** JSON Schema as far as a skeleton needs it. */
interface Schema {
  readonly type?: unknown;
  readonly const?: unknown;
  readonly default?: unknown;
  readonly enum?: readonly unknown[];
  readonly anyOf?: readonly unknown[];
  readonly oneOf?: readonly unknown[];
  readonly properties?: Readonly<Record<string, unknown>>;
  readonly items?: unknown;
  readonly format?: unknown;
  readonly minimum?: unknown;
  readonly exclusiveMinimum?: unknown;
  readonly maximum?: unknown;
}

const depthMax = 8;
/** A bound beyond this is none that a person has chosen. */
const chosenMax = 1_000_000;
const large = 100_000;

/** A value with every field of a schema, so that a person only has to change what is there. */
export function skeletonOf(schema: unknown, name = '', depth = 0): unknown {
  if (typeof schema !== 'object' || schema === null || depth > depthMax) return null;
  const given = schema as Schema;
  if (given.const !== undefined) return given.const;
  if (given.default !== undefined) return given.default;
  if (given.enum) return given.enum[0];
  const [first] = given.anyOf ?? given.oneOf ?? [];
  if (first !== undefined) return skeletonOf(first, name, depth + 1);
  switch (Array.isArray(given.type) ? given.type[0] : given.type) {
    case 'object':
      return Object.fromEntries(
        Object.entries(given.properties ?? {}).map(([key, member]) => [
          key,
          skeletonOf(member, key, depth + 1),
        ]),
      );
    case 'array':
      return given.items === undefined ? [] : [skeletonOf(given.items, name, depth + 1)];
    case 'boolean':
      return true;
    case 'integer':
    case 'number':
      return numberFor(given);
    case 'string':
      return textFor(given, name);
    default:
      return null;
  }
}

function numberFor({ minimum, exclusiveMinimum, maximum }: Schema): number {
  const least = typeof exclusiveMinimum === 'number' ? exclusiveMinimum + 1 : minimum;
  const isBounded = typeof maximum === 'number' && maximum <= chosenMax;
  if (typeof least === 'number' && least > -chosenMax && (isBounded || least > 1)) return least;
  return isBounded ? Math.min(0, maximum) : large;
}

/** An id must be new each time; a person's name is whoever writes it. */
function textFor({ format }: Schema, name: string): string {
  if (format === 'uuid') return crypto.randomUUID();
  if (format === 'date-time') return new Date().toISOString();
  if (name.endsWith('Id')) return `${name.slice(0, -2)}-${crypto.randomUUID().slice(0, 8)}`;
  return name.endsWith('By') ? 'operator' : name;
}
