/** The handbook: what is where, and that no text breaks out of its place. */
import { describe, expect, it } from 'vitest';
import { writeMarkdown } from '../../../src/library/exchange/markdown.js';
import { pattern, rule, solvedCase } from '../../builders/experiences.js';

describe('a library as Markdown', () => {
	it('has a chapter for each domain, and in it what works before what to beware of', () => {
		const text = writeMarkdown([
			rule('b', 'It rains.', 'Take the tram.', { title: 'Rain', zone: 'warning', domains: ['travel'] }),
			rule('a', 'It is dry.', 'Take the bike.', {
				title: 'Dry days',
				zone: 'golden',
				domains: ['travel'],
				patterns: [pattern('Check the tyres.', { examples: ['After winter.'] })],
				cases: [solvedCase('Sunday, sun?', 'bike')],
			}),
			rule('c', 'Anything.', 'Ask.', { domains: ['zoo'] }),
		]);
		const order = ['## travel', '### What works', '#### Dry days', 'Take the bike.', '- Check the tyres.'];
		const rest = [
			'  - For example: After winter.',
			'> Sunday, sun?',
			'> *Right:* bike',
			'### What to beware of',
			'#### Rain',
		];
		const places = [...order, ...rest].map((part) => text.indexOf(`${part}\n`));
		expect(places.every((place) => place > 0)).toBe(true);
		expect(places).toEqual([...places].sort((a, b) => a - b));
	});

	it('shows hostile texts as text', () => {
		const hostile = '# Not a chapter\n<img src=x onerror=alert(1)>\n```\n[click](javascript:alert(1)) \u202e\u0007';
		const text = writeMarkdown([rule('a', hostile, hostile, { title: hostile, domains: [hostile] })]);
		expect(text).not.toMatch(/<img|\]\(java|\p{Bidi_Control}|[^\P{Cc}\n]/u);
		expect(text.match(/^#{1,6} .*/gmu)).toHaveLength(4);
		expect(text).not.toMatch(/^```/mu);
	});
});
