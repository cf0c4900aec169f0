/**
 * Writes the texts of the code into the l10n bundle: `node scripts/l10n.mjs`. The English text is the key, so the bundle
 * is what a translator copies; a test holds it to the code.
 */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { root } from './setup.mjs';

const texts = new Set();
// The extension asks VS Code for a text; the panel's page asks `webview/words.ts`.
for (const [folder, call] of [
	['src/host', /\bl10n\.t$/],
	['webview', /^t$/],
]) {
	for (const name of readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })) {
		if (!name.endsWith('.ts')) continue;
		const text = readFileSync(join(root, folder, name), 'utf8');
		collect(ts.createSourceFile(name, text, ts.ScriptTarget.Latest), call);
	}
}
const sorted = Object.fromEntries([...texts].sort().map((text) => [text, text]));
writeFileSync(join(root, 'l10n/bundle.l10n.json'), `${JSON.stringify(sorted, null, 2)}\n`);

function collect(source, call) {
	const visit = (node) => {
		if (ts.isCallExpression(node) && call.test(node.expression.getText(source))) {
			const [first] = node.arguments;
			if (!first || !ts.isStringLiteralLike(first))
				throw new Error(`${source.fileName}: ${node.getText(source)} needs a literal text`);
			texts.add(first.text);
		}
		ts.forEachChild(node, visit);
	};
	visit(source);
}
