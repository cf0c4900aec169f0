/** Reading diffs as git writes them, and as other programs do. */
import { describe, expect, it } from 'vitest';
import { parseUnifiedDiff } from '../../../../src/core/learning/capture/unifiedDiff.js';

const change = `diff --git a/src/dates.ts b/src/dates.ts
index 3f1c2aa..9b0d1ce 100644
--- a/src/dates.ts
+++ b/src/dates.ts
@@ -10,3 +10,3 @@ export function parse(text: string): Date {
 	const [y, m, d] = text.split('-').map(Number);
-	return new Date(y, m, d);
+	return new Date(y, m - 1, d);
 }
`;

describe('a diff', () => {
	it('gives files, hunks with their place, and lines with their signs', () => {
		expect(parseUnifiedDiff(change)).toEqual([
			{
				path: 'src/dates.ts',
				kind: 'changed',
				binary: false,
				hunks: [
					{
						section: 'export function parse(text: string): Date {',
						oldStart: 10,
						newStart: 10,
						lines: [
							{ sign: ' ', text: "\tconst [y, m, d] = text.split('-').map(Number);" },
							{ sign: '-', text: '\treturn new Date(y, m, d);' },
							{ sign: '+', text: '\treturn new Date(y, m - 1, d);' },
							{ sign: ' ', text: '}' },
						],
					},
				],
			},
		]);
	});

	it('may stand in the middle of other text, and hold several files', () => {
		const mail = `Subject: [PATCH] dates\n\n---\n src/dates.ts | 2 +-\n\n${change}${change.replaceAll('dates', 'times')}-- \n2.43.0\n`;
		expect(parseUnifiedDiff(mail).map(({ path }) => path)).toEqual(['src/dates.ts', 'src/times.ts']);
	});

	it('has lines that end in CR LF, of which the signs alone are kept', () => {
		const [file] = parseUnifiedDiff(change.replaceAll('\n', '\r\n'));
		expect(file?.path).toBe('src/dates.ts');
		expect(file?.hunks[0]?.lines.map(({ text }) => text).join('')).not.toContain('\r');
		expect(file?.hunks[0]?.lines).toHaveLength(4);
	});

	it('says where a file has no line end at its end, which is no line of it', () => {
		const text =
			'diff --git a/a b/a\n--- a/a\n+++ b/a\n@@ -1 +1 @@\n-old\n\\ No newline at end of file\n+new\n\\ No newline at end of file\ndiff --git a/b b/b\n--- a/b\n+++ b/b\n@@ -1 +1 @@\n-1\n+2\n';
		expect(parseUnifiedDiff(text).map(({ path, hunks }) => [path, hunks[0]?.lines.length])).toEqual([
			['a', 2],
			['b', 2],
		]);
	});

	it('has lines that look like headers: the counts of the hunk say where it ends', () => {
		const text =
			'--- a/q.sql\n+++ b/q.sql\n@@ -1,2 +1,2 @@\n--- a comment\n+-- another\n+++ b\n-x\n--- a/r.sql\n+++ b/r.sql\n@@ -0,0 +1 @@\n+y\n';
		const files = parseUnifiedDiff(text);
		expect(files.map(({ path }) => path)).toEqual(['q.sql', 'r.sql']);
		expect(files[0]?.hunks[0]?.lines).toEqual([
			{ sign: '-', text: '-- a comment' },
			{ sign: '+', text: '-- another' },
			{ sign: '+', text: '++ b' },
			{ sign: '-', text: 'x' },
		]);
	});
});

describe('a file of a diff', () => {
	const only = (text: string) => parseUnifiedDiff(text)[0];

	it('was added, or deleted', () => {
		const added =
			'diff --git a/n.py b/n.py\nnew file mode 100644\nindex 0..1\n--- /dev/null\n+++ b/n.py\n@@ -0,0 +1 @@\n+x = 1\n';
		expect(only(added)).toMatchObject({ path: 'n.py', kind: 'added' });
		const deleted =
			'diff --git a/n.py b/n.py\ndeleted file mode 100644\n--- a/n.py\n+++ /dev/null\n@@ -1 +0,0 @@\n-x = 1\n';
		expect(only(deleted)).toMatchObject({ path: 'n.py', kind: 'deleted' });
	});

	it('was renamed, with a change or without one', () => {
		const head =
			'diff --git a/old name.ts b/new name.ts\nsimilarity index 90%\nrename from old name.ts\nrename to new name.ts\n';
		expect(only(head)).toMatchObject({ path: 'new name.ts', oldPath: 'old name.ts', kind: 'renamed', hunks: [] });
		const changed = only(`${head}--- a/old name.ts\n+++ b/new name.ts\n@@ -1 +1 @@\n-a\n+b\n`);
		expect(changed).toMatchObject({ path: 'new name.ts', oldPath: 'old name.ts', kind: 'renamed' });
		expect(changed?.hunks).toHaveLength(1);
	});

	it('is binary, or empty: it has no hunks', () => {
		expect(
			only('diff --git a/i.png b/i.png\nindex 1..2 100644\nBinary files a/i.png and b/i.png differ\n'),
		).toMatchObject({
			path: 'i.png',
			binary: true,
			hunks: [],
		});
		expect(only('diff --git a/e b/e\nnew file mode 100644\nindex 0..e\n')).toMatchObject({ path: 'e', kind: 'added' });
		expect(only('diff --git a/run.sh b/run.sh\nold mode 100644\nnew mode 100755\n')).toMatchObject({
			path: 'run.sh',
			hunks: [],
		});
	});

	it('has a name that git puts in quotes', () => {
		const name = '"b/t\\303\\244g\\t\\"x\\".ts"';
		const text = `diff --git "a/t\\303\\244g\\t\\"x\\".ts" ${name}\n--- "a/t\\303\\244g\\t\\"x\\".ts"\n+++ ${name}\n@@ -1 +1 @@\n-a\n+b\n`;
		expect(only(text)?.path).toBe('täg\t"x".ts');
	});
});

describe('what is no diff', () => {
	it.each(['', 'nothing here', '@@ -1 +1 @@\n-a\n+b\n', 'diff --git\n', '@@ -x +y @@'])('gives no file: %j', (text) => {
		expect(parseUnifiedDiff(text)).toEqual([]);
	});
});
