/** What code finds in the sandbox besides the language: `console`, and `require` for a few modules; as text, for it runs inside. */
import { sandboxShowing } from './sandboxShowing.js';
import { sandboxSort } from './sandboxSort.js';

/**
 * An expression whose value is a function `(print, hash, load, most) → { show, describe }`:
 * `print(text)` takes a line that was logged, `hash(algorithm, text)` gives hex, `load(name)` the text of a package, `most` characters cross at once, `show` gives a value as a console shows it
 * (undefined for undefined), `describe` gives name, message and line of what was thrown.
 * Texts cross to the host as JSON. Values are read through their property descriptors, so that showing one runs no getter and no `toString` of its own.
 */
export const sandboxPrelude = `(function (print, hash, load, most) {
'use strict';
const { getOwnPropertyDescriptor, getOwnPropertySymbols, getPrototypeOf, is, keys, prototype } = Object;
const isArray = Array.isArray;
const tagOf = (value) => prototype.toString.call(value).slice(8, -1);
const toJson = JSON.stringify;
const crossing = (text) => toJson(text.slice(0, most));
const isObject = (value) => typeof value === 'object' && value !== null;

${sandboxShowing}
${sandboxSort}
// ---- console --------------------------------------------------------------------------------------------------

const formats = { s: (it) => shown(it), d: (it) => primitive(Number(it)), i: (it) => primitive(Math.trunc(Number(it))), f: (it) => primitive(Number(it)), j: (it) => String(JSON.stringify(it)), o: inspect, O: inspect };

function format(first, ...more) {
	if (typeof first !== 'string' || more.length === 0 || !first.includes('%')) return [first, ...more].map(shown).join(' ');
	const text = first.replace(/%([sdifjoO%])/g, (whole, kind) => kind === '%' ? '%' : more.length === 0 ? whole : formats[kind](more.shift(), undefined));
	return [text, ...more.map(shown)].join(' ');
}

const log = (...values) => print(crossing(format(...values)));
const quiet = () => {};
const console = { log, info: log, warn: log, error: log, debug: log, trace: log, dir: (value) => log(inspect(value)), table: (value) => log(inspect(value)),
	group: quiet, groupEnd: quiet, time: quiet, timeEnd: quiet, clear: quiet,
	assert(condition, ...message) {
		if (!condition) throw new AssertionError({ message: message.length === 0 ? 'Assertion failed' : 'Assertion failed: ' + format(...message) });
	},
};

// ---- comparing ------------------------------------------------------------------------------------------------

const enumerable = (value, strict) => !strict ? keys(value) : [...keys(value), ...getOwnPropertySymbols(value).filter((symbol) => prototype.propertyIsEnumerable.call(value, symbol))];

/** Whether two values have the same structure; strict as Node's assert.deepStrictEqual, loose as its assert.deepEqual. */
function deepEqual(left, right, strict) {
	const pairs = [];
	const plain = (x, y) => (strict ? is(x, y) : x == y || (x !== x && y !== y));
	const boxed = { Number, String, Boolean, Symbol };
	function sameKind(x, y) {
		if (strict && getPrototypeOf(x) !== getPrototypeOf(y)) return false;
		const tag = tagOf(x);
		if (tag !== tagOf(y) || isArray(x) !== isArray(y)) return false;
		if (x instanceof Date && y instanceof Date) return is(x.getTime(), y.getTime());
		if (x instanceof RegExp && y instanceof RegExp) return String(x) === String(y) && x.lastIndex === y.lastIndex;
		if (x instanceof Error || y instanceof Error) return x.message === y.message && x.name === y.name;
		if (Object.hasOwn(boxed, tag) && x instanceof boxed[tag] && y instanceof boxed[tag]) return is(x.valueOf(), y.valueOf());
		if (isArray(x) || ArrayBuffer.isView(x)) return x.length === y.length;
		return true;
	}
	function sameProperties(x, y) {
		const names = enumerable(x, strict);
		if (names.length !== enumerable(y, strict).length) return false;
		return names.every((name) => prototype.propertyIsEnumerable.call(y, name) && same(x[name], y[name]));
	}
	function sameSet(x, y) {
		if (x.size !== y.size) return false;
		const rest = [...y].filter((item) => !x.has(item));
		return [...x].every((item) => {
			if (y.has(item)) return true;
			const at = rest.findIndex((other) => (isObject(item) || !strict) && same(item, other));
			if (at >= 0) rest.splice(at, 1);
			return at >= 0;
		});
	}
	function sameMap(x, y) {
		if (x.size !== y.size) return false;
		const rest = [...y].filter(([key]) => !x.has(key));
		return [...x].every(([key, value]) => {
			if (y.has(key)) return same(value, y.get(key));
			const at = rest.findIndex(([other, held]) => (isObject(key) || !strict) && same(key, other) && same(value, held));
			if (at >= 0) rest.splice(at, 1);
			return at >= 0;
		});
	}
	function same(x, y) {
		if (x === y) return x !== 0 || plain(x, y);
		if (!isObject(x) || !isObject(y)) return plain(x, y) && !isObject(x) && !isObject(y);
		if (pairs.some(([a, b]) => a === x && b === y)) return true;
		if (!sameKind(x, y)) return false;
		pairs.push([x, y]);
		const contents = x instanceof Set && y instanceof Set ? sameSet(x, y) : x instanceof Map && y instanceof Map ? sameMap(x, y) : true;
		const equal = contents && sameProperties(x, y);
		pairs.pop();
		return equal;
	}
	return same(left, right);
}

// ---- modules --------------------------------------------------------------------------------------------------

class AssertionError extends Error {
	constructor(options) {
		super(options.message);
		this.name = 'AssertionError';
		this.code = 'ERR_ASSERTION';
		this.actual = options.actual;
		this.expected = options.expected;
		this.operator = options.operator;
	}
}

function check(holds, operator, actual, expected, message) {
	if (holds) return;
	if (message instanceof Error) throw message;
	const text = message ?? operator + ' does not hold: got ' + shown(actual) + ', expected ' + shown(expected);
	throw new AssertionError({ message: text, actual, expected, operator });
}

function fits(error, expected) {
	if (expected === undefined || typeof expected === 'string') return true;
	if (expected instanceof RegExp) return expected.test(String(error));
	if (typeof expected === 'function') {
		if (expected.prototype !== undefined && error instanceof expected) return true;
		return !(expected === Error || Error.isPrototypeOf(expected)) && expected.call({}, error) === true;
	}
	return keys(expected).every((key) => expected[key] instanceof RegExp && typeof error[key] === 'string' ? expected[key].test(error[key]) : deepEqual(error[key], expected[key], true));
}

function throwing(act, expected, message) {
	let thrown;
	try {
		act();
	} catch (error) {
		thrown = { error };
	}
	if (thrown === undefined) check(false, 'throws', undefined, 'an exception', message ?? (typeof expected === 'string' ? expected : 'Missing expected exception.'));
	else if (!fits(thrown.error, expected)) throw thrown.error;
}

const assert = (value, message) => check(value, 'ok', value, true, message);
Object.assign(assert, {
	ok: assert,
	AssertionError,
	equal: (x, y, message) => check(x == y || (x !== x && y !== y), 'equal', x, y, message),
	notEqual: (x, y, message) => check(!(x == y || (x !== x && y !== y)), 'notEqual', x, y, message),
	strictEqual: (x, y, message) => check(is(x, y), 'strictEqual', x, y, message),
	notStrictEqual: (x, y, message) => check(!is(x, y), 'notStrictEqual', x, y, message),
	deepEqual: (x, y, message) => check(deepEqual(x, y, false), 'deepEqual', x, y, message),
	notDeepEqual: (x, y, message) => check(!deepEqual(x, y, false), 'notDeepEqual', x, y, message),
	deepStrictEqual: (x, y, message) => check(deepEqual(x, y, true), 'deepStrictEqual', x, y, message),
	notDeepStrictEqual: (x, y, message) => check(!deepEqual(x, y, true), 'notDeepStrictEqual', x, y, message),
	match: (text, pattern, message) => check(pattern.test(text), 'match', text, pattern, message),
	throws: throwing,
	doesNotThrow: (act) => void act(),
	fail: (message) => check(false, 'fail', undefined, undefined, message ?? 'Failed'),
});
assert.strict = Object.assign((value, message) => assert(value, message), assert, {
	equal: assert.strictEqual,
	notEqual: assert.notStrictEqual,
	deepEqual: assert.deepStrictEqual,
	notDeepEqual: assert.notDeepStrictEqual,
});

function createHash(algorithm) {
	let data = '';
	return {
		update(text) {
			if (typeof text !== 'string') throw new TypeError('Here only texts can be hashed.');
			data += text;
			return this;
		},
		digest(form) {
			if (form !== 'hex') throw new TypeError("Here a digest is had as 'hex' only.");
			return hash(crossing(String(algorithm)), toJson(data));
		},
	};
}

const modules = {
	assert,
	'assert/strict': assert.strict,
	util: { inspect, format, isDeepStrictEqual: (x, y) => deepEqual(x, y, true) },
	crypto: { createHash },
};
// As a module compiled from TypeScript or from "import" expects them, whichever way it imports.
for (const held of new Set(Object.values(modules))) Object.defineProperties(held, { __esModule: { value: true }, default: { value: held } });

/** Packages are large: their text is read and run once code uses something of them. */
const packages = { mathjs: undefined };

function packaged(name) {
	if (packages[name] === undefined) {
		const made = { exports: {} };
		new Function('module', 'exports', load(name))(made, made.exports);
		packages[name] = made.exports;
	}
	return packages[name];
}

function lazily(name) {
	return new Proxy({}, { get: (_, key) => key === '__esModule' ? true : key === 'default' ? packaged(name) : packaged(name)[key] });
}

function require(name) {
	const bare = String(name).replace(/^node:/, '');
	if (Object.hasOwn(packages, bare)) return lazily(bare);
	if (!Object.hasOwn(modules, bare)) throw new Error("Cannot find module '" + name + "': here are assert, util, crypto (createHash) and mathjs only.");
	return modules[bare];
}

const module = { exports: {} };
for (const [name, value] of Object.entries({ console, require, module, exports: module.exports })) {
	Object.defineProperty(globalThis, name, { value, writable: true, configurable: true, enumerable: false });
}
return { show: (value) => (value === undefined ? undefined : crossing(shown(value))), describe: (thrown) => crossing(describe(thrown)) };
})`;
