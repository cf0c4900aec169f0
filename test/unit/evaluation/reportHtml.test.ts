import { describe, expect, it } from 'vitest';
import type { ReportDetails } from '../../../src/core/evaluation/report.js';
import { reportHtml } from '../../../src/core/evaluation/reportHtml.js';
import { escapeHtml } from '../../../src/core/evaluation/reportPage.js';
import { experience, pattern, rule, solvedCase } from '../../builders/experiences.js';
import { answers, reportOf, sample } from './reports.js';

const samples = [...answers('flex', '1110'), ...answers('llm', '1000')];
const problems = ['p0', 'p1', 'p2', 'p3'].map((id) => ({ id, question: `Question of ${id}?`, answer: 'North' }));
const details: ReportDetails = { problems, samples, experiences: [], command: 'flex-learn bench routing' };

/** The page's markup, without what lies in its style. */
function markup(html: string): string {
	return html.replace(/<style>[\s\S]*?<\/style>/u, '');
}

/** The tags of a page: names and attributes, without the text between them. */
function tags(html: string): string {
	return [...markup(html).matchAll(/<[^>]*>/gu)].map(([tag]) => tag).join('\n');
}

describe('the page', () => {
	it('begins with the most important sentence, and has a row for each arm, pair and problem', () => {
		const html = reportHtml(reportOf(samples), details);
		expect(html).toMatch(/<p class="lead">Against the model alone the difference of \+50 points/u);
		expect(html).toContain('<td class="figure">3 of 4</td>');
		expect(html).toContain('<td>flex against llm</td>');
		for (const { id, question } of problems) {
			expect(html).toContain(`<summary>${id}</summary>`);
			expect(html).toContain(`<p>${question}</p>`);
		}
		expect(html).toContain('flex-learn bench routing');
	});

	it('calls the answer of a kind that has many good ones no expected one', () => {
		expect(reportHtml(reportOf(samples), details)).toContain('<p>Expected: <b>North</b></p>');
		const open = reportHtml(reportOf(samples), { ...details, openEnded: true });
		expect(open).toContain('<p>A good answer: <b>North</b></p>');
	});

	it('holds everything itself: no address, no script, and a policy that allows neither', () => {
		const html = reportHtml(reportOf(samples), details);
		expect(html).not.toMatch(/https?:/iu);
		expect(tags(html)).not.toMatch(/<script|<link|<img|<iframe|\son\w+=|javascript:|\ssrc=|\shref=/iu);
		expect(html).not.toMatch(/url\(|@import/iu);
		expect(html).toContain(`content="default-src 'none'; style-src 'unsafe-inline'"`);
	});

	it('shows one answer a problem with its mark, and of several seeds how many were right', () => {
		const one = reportHtml(reportOf(samples), details);
		expect(one).toContain('<td class="right"><span role="img" aria-label="right">✓</span> <small>North</small></td>');
		expect(one).toContain('<td class="wrong"><span role="img" aria-label="wrong">✗</span> <small>South</small></td>');
		const more = [...samples, ...answers('flex', '0110', 2), ...answers('llm', '1001', 2)];
		const two = reportHtml(reportOf(more), { ...details, samples: more });
		expect(two).toContain('<td class="some"><span>1 of 2</span></td>');
		expect(two).toContain('<p>flex: North, South</p>');
	});

	it('says "no answer" where none was found, and leaves empty what did not run', () => {
		const odd = [sample('flex', 'p0', false, { verdict: 'invalid', answer: undefined }), sample('llm', 'p1', true)];
		const html = reportHtml(reportOf(odd), { ...details, samples: odd });
		expect(html).toContain('<small>no answer</small>');
		expect(html).toContain('<td></td>');
	});

	it('writes negative points with a minus sign and intervals without a dash', () => {
		const html = reportHtml(reportOf([...answers('flex', '0000'), ...answers('llm', '1110')]), details);
		expect(html).toContain('<td class="figure">−75.0</td>');
		expect(html).toMatch(/<td class="figure">−\d+\.\d to −?\d+\.\d<\/td>/u);
	});

	it('says that a price is unknown rather than nothing', () => {
		const report = reportOf(samples);
		const unpriced = { ...report, arms: report.arms.map((arm) => ({ ...arm, cost: null })) };
		expect(reportHtml(unpriced, details)).toContain('<td class="figure">unknown</td>');
	});

	it('tells what training did, and plainly that a model is too weak to write rules', () => {
		const training = { problems: 10, epochs: 2, firstAttempt: 3, solved: 8, lessonsMended: 0, updates: { insert: 2 } };
		const page = (lessonsKept: number, lessonsDropped: Readonly<Record<string, number>>) =>
			reportHtml(reportOf(samples, { training: { ...training, lessonsKept, lessonsDropped } }), details);
		expect(page(3, { 'too long': 1 })).toContain('3 of 20 attempts were right at once, 8 in the end.');
		expect(page(3, { 'too long': 1 })).toContain('Of 4 lessons 3 passed the checks (junk rate 25 %).');
		expect(page(3, {})).not.toContain('too weak');
		expect(page(0, { 'too long': 4 })).toContain('This model is too weak to write rules');
		expect(reportHtml(reportOf(samples), details)).not.toContain('<h2>Training</h2>');
	});

	it('lists at most 200 experiences and says how many more there are', () => {
		const experiences = Array.from({ length: 203 }, (_, i) => experience(`e${i}`));
		const html = reportHtml(reportOf(samples), { ...details, experiences });
		expect(html.match(/class="zone warning"/gu)).toHaveLength(200);
		expect(html).toContain('… and 3 more.');
	});

	it('works without any arm, pair, problem or experience', () => {
		const html = reportHtml(reportOf([]), { ...details, problems: [], samples: [] });
		expect(html).toContain('Nothing yet.');
		expect(html).not.toMatch(/NaN|undefined|Infinity/u);
	});
});

const hostile = [
	'<img src=x onerror=alert(1)>',
	'</script><script>alert(1)</script>',
	'</style></title></main><h1>other</h1>',
	'" onmouseover="alert(1)',
	"' autofocus onfocus='alert(1)",
	'&lt;b&gt; <!-- ]]>',
	'\u202Ereversed\u2066\u2069',
	`${'<i>'.repeat(1_000)}${'long '.repeat(20_000)}`,
];

describe('a hostile text', () => {
	it.each(hostile.map((text) => [text.slice(0, 40), text]))('stays text wherever it stands: %s', (_, text) => {
		const evil = [rule('a', text, text, { title: text, patterns: [pattern(text)], cases: [solvedCase(text, text)] })];
		const shown = [sample(text, text, true, { answer: text }), sample('flex', text, true, { answer: text })];
		const honest = reportOf([sample('other', 'p', true), sample('flex', 'p', true)]);
		const finding = { code: 'answer-leak', experience: text, part: text, excerpt: text, problem: text } as const;
		const report = reportOf(shown, {
			set: { ...honest.set, name: text, split: text, sha256: text },
			models: [{ role: text, id: text, identity: text, source: text }],
			lint: { ...honest.lint, findings: [finding] },
			versions: { [text]: text },
			settings: { [text]: text },
			training: {
				problems: 1,
				epochs: 1,
				firstAttempt: 1,
				solved: 1,
				lessonsKept: 1,
				lessonsMended: 0,
				lessonsDropped: { [text]: 1 },
				updates: { [text]: 1 },
			},
		});
		const page = (word: string, of: typeof report, rules: typeof evil, rows: typeof shown) => {
			const problem = { id: word, question: word, answer: word };
			return reportHtml(of, { problems: [problem], samples: rows, experiences: rules, command: word });
		};
		const html = page(text, report, evil, shown);
		const tameWord = 't'.repeat(text.length);
		const tame = (word: string) => word.replaceAll(text, tameWord);
		const tameShown = shown.map((row) => ({ ...row, arm: tame(row.arm), problem: tameWord, answer: tameWord }));
		const tameReport: typeof report = JSON.parse(JSON.stringify(report), (_key, value) => retold(value, tame));
		const tameRules: typeof evil = JSON.parse(JSON.stringify(evil), (_key, value) => retold(value, tame));
		expect(tags(html)).toBe(tags(page(tameWord, tameReport, tameRules, tameShown)));
		expect(html).not.toMatch(/[\u202a-\u202e\u2066-\u2069]/u);
	});

	it('loses only its controls when it is escaped', () => {
		expect(escapeHtml(`a & b < "c" > 'd' \u202Ee`)).toBe('a &amp; b &lt; &quot;c&quot; &gt; &#39;d&#39; e');
	});
});

/** A value of a report in other words, in its keys too. */
function retold(value: unknown, tame: (text: string) => string): unknown {
	if (typeof value === 'string') return tame(value);
	if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
	return Object.fromEntries(Object.entries(value).map(([key, item]) => [tame(key), item]));
}
