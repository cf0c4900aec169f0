/** What failures of VS Code's models mean, by their codes. */
import { describe, expect, it } from 'vitest';
import { ModelError } from '../../../../src/core/models/chatModel.js';
import { reasonOfTrouble, troubleOf, wordsOfError } from '../../../../src/host/models/vscodeTrouble.js';

const failure = (code: string, cause?: unknown): Error => Object.assign(new Error('words', { cause }), { code });

describe('a failure of a model of VS Code', () => {
	it.each([
		['NoPermissions', 'not-allowed'],
		['Blocked', 'blocked'],
		['NotFound', 'gone'],
		['Unknown', 'failed'],
		['toString', 'failed'],
	])('with code %s is %s', (code, trouble) => {
		expect(troubleOf(failure(code))).toBe(trouble);
	});

	it('is told by what caused it where its own code says nothing', () => {
		const quota = Object.assign(new Error('no more'), { name: 'ChatQuotaExceeded' });
		expect(troubleOf(failure('Unknown', quota))).toBe('quota');
		expect(troubleOf(failure('Unknown', failure('ECONNREFUSED')))).toBe('network');
		expect(wordsOfError(failure('Unknown', quota))).toBe('no more');
	});

	it('ends a circle of causes', () => {
		const circle = new Error('round');
		circle.cause = circle;
		expect(troubleOf(circle)).toBe('failed');
	});

	it('never looks at the words', () => {
		expect(troubleOf(new Error('NoPermissions: quota exceeded'))).toBe('failed');
		expect(troubleOf('NotFound')).toBe('failed');
	});

	it('is tried again only where that can help', () => {
		const transient = Object.entries(reasonOfTrouble).filter(([, reason]) => new ModelError(reason, '').transient);
		expect(transient.map(([trouble]) => trouble).sort()).toEqual(['busy', 'failed', 'network']);
	});

	it('stops a run rather than being taken for a refused answer', () => {
		expect(Object.values(reasonOfTrouble)).not.toContain('refused');
	});
});
