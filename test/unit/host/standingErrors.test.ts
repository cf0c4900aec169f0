/** When the end of an error is worth an offer. */
import { describe, expect, it } from 'vitest';
import { StandingErrors } from '../../../src/host/capture/standingErrors.js';

const minute = 60_000;

describe('an error that is gone', () => {
	it('is told where it had stood long enough and its file was edited just before', () => {
		const errors = new StandingErrors();
		expect(errors.see('a.ts', ['no such name'], 0, minute)).toEqual([]);
		errors.edited('a.ts', 2 * minute);
		expect(errors.see('a.ts', [], 2 * minute + 500, minute)).toEqual(['no such name']);
		expect(errors.see('a.ts', [], 2 * minute + 900, minute)).toEqual([]);
	});

	it('is not told where it came and went while somebody typed', () => {
		const errors = new StandingErrors();
		errors.see('a.ts', ['; expected'], 0, minute);
		errors.edited('a.ts', 3_000);
		expect(errors.see('a.ts', [], 3_500, minute)).toEqual([]);
	});

	it('is not told where no edit took it away: a service started anew, or another file was changed', () => {
		const errors = new StandingErrors();
		errors.see('a.ts', ['no such name'], 0, minute);
		errors.edited('b.ts', 2 * minute);
		expect(errors.see('a.ts', [], 2 * minute, minute)).toEqual([]);
	});

	it('counts from when it first stood, whatever other errors come and go', () => {
		const errors = new StandingErrors();
		errors.see('a.ts', ['old'], 0, minute);
		errors.see('a.ts', ['old', 'new'], 50_000, minute);
		errors.edited('a.ts', 70_000);
		expect(errors.see('a.ts', ['old'], 70_000, minute)).toEqual([]);
		expect(errors.see('a.ts', [], 71_000, minute)).toEqual(['old']);
	});

	it('is forgotten with its file', () => {
		const errors = new StandingErrors();
		errors.see('a.ts', ['old'], 0, minute);
		errors.forget('a.ts');
		errors.edited('a.ts', 2 * minute);
		expect(errors.see('a.ts', [], 2 * minute, minute)).toEqual([]);
	});
});
