/** The program that applies a formula to every row of an assay inside the sandbox; it holds features, and no score. */
import type { AssayTable } from './assayTable.js';

/** What the program gives as JSON: values in order of rows, or why there are none. */
export type ProgramResult =
	| { readonly values: readonly unknown[] }
	/** For the author of the formula. */
	| { readonly fault: string };

/**
 * The formula runs at the top of a world of its own, before the rows are there; everything else is kept from it. What it
 * changes of the world can only spoil its own numbers, which are checked outside.
 */
export function formulaProgram(formula: string, { names, rows }: Pick<AssayTable, 'names' | 'rows'>): string {
	const data = JSON.stringify(rows.map((row) => row.map((value) => Math.round(value * 1e6) / 1e6)));
	return `(function () {
const { parse, stringify } = JSON;
const text = ${JSON.stringify(formula)};
const names = ${JSON.stringify(names)};
${preparation}
const formula = compiled(text);
if (typeof formula !== 'function') return stringify({ fault: formula });
const values = [];
for (const row of parse(${JSON.stringify(data)})) {
	let value;
	try {
		value = formula(featuresOf(row));
	} catch (error) {
		return stringify({ fault: String(error && error.message !== undefined ? error.message : error).slice(0, 200) });
	}
	values.push(typeof value === 'number' || Array.isArray(value) ? value : { type: value === null ? 'null' : typeof value });
}
return stringify({ values }, (key, value) => (typeof value === 'number' ? (Number.isFinite(value) ? value : null) : value));
})()`;
}

/**
 * `mean` and the functions of Math are there by their names; chance and time are not, for the same features must give the
 * same value. A formula may be an arrow function, a named one, an expression, or a body with `return`; in the last two the
 * features may stand without "f.".
 */
const preparation = `
const numbers = (items) => items.flatMap((item) => Array.isArray(item) ? numbers(item) : typeof item === 'object' && item !== null ? numbers(Object.keys(item).map((key) => item[key])) : [Number(item)]);
globalThis.mean = (...items) => { const all = numbers(items); return all.reduce((sum, item) => sum + item, 0) / all.length; };
globalThis.sum = (...items) => numbers(items).reduce((sum, item) => sum + item, 0);
delete Math.random;
for (const name of Object.getOwnPropertyNames(Math)) if (!(name in globalThis)) globalThis[name] = Math[name];
delete globalThis.Date;
const plainNames = names.filter((name) => /^[A-Za-z_][A-Za-z0-9_]*$/.test(name) && !(name in globalThis));
const unknown = (name) => new ReferenceError('There is no feature "' + name + '"; there are: ' + names.join(', ') + '.');
const guard = {
	get(row, name) {
		if (name in row || typeof name !== 'string') return row[name];
		throw unknown(name);
	},
};
const featuresOf = (row) => {
	const features = Object.create(null);
	for (let index = 0; index < names.length; index++) features[names[index]] = row[index];
	return new Proxy(Object.freeze(features), guard);
};
const evaluate = (code) => { try { return { value: (0, eval)(code) }; } catch (error) { return { error }; } };
function compiled(text) {
	const named = [...text.matchAll(/function\\s*([\\w$]+)\\s*\\(|(?:const|let|var)\\s+([\\w$]+)\\s*=/g)].at(-1);
	const name = named && (named[1] || named[2]);
	const unpack = plainNames.length > 0 ? 'const { ' + plainNames.join(', ') + ' } = f; ' : '';
	const ways = ['(' + text + ')', ...(name ? ['(() => {' + text + '\\nreturn ' + name + ';})()'] : []), '(f) => { ' + unpack + 'return (' + text + '); }', '(f) => { ' + unpack + text + '\\n}'];
	let first;
	for (const way of ways) {
		const { value, error } = evaluate(way);
		if (typeof value === 'function') return value;
		first = first || error;
	}
	return first ? String(first.message) : 'It is no function of f.';
}`;
