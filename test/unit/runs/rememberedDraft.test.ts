/** What a person says, as a proposal. */
import { describe, expect, it } from 'vitest';
import { rememberedDraft, titleFrom } from '../../../src/runs/rememberedDraft.js';

describe('what a person says', () => {
	it('is the strategy in their words; the selection is its example', () => {
		const draft = rememberedDraft({
			text: 'Parse days in UTC. Local time moves them.',
			when: 'a day is read',
			zone: 'warning',
			example: '\nnew Date(y, m, d)\n',
			scope: { languages: ['javascript'] },
			place: 'src/day.mjs',
		});
		expect(draft).toMatchObject({
			title: 'Parse days in UTC',
			strategy: 'Parse days in UTC. Local time moves them.',
			patterns: [{ rule: 'What to avoid looks like this.', examples: ['new Date(y, m, d)'] }],
			sources: [{ set: 'remembered', problem: 'src/day.mjs' }],
			scope: { languages: ['javascript'] },
		});
	});

	it('needs no example, no scope, no place', () => {
		const draft = rememberedDraft({ text: 'x', when: '', zone: 'golden', scope: {} });
		expect(draft).toMatchObject({ patterns: [], sources: [] });
		expect(draft.scope).toBeUndefined();
	});

	it('keeps of a long example what ends with a line', () => {
		const example = 'const x = 1;\n'.repeat(2000);
		const [pattern] = rememberedDraft({ text: 'x', when: '', zone: 'golden', example }).patterns ?? [];
		expect(pattern?.examples?.[0]).toMatch(/const x = 1;\n…$/u);
	});
});

describe('a title', () => {
	it.each([
		['// Retry only what may be repeated.\nfetch(x)', 'Retry only what may be repeated'],
		['export function parse(text: string) {', 'export function parse(text: string)'],
		['word '.repeat(40), `${'word '.repeat(14)}word…`],
		['# Rules', 'Rules'],
	])('of %j', (text, title) => {
		expect(titleFrom(text)).toBe(title);
	});
});
