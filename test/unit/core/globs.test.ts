/** Path patterns as settings have them. */
import { describe, expect, it } from 'vitest';
import { matchesAny } from '../../../src/core/globs.js';

describe('a path pattern', () => {
	it.each([
		['**/*.ts', 'a.ts', true],
		['**/*.ts', 'src/deep/a.ts', true],
		['src/*.ts', 'src/deep/a.ts', false],
		['src/**', 'src/deep/a.ts', true],
		['src/**/a.ts', 'src/a.ts', true],
		['**/.git', '.git/config', true],
		['dist', 'packages/a/dist/x.js', true],
		['dist/', 'dist/x.js', true],
		['/dist', 'a/dist', false],
		['*.{js,map}', 'out/a.map', true],
		['*.{js,map}', 'out/a.mapx', false],
		['file?.txt', 'file1.txt', true],
		['[ab].txt', 'b.txt', true],
		['[!ab].txt', 'b.txt', false],
		['.env*', '.env.local', true],
		['.env*', 'src/environment.ts', false],
		['a+(b).txt', 'a+(b).txt', true],
		['a{b.txt', 'a{b.txt', true],
		['', 'anything', false],
	])('%s and %s', (pattern, path, fits) => {
		expect(matchesAny([pattern])(path)).toBe(fits);
	});
});
