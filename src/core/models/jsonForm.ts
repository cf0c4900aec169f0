/** Describes a JSON form in words, for models that can't be held to a schema. */
import type { ChatMessage, JsonSchema } from './chatModel.js';

/** The messages with the form asked for at the end of the last question. */
export function askForJson(messages: readonly ChatMessage[], schema: JsonSchema): readonly ChatMessage[] {
	const demand = `Answer with one JSON object of this form and nothing else:\n${describeForm(schema)}`;
	return askAtEnd(messages, demand);
}

/** The messages with `demand` at the end of the last question. */
export function askAtEnd(messages: readonly ChatMessage[], demand: string): readonly ChatMessage[] {
	const last = messages.at(-1);
	if (last?.role !== 'user') return [...messages, { role: 'user', content: demand }];
	return [...messages.slice(0, -1), { ...last, content: `${last.content}\n\n${demand}` }];
}

/** An example of what `schema` allows, with its limits in angle brackets: small models copy a form, not a schema. */
export function describeForm(schema: JsonSchema): string {
	const { type, enum: allowed, properties, items, maxItems, maxLength } = schema;
	if (Array.isArray(allowed)) return allowed.map((value) => JSON.stringify(value)).join(' or ');
	if (isSchema(properties)) return describeFields(properties);
	if (isSchema(items)) return `[${describeForm(items)}, …]${limitOf('at most', maxItems, 'items')}`;
	if (type === 'string') return `"<text${limitOf(', at most', maxLength, 'characters')}>"`;
	return typeof type === 'string' ? `<${type}>` : JSON.stringify(schema);
}

function describeFields(properties: JsonSchema): string {
	const fields = Object.entries(properties).map(
		([name, field]) => `${JSON.stringify(name)}: ${isSchema(field) ? describeForm(field) : '…'}`,
	);
	return `{${fields.join(', ')}}`;
}

function limitOf(before: string, limit: unknown, unit: string): string {
	return typeof limit === 'number' ? `${before.startsWith(',') ? '' : ' '}${before} ${limit} ${unit}` : '';
}

function isSchema(value: unknown): value is JsonSchema {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}
