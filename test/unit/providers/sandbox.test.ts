/** The sandbox with its real engine: what code can do in it, and that none can hang, break or reach the host. */
import assert from 'node:assert';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { inspect, isDeepStrictEqual } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Sandbox, SandboxRequest, SandboxResult } from '../../../src/core/tasks/sandbox.js';
import { ownTime } from '../../../src/providers/ownTime.js';
import { openSandbox, SandboxError } from '../../../src/providers/sandbox.js';
import { builtSandbox } from './builtSandbox.js';

let folder: string;
let workerFile: string;
let sandbox: Sandbox;

beforeAll(async () => {
	({ folder, workerFile } = await builtSandbox());
	sandbox = openSandbox({ workerFile });
});

afterAll(async () => {
	await sandbox.close();
	rmSync(folder, { recursive: true, force: true });
});

const megabyte = 1024 * 1024;
const never = new AbortController().signal;

function run(code: string, more: Partial<SandboxRequest> = {}): Promise<SandboxResult> {
	return sandbox.run({ code, timeoutMs: 10_000, memoryBytes: 128 * megabyte, ...more }, never);
}

/** What a script that does not end gives, after 200 ms. */
function brief(code: string): Promise<SandboxResult> {
	return run(code, { timeoutMs: 200 });
}

describe('a script', () => {
	it.each([
		['1 + 1', '2'],
		["'two words'", 'two words'],
		["[1, 'a', null, undefined, -0, 10n]", "[ 1, 'a', null, undefined, -0, 10n ]"],
		["({ a: 1, 'b-c': { d: [[]] } })", "{ a: 1, 'b-c': { d: [ [] ] } }"],
		["new Map([['k', new Set([1])]])", "Map(1) { 'k' => Set(1) { 1 } }"],
		["[1, , 3, 'it\\'s']", '[ 1, <1 empty item>, 3, "it\'s" ]'],
		['[function f() {}, () => 1, class A {}]', '[ [Function: f], [Function (anonymous)], [class A] ]'],
		['new (class Point { x = 1 })', 'Point { x: 1 }'],
		['new Uint8Array(2)', 'Uint8Array(2) [ 0, 0 ]'],
		['Object.create(null)', '[Object: null prototype] {}'],
		['new Date(0)', '1970-01-01T00:00:00.000Z'],
		['/a+/gi', '/a+/gi'],
		["'a\\0b'", 'a\0b'],
		["'\\u{1F600}é'", '😀é'],
	])('%s gives its completion value as a console shows it', async (code, value) => {
		expect(await run(code)).toEqual({ status: 'done', output: '', value });
		// Node's own console agrees, apart from strings at the top, which it prints as they are.
		const own: unknown = new Function(`return eval(${JSON.stringify(code)})`)();
		if (typeof own !== 'string') expect(inspect(own)).toBe(value);
	});

	it('that ends in undefined has no value', async () => {
		expect(await run('var x = 1; undefined')).toEqual({ status: 'done', output: '' });
	});

	it('has what it printed collected in order', async () => {
		const { output } = await run("console.log('a', 1); console.warn({ b: 2 }); console.error('%s is %d', 'x', 3)");
		expect(output).toBe('a 1\n{ b: 2 }\nx is 3\n');
	});

	it('has long output and a long value cut', async () => {
		const { output, value } = await run("for (let i = 0; i < 500; i++) console.log('x'.repeat(100)); 'y'.repeat(1e6)");
		expect([output.length, value?.length]).toEqual([10_000, 10_000]);
	});

	it('that throws says what and where', async () => {
		expect(await run("let a = 1;\nthrow new TypeError('no');")).toEqual({
			status: 'thrown',
			output: '',
			error: 'TypeError: no (line 2)',
		});
		expect(await run("throw { code: 'E' }")).toMatchObject({ status: 'thrown', error: "Thrown: { code: 'E' }" });
		expect(await run('let = ;')).toMatchObject({ status: 'thrown', error: expect.stringMatching(/^SyntaxError/u) });
	});

	it('that gives a promise is waited for', async () => {
		expect(await run('(async () => { await null; return [1]; })()')).toMatchObject({ status: 'done', value: '[ 1 ]' });
		const rejected = await run("(async () => { await null; throw new Error('later'); })()");
		expect(rejected).toMatchObject({ status: 'thrown', error: expect.stringMatching(/^Error: later/u) });
		const forever = await run('new Promise(() => {})');
		expect(forever).toMatchObject({ status: 'thrown', error: expect.stringContaining('never settles') });
	});

	it('can recurse about as deep as in Node', async () => {
		expect(await run('const f = (n) => (n === 0 ? 0 : 1 + f(n - 1)); f(9000)')).toMatchObject({ value: '9000' });
	});
});

describe('the world inside', () => {
	it('has no way out', async () => {
		const names = [
			'process',
			'fetch',
			'setTimeout',
			'setInterval',
			'queueMicrotask',
			'WebAssembly',
			'Worker',
			'std',
			'os',
		];
		const { value } = await run(`${JSON.stringify(names)}.filter((name) => name in globalThis)`);
		expect(value).toBe('[]');
		const host = await run("(() => {}).constructor('return typeof process + typeof global')()");
		expect(host.value).toBe('undefinedundefined');
	});

	it.each(['fs', 'node:child_process', './solution', 'constructor', '__proto__'])(
		'refuses the module %s',
		async (name) => {
			const { error } = await run(`require('${name}')`);
			expect(error).toContain(`Cannot find module '${name}'`);
			expect(await run(`import('${name}')`)).toMatchObject({ status: 'thrown' });
		},
	);

	it('is fresh for each run', async () => {
		await run("globalThis.left = 1; Object.prototype.left = 2; console.log = null; require('assert').ok = null");
		const { value, output } = await run("console.log('here'); [typeof left, ({}).left, typeof require('assert').ok]");
		expect([value, output]).toEqual(["[ 'undefined', undefined, 'function' ]", 'here\n']);
	});

	it('has an assertion on the console that throws', async () => {
		expect(await run("console.assert(true, 'fine')")).toMatchObject({ status: 'done' });
		const failed = await run("console.assert(1 > 2, 'one is', 1)");
		expect(failed).toMatchObject({ status: 'thrown', error: 'AssertionError: Assertion failed: one is 1 (line 1)' });
	});

	it('has CommonJS exports', async () => {
		expect(await run('exports.a = 1; module.exports')).toMatchObject({ value: '{ a: 1 }' });
	});

	it('has hashes', async () => {
		const hashed = (name: string, text: string) =>
			run(`require('node:crypto').createHash('${name}').update(${JSON.stringify(text)}).digest('hex')`);
		expect((await hashed('md5', 'Hello world')).value).toBe('3e25960a79dbc69b674cd4ec67a72c62');
		expect((await hashed('sha1', 'a\0b')).value).toBe('4a3dec2d1f8245280855c42db0ee4239f917fdb8');
		expect((await hashed('sha256', 'é')).value).toBe(
			'4a99557e4033c3539de2eb65472017cad5f9557f7a0625a09f1c3f6e2ba69c4c',
		);
		expect((await hashed('md4', '')).error).toMatch(/no hash "md4"/u);
	});
});

/** Pairs of values in source form, compared in Node and in the sandbox. */
const pairs: readonly (readonly [string, string])[] = [
	['1', '1'],
	['1', "'1'"],
	['0', '-0'],
	['NaN', 'NaN'],
	['null', 'undefined'],
	['[1, [2]]', '[1, [2]]'],
	['[1, 2]', "['1', 2]"],
	['[1]', '[1, undefined]'],
	['[0]', '[-0]'],
	['[, 1]', '[undefined, 1]'],
	['[]', '({})'],
	['({ a: 1, b: 2 })', '({ b: 2, a: 1 })'],
	['({ a: undefined })', '({ b: undefined })'],
	['({ a: undefined })', '({})'],
	['({ a: { b: NaN } })', '({ a: { b: NaN } })'],
	['Object.create(null)', '({})'],
	['new (class A { x = 1 })', '({ x: 1 })'],
	['new Date(1)', 'new Date(1)'],
	['new Date(1)', 'new Date(2)'],
	['/a/g', '/a/g'],
	['/a/g', '/a/i'],
	["new Error('a')", "new Error('a')"],
	["new Error('a')", "new Error('b')"],
	['new Set([1, 2])', 'new Set([2, 1])'],
	['new Set([[1]])', 'new Set([[1]])'],
	['new Set([1])', "new Set(['1'])"],
	["new Map([['a', [1]]])", "new Map([['a', [1]]])"],
	["new Map([['a', 1]])", "new Map([['a', 2]])"],
	['new Map([[{}, 1]])', 'new Map([[{}, 1]])'],
	['new Uint8Array([1, 2])', 'new Uint8Array([1, 2])'],
	['new Uint8Array([1, 2])', '[1, 2]'],
	['new Number(1)', 'new Number(1)'],
	["new String('a')", "new String('b')"],
	['(() => { const a = [1]; a.push(a); return a; })()', '(() => { const a = [1]; a.push(a); return a; })()'],
	["({ [Symbol.for('s')]: 1 })", "({ [Symbol.for('s')]: 2 })"],
	['10n', '10n'],
	['10n', '10'],
	["'é'", "'e\\u0301'"],
];

const checks = ['equal', 'notEqual', 'strictEqual', 'notStrictEqual', 'deepEqual', 'deepStrictEqual'] as const;

describe('a translation', () => {
	const translate = (source: string, language: 'typescript' | 'javascript' = 'typescript') =>
		sandbox.translate({ source, language }, never);

	it('leaves a script without its types, which runs', async () => {
		const { status, value } = await translate(
			'enum Size { Small = 1 }\nconst grown = <T,>(x: T): T => x;\ngrown<number>(Size.Small + 1);',
		);
		expect(status).toBe('done');
		expect((await run(value ?? '')).value).toBe('2');
	});

	it('has modules imported in every way', async () => {
		const { value } = await translate(
			"import * as all from 'assert'; import one, { equal } from 'node:assert'; import strict from 'assert/strict';\nall.equal(1, 1); one(true); equal(1, 1); strict.equal(1, 1); all(1);",
		);
		expect(await run(value ?? '')).toMatchObject({ status: 'done' });
	});

	it('says what does not parse', async () => {
		expect(await translate('const a: = 1;')).toMatchObject({
			status: 'thrown',
			error: expect.stringMatching(/^SyntaxError: .*\(1:10\)/u),
		});
	});
});

describe('a package', () => {
	it('is there for code that asks for it, and costs nothing before', async () => {
		const { value } = await run(
			"const math = require('mathjs'); [math.gcd(12, 18), math.isPrime(7), math.round(2.567, 2)]",
		);
		expect(value).toBe('[ 6, true, 2.57 ]');
		const { value: typed } = await sandbox.translate(
			{ source: "import { floor } from 'mathjs'; floor(2.7);", language: 'typescript' },
			never,
		);
		expect((await run(typed ?? '')).value).toBe('2');
	});
});

describe('sorting', () => {
	it.each([
		['(a, b) => a - b', '[3, 1, , 2, undefined, 10]'],
		['(a, b) => b - a', '[1, 2, 3, 3, 2, 1]'],
		['(a, b) => a > b', '[3, 1, 2, 5, 4]'],
		['(a, b) => a < b', '[1, 2, 3]'],
		['(a, b) => a + b', '[-1, 2, 3, -4, 5, 6]'],
		['() => -1', '[1, 2, 3, 4]'],
		['() => NaN', '[2, 1]'],
		['(a, b) => a.length - b.length', "['bb', 'a', 'cc', 'b', 'ccc']"],
		['undefined', '[10, 9, 1]'],
	])('by %s of %s is that of Node, also where it contradicts itself', async (compare, values) => {
		const own: unknown = new Function(`return ${values}.sort(${compare})`)();
		expect((await run(`${values}.sort(${compare})`)).value).toBe(inspect(own));
	});
});

describe('comparisons', () => {
	it.each(pairs)('of %s with %s are those of Node', async (left, right) => {
		const values = (): readonly [unknown, unknown] => new Function(`return [${left}, ${right}]`)();
		const holds = (act: () => void): boolean => {
			try {
				act();
				return true;
			} catch {
				return false;
			}
		};
		const [x, y] = values();
		const expected = [...checks.map((name) => holds(() => assert[name](x, y))), isDeepStrictEqual(x, y)];
		const { value } = await run(`
			const assert = require('node:assert');
			const holds = (act) => { try { act(); return true; } catch (error) { if (error.name !== 'AssertionError') throw error; return false; } };
			const [x, y] = [${left}, ${right}];
			[...${JSON.stringify(checks)}.map((name) => holds(() => assert[name](x, y))), require('util').isDeepStrictEqual(x, y)]`);
		expect(value).toBe(inspect(expected, { breakLength: Number.POSITIVE_INFINITY, compact: true }));
	});

	it('of what is thrown are those of Node', async () => {
		const { status, error } = await run(`
			const assert = require('assert');
			const boom = () => { throw new TypeError('boom'); };
			assert.throws(boom);
			assert.throws(boom, TypeError);
			assert.throws(boom, /boom/);
			assert.throws(boom, { message: 'boom' });
			assert.throws(boom, (caught) => caught instanceof Error);
			assert.throws(() => assert.throws(() => {}), /Missing expected exception/);
			assert.throws(() => assert.throws(boom, RangeError), TypeError);
			assert.throws(() => assert(0, 'zero'), /zero/);`);
		expect([status, error]).toEqual(['done', undefined]);
	});
});

describe('hostile code', () => {
	it.each([
		['an endless loop', 'while (true);'],
		['a loop that catches everything', 'for (;;) { try { for (;;); } catch {} }'],
		['an endless chain of promises', '(async () => { for (;;) await null; })()'],
		['a promise that resolves to the next', 'const next = () => Promise.resolve().then(next); next()'],
		['jobs after the value', 'const f = () => { Promise.resolve().then(f); }; f(); 1'],
		['a value whose proxy loops', 'new Proxy({}, { ownKeys() { for (;;); } })'],
		['a thenable that loops', '(async () => ({ then() { for (;;); } }))()'],
		[
			'an error whose message loops',
			"const e = new Error(); Object.defineProperty(e, 'message', { get() { for (;;); } }); throw e",
		],
		['a pattern that backtracks', "/(a+)+$/.test('a'.repeat(40) + 'b')"],
		['one native step that does not end', "new Array(2 ** 31).join('')"],
		['endless printing', "for (;;) console.log('x'.repeat(1000))"],
	])('%s is stopped', async (_, code) => {
		const spent = ownTime();
		expect(await brief(code)).toMatchObject({ status: 'timeout', error: 'Stopped after 200 ms.' });
		expect(spent()).toBeLessThan(20_000);
		expect(await run('6 * 7')).toMatchObject({ value: '42' });
	});

	it.each([
		['a string', "'x'.repeat(2 ** 29)"],
		['a buffer', 'new ArrayBuffer(1e9)'],
		['ever more strings', "const a = []; for (;;) a.push('x'.repeat(1e6) + a.length)"],
		['ever more objects', 'let a; for (;;) a = { a }'],
	])('%s cannot take more memory than allowed', async (_, code) => {
		const result = await run(code, { memoryBytes: 16 * megabyte });
		expect(result).toMatchObject({ status: 'out-of-memory', error: 'It needed more than 16 MB.' });
		expect(await run('6 * 7')).toMatchObject({ value: '42' });
	});

	it('that only claims to be out of memory is not believed', async () => {
		expect(await run('throw null')).toMatchObject({ status: 'thrown', error: 'Thrown: null' });
	});

	it.each([
		['calls', 'const f = () => 1 + f(); f()'],
		['callbacks', 'const f = () => [1].map(f); f()'],
		['parsed JSON', "JSON.parse('['.repeat(1e6))"],
		['parsed code', "eval('('.repeat(1e6))"],
		['getters', 'const a = { get b() { return this.b; } }; a.b'],
		['flattened arrays', 'let a = []; for (let i = 0; i < 1e5; i++) a = [a]; a.flat(Infinity)'],
	])('that goes too deep in %s ends, and the next run is sound', async (_, code) => {
		const { status, error } = await run(code);
		expect(['thrown', 'crashed']).toContain(status);
		expect(error).toBeDefined();
		expect(await run('6 * 7')).toMatchObject({ value: '42' });
	});

	it('runs none of its own methods when its value is shown', async () => {
		const { value } = await run('({ toString() { for (;;); }, get a() { for (;;); }, toJSON() { for (;;); } })');
		expect(value).toBe('{ toString: [Function: toString], a: [Getter], toJSON: [Function: toJSON] }');
	});

	it('that spoils the built-in objects spoils only its own world', async () => {
		const spoilt = await run(
			'Array.prototype.push = () => { throw 1; }; Object.prototype.x = 1; JSON.stringify = null; [1]',
		);
		expect(spoilt.status).toBe('done');
		expect(Object.hasOwn(Object.prototype, 'x')).toBe(false);
		const host = await run('JSON.parse(\'{"__proto__": {"polluted": 1}}\')');
		expect(host.status).toBe('done');
		expect('polluted' in {}).toBe(false);
	});

	it('that makes a huge value does not make a huge answer', async () => {
		const { status, value } = await run(
			'const row = Array(100).fill(0); const a = row.map(() => row.map(() => row)); a',
		);
		expect(status).toBe('done');
		expect(value?.length).toBeLessThanOrEqual(10_000);
	});
});

describe('the worker', () => {
	it('runs requests one after another, in order', async () => {
		const ended: string[] = [];
		const codes = ["'first'", "for (let i = 0; i < 1e5; i++); 'second'", "'third'"];
		await Promise.all(codes.map(async (code) => ended.push((await run(code)).value ?? '')));
		expect(ended).toEqual(['first', 'second', 'third']);
	});

	it('stops at once when the run is cancelled, and what waits for its turn with it', async () => {
		const controller = new AbortController();
		const reason = new Error('enough');
		const request = { code: 'for (;;);', timeoutMs: 60_000, memoryBytes: 64 * megabyte };
		const running = sandbox.run(request, controller.signal);
		const waiting = sandbox.run(request, controller.signal);
		const other = run('6 * 7');
		controller.abort(reason);
		await expect(running).rejects.toBe(reason);
		await expect(waiting).rejects.toBe(reason);
		expect(await other).toMatchObject({ value: '42' });
		await expect(sandbox.run(request, controller.signal)).rejects.toBe(reason);
	});

	it('that cannot be had says so', async () => {
		const absent = openSandbox({ workerFile: join(folder, 'absent.js') });
		const request = { code: '1', timeoutMs: 100, memoryBytes: megabyte };
		await expect(absent.run(request, never)).rejects.toThrowError(SandboxError);
		await expect(absent.run(request, never)).rejects.toMatchObject({ reason: 'not-started' });
		await absent.close();
	});

	it('that dies is replaced', async () => {
		const file = join(folder, 'dying.js');
		const ready = "const { parentPort } = require('node:worker_threads'); parentPort.postMessage({ kind: 'ready' });";
		writeFileSync(file, `${ready} parentPort.on('message', () => process.exit(3));`);
		const dying = openSandbox({ workerFile: file });
		const request = { code: '1', timeoutMs: 5_000, memoryBytes: megabyte };
		for (const _ of [1, 2]) expect(await dying.run(request, never)).toMatchObject({ status: 'crashed' });
		writeFileSync(file, `require(${JSON.stringify(workerFile)});`);
		expect(await dying.run({ ...request, memoryBytes: 16 * megabyte }, never)).toMatchObject({ value: '1' });
		await dying.close();
	});

	it('is not needed to close, and refuses to run afterwards', async () => {
		const unused = openSandbox({ workerFile });
		await unused.close();
		await expect(unused.run({ code: '1', timeoutMs: 100, memoryBytes: megabyte }, never)).rejects.toMatchObject({
			reason: 'closed',
		});
	});

	it('ends with what runs in it when it is closed', async () => {
		const own = openSandbox({ workerFile });
		await own.run({ code: '1', timeoutMs: 5_000, memoryBytes: 16 * megabyte }, never);
		const running = own.run({ code: 'for (;;);', timeoutMs: 60_000, memoryBytes: 16 * megabyte }, never);
		const refused = expect(running).rejects.toMatchObject({ reason: 'closed' });
		await own.close();
		await refused;
	});
});
