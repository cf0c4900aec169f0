/** The manifest and the code agree: every command is registered, every text has its entry, and none is left over. */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';

const root = path.join(import.meta.dirname, '../..');
const read = (file: string): string => readFileSync(path.join(root, file), 'utf8');

interface Manifest {
	readonly activationEvents: readonly string[];
	readonly l10n: string;
	readonly contributes: {
		readonly commands: readonly { readonly command: string; readonly title: string; readonly category: string }[];
	};
}

const manifest: Manifest = JSON.parse(read('package.json'));
const hostFiles = [
	'src/extension.ts',
	...readdirSync(path.join(root, 'src/host'), { recursive: true, encoding: 'utf8' })
		.filter((name) => name.endsWith('.ts'))
		.map((name) => `src/host/${name.replaceAll(path.sep, '/')}`),
];
const sources = hostFiles.map((file) => ts.createSourceFile(file, read(file), ts.ScriptTarget.Latest));

describe('commands', () => {
	const contributed = manifest.contributes.commands;

	it('are registered where contributed, and contributed where registered', () => {
		const registered = sources.flatMap((source) => firstArguments(source, /\bcommands\.register(TextEditor)?Command$/));
		expect(registered.sort()).toEqual(contributed.map(({ command }) => command).sort());
	});

	it('belong to the category FLEX and begin with flex.', () => {
		for (const { command, category } of contributed) {
			expect(command).toMatch(/^flex\.[a-zA-Z.]+$/);
			expect(category).toBe('%flex.category%');
		}
	});
});

describe('texts', () => {
	it('of the manifest are in package.nls.json, and the reverse', () => {
		const used = [...read('package.json').matchAll(/"%([^%"]+)%"/g)].map(([, key]) => key);
		expect([...new Set(used)].sort()).toEqual(Object.keys(JSON.parse(read('package.nls.json'))).sort());
	});

	it('of the code are in the l10n bundle, and the reverse', () => {
		const used = sources.flatMap((source) => firstArguments(source, /\bl10n\.t$/));
		const bundle = JSON.parse(read(path.join(manifest.l10n, 'bundle.l10n.json')));
		expect([...new Set(used)].sort()).toEqual(Object.keys(bundle).sort());
	});
});

describe('activation', () => {
	it('waits for a workspace with a library, or a command', () => {
		expect(manifest.activationEvents).toEqual(['workspaceContains:.flex/**']);
	});
});

/**
 * The text that each call of the function named by `callee` gets first, also where it comes from a constant of the file.
 * @throws where it is neither: then this check would not see it.
 */
function firstArguments(source: ts.SourceFile, callee: RegExp): readonly string[] {
	const constants = new Map<string, string>();
	const found: string[] = [];
	const visit = (node: ts.Node): void => {
		if (ts.isVariableDeclaration(node) && node.initializer && ts.isStringLiteralLike(node.initializer)) {
			constants.set(node.name.getText(source), node.initializer.text);
		}
		if (ts.isCallExpression(node) && callee.test(node.expression.getText(source))) {
			const [first] = node.arguments;
			const text = first && (ts.isStringLiteralLike(first) ? first.text : constants.get(first.getText(source)));
			if (text === undefined) throw new Error(`${source.fileName}: ${node.getText(source)} needs a literal text`);
			found.push(text);
		}
		ts.forEachChild(node, visit);
	};
	visit(source);
	return found;
}
