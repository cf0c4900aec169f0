import { describe, expect, it } from 'vitest';
import { matchesGlob } from '../../../src/core/hints/globPattern.js';
import { fitsScope, isForSource } from '../../../src/core/hints/scopeFit.js';

describe('a glob', () => {
	it.each([
		['src/**', 'src/a/b.ts', true],
		['src/**', 'lib/src.ts', false],
		['**/*.ts', 'a.ts', true],
		['**/wire/**', 'crates/wire/src/x.rs', true],
		['*.sql', 'reports/day.sql', true],
		['src/*.ts', 'src/a/b.ts', false],
		['src/{api,web}/*.ts', 'src/web/a.ts', true],
		['src/[a-c]*.ts', 'src/b1.ts', true],
		['src/[!a]*.ts', 'src/a1.ts', false],
		['src/', 'src/deep/a.ts', true],
		['./src/a?.ts', 'src/ab.ts', true],
		['a+b(c).ts', 'a+b(c).ts', true],
		['', 'a.ts', false],
		['src/[.ts', 'src/[.ts', true],
		['{a', 'a', false],
	])('%s on %s: %s', (glob, path, matches) => {
		expect(matchesGlob(path, glob)).toBe(matches);
	});
});

describe('a scope', () => {
	it('lets an experience into source files only where it names languages or files', () => {
		expect(isForSource(undefined)).toBe(false);
		expect(isForSource({})).toBe(false);
		expect(isForSource({ kinds: ['code'] })).toBe(false);
		expect(isForSource({ kinds: ['math'], languages: ['python'] })).toBe(false);
		expect(isForSource({ kinds: ['code'], globs: ['src/**'] })).toBe(true);
	});

	it('must fit in all that it says', () => {
		const scope = { languages: ['typescript'], globs: ['src/**'] };
		expect(fitsScope(scope, 'typescript', 'src/a.ts')).toBe(true);
		expect(fitsScope(scope, 'typescriptreact', 'src/a.tsx')).toBe(true);
		expect(fitsScope(scope, 'python', 'src/a.py')).toBe(false);
		expect(fitsScope(scope, 'typescript', 'test/a.ts')).toBe(false);
		expect(fitsScope(undefined, 'typescript', 'src/a.ts')).toBe(false);
	});
});
