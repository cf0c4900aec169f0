/** JSON in one spelling: equal values give equal text, whatever the order of their keys. */

/** `value` as JSON with sorted keys and without undefined fields. */
export function canonicalJson(value: unknown): string {
	return JSON.stringify(value, (_key, field: unknown) => (isPlainObject(field) ? sortedKeys(field) : field)) ?? 'null';
}

function isPlainObject(value: unknown): value is Readonly<Record<string, unknown>> {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function sortedKeys(value: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
	return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)));
}
