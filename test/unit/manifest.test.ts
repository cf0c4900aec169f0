/** The manifest and the code agree: every command is registered, every text has its entry, and none is left over. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import ts from 'typescript';
import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { runConfigSchema } from '../../src/core/learning/runConfig.js';
import type { LibraryDesk } from '../../src/core/learning/tools/libraryDesk.js';
import { libraryTools } from '../../src/core/learning/tools/libraryTools.js';

const root = path.join(import.meta.dirname, '../..');
const read = (file: string): string => readFileSync(path.join(root, file), 'utf8');

interface MenuItem {
	readonly command: string;
	readonly when?: string;
}

interface Setting {
	readonly default?: unknown;
	readonly markdownDescription?: string;
	readonly scope?: string;
	readonly order?: number;
}

interface Manifest {
	readonly activationEvents: readonly string[];
	readonly l10n: string;
	readonly capabilities: {
		readonly untrustedWorkspaces: { readonly supported: unknown; readonly restrictedConfigurations: readonly string[] };
		readonly virtualWorkspaces: { readonly supported: unknown };
	};
	readonly contributes: {
		readonly commands: readonly { readonly command: string; readonly title: string; readonly category: string }[];
		readonly menus: Readonly<Record<string, readonly MenuItem[]>>;
		readonly views: Readonly<Record<string, readonly { readonly id: string }[]>>;
		readonly viewsWelcome: readonly { readonly view: string; readonly contents: string }[];
		readonly configuration: readonly { readonly properties: Readonly<Record<string, Setting>> }[];
		readonly languageModelTools: readonly {
			readonly name: string;
			readonly modelDescription: string;
			readonly inputSchema: unknown;
			readonly when: string;
		}[];
		readonly walkthroughs: readonly {
			readonly steps: readonly {
				readonly media: { readonly markdown: string };
				readonly completionEvents: readonly string[];
			}[];
		}[];
	};
}

const manifest: Manifest = JSON.parse(read('package.json'));
const filesBelow = (folder: string): readonly string[] =>
	readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' })
		.filter((name) => name.endsWith('.ts'))
		.map((name) => `${folder}/${name.replaceAll(path.sep, '/')}`);
const hostFiles = ['src/extension.ts', ...filesBelow('src/host')];
/** Registers what its callers name. */
const wrapper = 'src/host/guarded.ts';
const sources = hostFiles
	.filter((file) => file !== wrapper)
	.map((file) => ts.createSourceFile(file, read(file), ts.ScriptTarget.Latest));
/** Of the panel's page. */
const pageSources = filesBelow('webview').map((file) => ts.createSourceFile(file, read(file), ts.ScriptTarget.Latest));

describe('commands', () => {
	const contributed = manifest.contributes.commands;

	it('are registered where contributed, and contributed where registered', () => {
		const registered = [
			...sources.flatMap((source) => literalArguments(source, /\bcommands\.register(TextEditor)?Command$/, 0)),
			...sources.flatMap((source) => literalArguments(source, /\bregisterGuarded$/, 1)),
		];
		// Those of our own rows and pages are nobody else's to call.
		expect(registered.filter((command) => !command.startsWith('_flex.')).sort()).toEqual(
			contributed.map(({ command }) => command).sort(),
		);
	});

	it('belong to the category FLEX and begin with flex.', () => {
		for (const { command, category } of contributed) {
			expect(command).toMatch(/^flex\.[a-zA-Z.]+$/);
			expect(category).toBe('%flex.category%');
		}
	});

	it('stand in menus, welcome texts and the walkthrough only where contributed', () => {
		const known = contributed.map(({ command }) => command);
		const inMenus = Object.values(manifest.contributes.menus).flatMap((items) => items.map(({ command }) => command));
		const inTexts = [...read('package.nls.json').matchAll(/command:(flex\.[\w.]+)/g)].map(([, command]) => command);
		const events = manifest.contributes.walkthroughs.flatMap(({ steps }) =>
			steps.flatMap((step) => step.completionEvents),
		);
		const awaited = events.filter((event) => event.startsWith('onCommand:')).map((event) => event.slice(10));
		for (const command of [...inMenus, ...inTexts, ...awaited]) expect(known).toContain(command);
	});

	it('that need something to work on are hidden from the palette', () => {
		const palette = manifest.contributes.menus.commandPalette ?? [];
		// Those of a run that goes on find it by themselves where they are called without one.
		const hidden = palette
			.filter(({ when = '' }) => /^(false|flex\.running)$/.test(when))
			.map(({ command }) => command);
		const onItems = (manifest.contributes.menus['view/item/context'] ?? []).map(({ command }) => command);
		expect(onItems.filter((command) => !hidden.includes(command))).toEqual([]);
	});
});

describe('views', () => {
	const views = Object.values(manifest.contributes.views).flatMap((list) => list.map(({ id }) => id));

	it('are filled by the code, each of them', () => {
		const created = sources.flatMap((source) => literalArguments(source, /\bwindow\.createTreeView$/, 0));
		expect(created.sort()).toEqual([...views].sort());
	});

	it('say what to do where they are empty', () => {
		const welcomed = manifest.contributes.viewsWelcome.map(({ view }) => view);
		for (const view of views) expect(welcomed).toContain(view);
	});
});

describe('settings', () => {
	const settings = manifest.contributes.configuration.flatMap(({ properties }) => Object.entries(properties));
	const defaults = v.parse(runConfigSchema, {});
	/** Settings of the editor alone. */
	const isEditorOnly = (name: string): boolean =>
		name === 'flex.retrieval.ownLibrary' || /^flex\.(?:hints|instructions|learn)\./u.test(name);

	it('have a default, a text, a scope and an order', () => {
		for (const [name, { default: value, markdownDescription, scope, order }] of settings) {
			expect(value, name).toBeDefined();
			expect(markdownDescription, name).toBe(`%${name}.description%`);
			expect(['resource', 'machine-overridable', 'application'], name).toContain(scope);
			expect(order, name).toBeGreaterThan(0);
		}
	});

	it('are those of a run, with the same defaults', () => {
		for (const [name, { default: value }] of settings) {
			if (isEditorOnly(name)) continue;
			const [section = '', key = ''] = name.replace(/^flex\./, '').split('.');
			const ofSection: unknown = Reflect.get(defaults, section);
			const expected: unknown = key === '' ? ofSection : Reflect.get(Object(ofSection), key);
			// A role without a model of its own has none; a setting can only be empty.
			expect(value, name).toEqual(section === 'models' && expected === undefined ? '' : expected);
		}
	});

	it('that decide where text is sent, and what is run, are not taken from an untrusted workspace', () => {
		const { supported, restrictedConfigurations } = manifest.capabilities.untrustedWorkspaces;
		expect(supported).toBe('limited');
		const models = settings.map(([name]) => name).filter((name) => /^flex\.(models\.(?!threads)|prices)/.test(name));
		expect([...restrictedConfigurations].sort()).toEqual(models.sort());
	});
});

describe('language-model tools', () => {
	const contributed = manifest.contributes.languageModelTools;

	it('are registered where contributed, and contributed where registered', () => {
		const registered = sources.flatMap((source) => literalArguments(source, /\blm\.registerTool$/, 0));
		expect(registered.sort()).toEqual(contributed.map(({ name }) => name).sort());
	});

	it('tell a model the same as everywhere else', () => {
		const desk: LibraryDesk = { search: unused, propose: unused, feedback: unused };
		const tools = libraryTools(desk, { prefix: 'flex_' }).map(({ definition }) => definition);
		expect(contributed.map(({ name, modelDescription, inputSchema }) => [name, modelDescription, inputSchema])).toEqual(
			tools.map(({ name, description, parameters }) => [name, description, parameters]),
		);
	});

	it('that write are not offered in a workspace that nobody trusts', () => {
		const writers = contributed.filter(({ name }) => name !== 'flex_search_experience');
		for (const { when } of writers) expect(when).toMatch(/^isWorkspaceTrusted && /);
	});
});

async function unused(): Promise<never> {
	throw new Error('Nobody calls a tool here.');
}

describe('the walkthrough', () => {
	it('has at most five steps, each with its page', () => {
		for (const { steps } of manifest.contributes.walkthroughs) {
			expect(steps.length).toBeLessThanOrEqual(5);
			for (const { media } of steps) expect(existsSync(path.join(root, media.markdown)), media.markdown).toBe(true);
		}
	});
});

describe('texts', () => {
	it('of the manifest are in package.nls.json, and the reverse', () => {
		const used = [...read('package.json').matchAll(/"%([^%"]+)%"/g)].map(([, key]) => key);
		expect([...new Set(used)].sort()).toEqual(Object.keys(JSON.parse(read('package.nls.json'))).sort());
	});

	it('of the code are in the l10n bundle, and the reverse', () => {
		const used = [
			...sources.flatMap((source) => literalArguments(source, /\bl10n\.t$/, 0)),
			...pageSources.flatMap((source) => literalArguments(source, /^t$/, 0)),
		];
		const bundle = JSON.parse(read(path.join(manifest.l10n, 'bundle.l10n.json')));
		expect([...new Set(used)].sort()).toEqual(Object.keys(bundle).sort());
	});
});

describe('activation', () => {
	it('waits for a library, a problem set, or somebody who asks', () => {
		expect(manifest.activationEvents).toEqual([
			'workspaceContains:.flex/**',
			'workspaceContains:**/flex-task.json',
			'onFileSystem:flex',
			'onWebviewPanel:flex.panel',
			'onUri',
		]);
	});
});

/**
 * The text that each call of the function named by `callee` gets at `position`, also where it comes from a constant of the file.
 * @throws where it is neither: then this check would not see it.
 */
function literalArguments(source: ts.SourceFile, callee: RegExp, position: number): readonly string[] {
	const constants = new Map<string, string>();
	const found: string[] = [];
	const visit = (node: ts.Node): void => {
		if (ts.isVariableDeclaration(node) && node.initializer && ts.isStringLiteralLike(node.initializer)) {
			constants.set(node.name.getText(source), node.initializer.text);
		}
		if (ts.isCallExpression(node) && callee.test(node.expression.getText(source))) {
			const given = node.arguments[position];
			const text = given && (ts.isStringLiteralLike(given) ? given.text : constants.get(given.getText(source)));
			if (text === undefined) throw new Error(`${source.fileName}: ${node.getText(source)} needs a literal text`);
			found.push(text);
		}
		ts.forEachChild(node, visit);
	};
	visit(source);
	return found;
}
