import { describe, expect, it } from 'vitest';
import { readTokens, stemOf } from '../../../src/core/hints/codeTokens.js';

function read(line: string) {
	const [names, words, compounds]: [string[], string[], string[]] = [[], [], []];
	readTokens(line, {
		token: (token) => {
			names.push(token.name);
			words.push(...token.words);
		},
		compound: (key) => compounds.push(key),
	});
	return { names, words, compounds };
}

describe('names in code', () => {
	it.each(['useEffect', 'use_effect', 'USE_EFFECT', '_useEffect'])('are one name however %s is written', (text) => {
		expect(read(text)).toMatchObject({ names: ['useeffect'], words: ['use', 'effect'] });
	});

	it('are cut where letters change', () => {
		expect(read('parseHTTPHeaders').words).toEqual(['pars', 'http', 'header']);
	});

	it('are joined by what joins them in code', () => {
		expect(read('Date.parse(x)').compounds).toEqual(['=date.parse']);
		expect(read('std::fs::read').compounds).toEqual(['=std.fs', '=fs.read']);
		expect(read('// no-unused-vars').compounds).toContain('=nounusedvars');
		expect(read('one. Two').compounds).toEqual([]);
	});

	it('may be of any script', () => {
		expect(read('größe = 1').names[0]).toBe('größe');
	});
});

describe('stems', () => {
	it.each([
		['parsing', 'parsed'],
		['prices', 'price'],
		['stopped', 'stop'],
		['entries', 'entry'],
	])('bring %s and %s together', (a, b) => {
		expect(stemOf(a)).toBe(stemOf(b));
	});

	it.each(['class', 'status', 'axis'])('leave %s alone', (word) => {
		expect(stemOf(word)).toBe(word);
	});
});
