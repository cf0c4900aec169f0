/** What a model is shown of a change, and what it is never shown. */
import { describe, expect, it } from 'vitest';
import { changeMaterial, materialText } from '../../../../src/core/learning/capture/changeMaterial.js';
import { isSecretFile } from '../../../../src/core/learning/capture/leftOut.js';
import { scopeOf } from '../../../../src/core/learning/capture/scope.js';
import { changed, monthFix } from '../../../builders/changes.js';

const options = { tokens: 2000, exclude: [], ignored: [] };

describe('the material of a change', () => {
	it('shows the failure first, then each file with its place and lines', () => {
		expect(materialText(changeMaterial(monthFix.files, monthFix.failure, options))).toBe(`What failed: npm test
\`\`\`
AssertionError: expected 2026-03-28 to equal 2026-02-28
    at parseDay (src/dates/parse.ts:9)
1 failed
\`\`\`

The change after which it passed:

src/dates/parse.ts (changed)
\`\`\`
@@ export function parseDay(text: string): Date {
-	return new Date(year, month, day);
+	return new Date(year, month - 1, day);
\`\`\``);
	});

	it('says where it applies: the languages and the folder of its files', () => {
		expect(changeMaterial(monthFix.files, undefined, options).scope).toEqual({
			languages: ['typescript'],
			globs: ['src/dates/**'],
		});
		expect(scopeOf(['a.py', 'README.md'])).toEqual({ languages: ['python'] });
		expect(scopeOf(['docs/[x]/a.md', 'docs/[x]/b/c.md'])).toEqual({ languages: ['markdown'], globs: ['docs/?x?/**'] });
		expect(scopeOf([])).toEqual({});
	});

	it('puts a fence around text that no line of it can close', () => {
		const text = materialText(changeMaterial([changed('a.md', ['```'], ['````'])], undefined, options));
		expect(text).toMatch(/\n`{5}\n@@ line 1\n-```\n\+````\n`{5}$/u);
	});

	it('fits its tokens: what the failure names comes first, a file in part rather than not at all', () => {
		const long = (n: number) =>
			Array.from({ length: n }, (_, at) => `const value${at} = compute(${at}, "some words");`);
		const files = [changed('src/big.ts', [], long(300)), changed('src/named.ts', ['a()'], ['b()'])];
		const failure = { command: 'make', output: 'Error: broken in named.ts' };
		const material = changeMaterial(files, failure, { ...options, tokens: 300 });
		expect(material.tokens).toBeLessThan(400);
		expect(material.files.map(({ path }) => path)).toEqual(['src/named.ts', 'src/big.ts']);
		expect(material.files[1]?.hunks[0]).toMatch(/…$/u);
		const small = changeMaterial(files, failure, { ...options, tokens: 40 });
		expect(small.leftOut).toEqual([{ path: 'src/big.ts', reason: 'no-room' }]);
	});

	it('leaves white space and bare renames out', () => {
		const files = [
			changed('a.ts', ['if (x) {y}'], ['if (x)  { y }']),
			{ path: 'b', kind: 'renamed' as const, binary: false, hunks: [] },
		];
		expect(changeMaterial(files, undefined, options)).toMatchObject({
			files: [],
			leftOut: [
				{ path: 'a.ts', reason: 'no-content' },
				{ path: 'b', reason: 'no-content' },
			],
		});
	});
});

describe('what is never shown', () => {
	it.each([
		'.env',
		'.env.production',
		'config/prod.env',
		'deploy/server.pem',
		'certs/tls.key',
		'home/.ssh/config',
		'id_ed25519',
		'.npmrc',
		'app/credentials.json',
		'secrets.yaml',
		'infra/main.tfvars',
		'my-service-account-1.json',
	])('the file %s, whatever is in it', (path) => {
		expect(isSecretFile(path)).toBe(true);
		const material = changeMaterial([changed(path, [], ['visible'])], undefined, options);
		expect(material).toMatchObject({ files: [], leftOut: [{ path, reason: 'secrets' }] });
	});

	it.each(['src/environment.ts', 'src/keys.ts', 'src/secretSanta.ts', 'docs/tokens.md', 'src/credentials.ts'])(
		'not so %s',
		(path) => expect(isSecretFile(path)).toBe(false),
	);

	it('files that git ignores, that a setting excludes, that nobody wrote, binaries, and huge ones', () => {
		const huge = Array.from({ length: 2500 }, (_, n) => `line ${n}`);
		const files = [
			changed('local/notes.txt', [], ['x']),
			changed('private/plan.md', [], ['x']),
			changed('package-lock.json', [], ['x']),
			{ ...changed('logo.png', [], ['x']), binary: true },
			changed('data.csv', [], huge),
			changed('bundle.js', [], ['x'.repeat(6000)]),
		];
		const { files: shown, leftOut } = changeMaterial(files, undefined, {
			...options,
			exclude: ['private/**'],
			ignored: ['local/notes.txt'],
		});
		expect(shown).toEqual([]);
		expect(leftOut.map(({ reason }) => reason)).toEqual([
			'ignored',
			'excluded',
			'generated',
			'binary',
			'too-large',
			'generated',
		]);
	});

	it('a secret file under its new name', () => {
		const file = { ...changed('notes.txt', [], ['x']), kind: 'renamed' as const, oldPath: '.env' };
		expect(changeMaterial([file], undefined, options).leftOut).toEqual([{ path: 'notes.txt', reason: 'secrets' }]);
	});

	it('secrets within the files and the output that are shown', () => {
		const files = [changed('src/db.ts', [], ["const password = 'hunter2-x';", 'connect(url);'])];
		const failure = { command: 'API_TOKEN=abc123 npm test', output: 'Error: login with token=abc123def refused' };
		const material = changeMaterial(files, failure, options);
		const text = materialText(material);
		expect(text).not.toMatch(/hunter2|abc123/u);
		expect(text).toContain('connect(url);');
		expect(material.redacted).toBe(3);
	});
});
