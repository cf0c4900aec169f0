/**
 * Writes the texts of the code into the l10n bundle: `node scripts/l10n.mjs`. The English text is the key, so the bundle
 * is what a translator copies; a test holds it to the code.
 */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { root } from './setup.mjs';

const folder = join(root, 'src/host');
const texts = new Set();
for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
	if (name.endsWith('.ts'))
		collect(ts.createSourceFile(name, readFileSync(join(folder, name), 'utf8'), ts.ScriptTarget.Latest));
}
const sorted = Object.fromEntries([...texts].sort().map((text) => [text, text]));
writeFileSync(join(root, 'l10n/bundle.l10n.json'), `${JSON.stringify(sorted, null, 2)}\n`);

function collect(source) {
	const visit = (node) => {
		if (ts.isCallExpression(node) && /\bl10n\.t$/.test(node.expression.getText(source))) {
			const [first] = node.arguments;
			if (!first || !ts.isStringLiteralLike(first))
				throw new Error(`${source.fileName}: ${node.getText(source)} needs a literal text`);
			texts.add(first.text);
		}
		ts.forEachChild(node, visit);
	};
	visit(source);
}
