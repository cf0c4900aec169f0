/** Imports only go down: the plan of the house as a table, and the check that every file keeps to it. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { consoleUses, forbiddenImports, type House, importCycles, type SourceText } from './layers/houseRules.js';

const root = path.join(import.meta.dirname, '../..');

/** What the method itself may use: packages that need no Node, no network, no disk. */
const pure = ['@noble/hashes', 'jsonrepair', 'valibot'];

/** What runs code that a model wrote, and what strips its types. */
const sandbox = ['quickjs-emscripten-core', '@jitl/quickjs-wasmfile-release-sync', 'sucrase'];

const floor0 = ['core'];
const floor1 = [...floor0, 'core/experience', 'core/models'];
const floor2 = [...floor1, 'core/tasks', 'core/retrieval'];
const floor3 = [...floor2, 'core/learning'];
const wholeCore = [...floor3, 'core/evaluation'];

const house: House = {
	rooms: {
		core: { imports: [], packages: pure },
		'core/models': { imports: floor0, packages: pure },
		'core/experience': { imports: [...floor0, 'core/models'], packages: pure },
		'core/tasks': { imports: floor1, packages: [...pure, 'complex.js'] },
		'core/retrieval': { imports: floor1, packages: pure },
		'core/hints': { imports: floor2, packages: pure },
		'core/learning': { imports: floor2, packages: pure },
		'core/evaluation': { imports: floor3, packages: pure },
		library: { imports: floor2, packages: ['node:', 'sql.js', 'valibot'] },
		providers: { imports: wholeCore, packages: ['node:', 'openai', 'jsonrepair', 'valibot', ...sandbox] },
		protocol: { imports: [], types: wholeCore, packages: ['valibot'] },
		runs: { imports: [...wholeCore, 'library', 'providers'], packages: ['node:', 'valibot'] },
		'package.json': { imports: [], packages: [] },
		cli: {
			imports: [...wholeCore, 'library', 'providers', 'runs', 'package.json', 'cli/mcpServer'],
			packages: ['node:', 'commander', 'valibot'],
		},
		// One file knows the protocol's package; it is loaded by the command that serves it.
		'cli/mcpServer': {
			imports: ['core/learning', 'package.json', 'cli'],
			packages: ['@modelcontextprotocol/server'],
		},
		host: {
			imports: [...wholeCore, 'core/hints', 'library', 'providers', 'runs', 'protocol'],
			packages: ['node:', 'vscode', 'valibot'],
		},
		extension: { imports: ['host'], packages: ['vscode'] },
		webview: {
			imports: ['protocol', 'webview/toolkit'],
			types: wholeCore,
			packages: ['lit', 'katex', 'lowlight', 'highlight.js', 'hast'],
		},
		// The toolkit is archived: one file knows it (docs/decisions/0003).
		'webview/toolkit': { imports: [], packages: ['@vscode/webview-ui-toolkit'] },
	},
	speakers: ['src/cli/output.ts'],
};

describe('the house', () => {
	const files = readHouse();

	it('is really read', () => {
		expect(files.map((file) => file.path)).toContain('src/core/experience/experience.ts');
	});

	it('imports only downwards, and only packages that a room may use', () => {
		expect(forbiddenImports(house, files)).toEqual([]);
	});

	it('has no circle of imports', () => {
		expect(importCycles(files)).toEqual([]);
	});

	it('writes to the console only where the command line speaks', () => {
		expect(consoleUses(house, files)).toEqual([]);
	});
});

describe('the checker', () => {
	it('sees an import that goes up, however it is written', () => {
		const files = [
			file('src/core/tasks/a.ts', "import { train } from '../learning/trainer.js';"),
			file('src/core/tasks/b.ts', "import type { Trainer } from '../learning/trainer.js';"),
			file('src/core/tasks/c.ts', "export { train } from '../learning/trainer.js';"),
			file('src/core/tasks/d.ts', "const later = () => import('../learning/trainer.js');"),
			file('src/core/tasks/e.ts', "export type T = import('../learning/trainer.js').Trainer;"),
			file('src/core/tasks/f.ts', "import '../learning/trainer.js';"),
			file('src/core/tasks/g.ts', "const now = require('../learning/trainer.js');"),
		];
		expect(forbiddenImports(house, files)).toEqual(
			files.map(({ path }) => `${path} imports ../learning/trainer.js: core/tasks may not import core/learning`),
		);
	});

	it('allows imports that go down, and within a room', () => {
		const text = "import { a } from './a.js'; import { b } from '../tasks/b.js'; import { c } from './prompts/c.js';";
		expect(forbiddenImports(house, [file('src/core/learning/x.ts', text)])).toEqual([]);
	});

	it.each(['node:fs', 'vscode', 'sql.js', 'openai', 'openai/resources'])('keeps %s out of the core', (specifier) => {
		const found = forbiddenImports(house, [file('src/core/models/x.ts', `import x from '${specifier}';`)]);
		expect(found).toEqual([`src/core/models/x.ts imports ${specifier}: this package is not allowed here`]);
	});

	it.each(['library', 'providers', 'cli', 'protocol', 'core'])('keeps vscode out of %s', (room) => {
		const found = forbiddenImports(house, [file(`src/${room}/x.ts`, "import type { Uri } from 'vscode';")]);
		expect(found).toHaveLength(1);
	});

	it('does not take a package for another whose name begins like it', () => {
		expect(forbiddenImports(house, [file('src/core/x.ts', "import 'valibot-extra';")])).toHaveLength(1);
	});

	it('lets the panel have types of the core, and nothing else of it', () => {
		const types = file('webview/a.ts', "import type { Experience } from '../src/core/experience/experience.js';");
		const values = file('webview/b.ts', "import { sourcesOf } from '../src/core/experience/experience.js';");
		expect(forbiddenImports(house, [types, values])).toEqual([
			'webview/b.ts imports ../src/core/experience/experience.js: webview may not import core/experience',
		]);
	});

	it('sees a file outside of every room, and an import without .js', () => {
		const found = forbiddenImports(house, [
			file('src/attic/x.ts', ''),
			file('src/core/tasks/x.ts', "import { y } from './y';"),
		]);
		expect(found).toEqual([
			'src/attic/x.ts is in no room of the table',
			'src/core/tasks/x.ts imports ./y: relative imports end in .js',
		]);
	});

	it('sees a circle of imports, also one of types', () => {
		const circle = [
			file('src/core/tasks/a.ts', "import { b } from './b.js';"),
			file('src/core/tasks/b.ts', "import type { C } from './c.js';"),
			file('src/core/tasks/c.ts', "import { a } from './a.js';"),
			file('src/core/tasks/d.ts', "import { a } from './a.js';"),
		];
		expect(importCycles(circle)).toEqual([
			'src/core/tasks/a.ts → src/core/tasks/b.ts → src/core/tasks/c.ts → src/core/tasks/a.ts',
		]);
		expect(importCycles(circle.slice(1))).toEqual([]);
	});

	it('sees the console in code, and not in comments or texts', () => {
		const text = "// console.log\nconst hint = 'console.log';\nconsole.warn(hint);";
		const files = [file('src/library/x.ts', text), file('src/cli/output.ts', text)];
		expect(consoleUses(house, files)).toEqual(['src/library/x.ts uses console.warn']);
	});
});

function file(path: string, text: string): SourceText {
	return { path, text };
}

function readHouse(): readonly SourceText[] {
	return ['src', 'webview']
		.filter((folder) => existsSync(path.join(root, folder)))
		.flatMap((folder) =>
			readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' })
				.filter((name) => /\.tsx?$/.test(name))
				.map((name) => {
					const full = path.join(root, folder, name);
					return file(path.relative(root, full).replaceAll(path.sep, '/'), readFileSync(full, 'utf8'));
				}),
		);
}
