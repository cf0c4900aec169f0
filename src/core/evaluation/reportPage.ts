/** What every report shares: its facts, and the parts of a self-contained page. */
import type { Lint } from './contamination.js';
import type { Report } from './report.js';
import { reportCss } from './reportCss.js';
import type { Interval } from './statistics.js';

/** The facts of a measurement that every report begins with. */
export interface ReportHead
	extends Pick<Report, 'createdAt' | 'set' | 'models' | 'smallestGap' | 'versions' | 'settings'> {
	/** How somebody else measures the same. */
	readonly command: string;
	/** Reports of older versions lack it. */
	readonly lint?: Lint;
}

/** A page of its own: nothing comes from the network, nothing runs. */
export function htmlPage(title: string, body: readonly string[]): string {
	return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>${escapeHtml(title)}</title>
<style>${reportCss}</style>
</head>
<body><main>
${body.filter((part) => part !== '').join('\n')}
</main></body>
</html>
`;
}

/** Text as text, whatever it holds. */
export function escapeHtml(text: string): string {
	const entities: Readonly<Record<string, string>> = {
		'&': '&amp;',
		'<': '&lt;',
		'>': '&gt;',
		'"': '&quot;',
		"'": '&#39;',
	};
	return text
		.replace(/[&<>"']/gu, (character) => entities[character] ?? '')
		.replace(/[\u202a-\u202e\u2066-\u2069]/gu, '');
}

/** The title, what was measured, on what, and when. */
export function header(report: Pick<Report, 'set' | 'models' | 'createdAt'>, title: string): string {
	const { set, models } = report;
	const model = [...new Set(models.map((entry) => entry.id))].join(', ');
	return `<header><h1>${escapeHtml(title)}</h1>
<p class="quiet">${set.n} problems of the ${escapeHtml(set.split)} split · ${escapeHtml(model)} · ${escapeHtml(report.createdAt.slice(0, 10))}</p></header>`;
}

export function section(title: string, parts: readonly string[]): string {
	return `<section><h2>${title}</h2>\n${parts.join('\n')}</section>`;
}

/** The most important sentence large, the others as a list. */
export function sentences([first = '', ...rest]: readonly string[]): string {
	const list = rest.map((sentence) => `<li>${escapeHtml(sentence)}</li>`).join('');
	return `<p class="lead">${escapeHtml(first)}</p>${list === '' ? '' : `<ul>${list}</ul>`}`;
}

/** A name and what it is: a line of a report's setting. */
export type Fact = readonly [name: string, value: string];

export function modelFacts({ models }: Pick<Report, 'models'>): readonly Fact[] {
	return models.map((model) => [`Model (${model.role})`, `${model.id}, ${model.identity} — ${model.source}`]);
}

/** What the measurement could show, and what made it. */
export function methodFacts({ smallestGap, versions }: Pick<Report, 'smallestGap' | 'versions'>): readonly Fact[] {
	const all = Object.entries(versions).map(([name, value]) => `${name} ${value}`);
	return [
		['Smallest gap that n shows', `about ${(smallestGap * 100).toFixed(0)} points (80 % power, 40 % discordant pairs)`],
		['Versions', all.join(', ')],
	];
}

export function factList(facts: readonly Fact[], settings: unknown): string {
	const list = facts.map(([name, value]) => `<dt>${escapeHtml(name)}</dt><dd>${escapeHtml(value)}</dd>`).join('');
	return `<dl>${list}</dl><details><summary>All settings</summary><pre>${escapeHtml(JSON.stringify(settings, null, 2))}</pre></details>`;
}

/** Texts longer than this, in characters, get room in a table, so that they do not stand one word a line. */
const longText = 60;

/** @param texts the columns that hold words; the others hold figures, which stand right-aligned. */
export function table(head: readonly string[], rows: readonly (readonly string[])[], texts: readonly number[]): string {
	const kind = (column: number) => (texts.includes(column) ? '' : ' class="figure"');
	const heads = head.map((name, column) => `<th scope="col"${kind(column)}>${escapeHtml(name)}</th>`).join('');
	const cells = (row: readonly string[]) =>
		row
			.map(
				(value, column) => `<td${value.length > longText ? ' class="long"' : kind(column)}>${escapeHtml(value)}</td>`,
			)
			.join('');
	const body = rows.map((row) => `<tr>${cells(row)}</tr>`).join('\n');
	return `<div class="scroll"><table><thead><tr>${heads}</tr></thead><tbody>${body}</tbody></table></div>`;
}

export function points(share: number, digits: number): string {
	return (share * 100).toFixed(digits).replace('-', '−');
}

/** "to", for a dash between negative numbers is hard to read. */
export function range([low, high]: Interval, digits: number): string {
	return `${points(low, digits)} to ${points(high, digits)}`;
}

export function probability(p: number): string {
	return p < 0.0001 ? '< 0.0001' : p.toFixed(4);
}

export function percent(share: number): string {
	return `${(share * 100).toFixed(0)} %`;
}
