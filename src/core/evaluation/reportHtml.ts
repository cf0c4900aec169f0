/** The report as one self-contained page: sentences first, the evidence beneath, nothing from the network. */
import type { Experience } from '../experience/experience.js';
import { ruleLines } from '../experience/rendering.js';
import type { SampleRecord } from '../learning/runLog.js';
import { type ArmResult, type Report, type ReportDetails, reportInWords } from './report.js';
import { reportCss } from './reportCss.js';
import type { Interval } from './statistics.js';

export function reportHtml(report: Report, details: ReportDetails): string {
	const title = `${report.set.name}: what experience changed`;
	const body = [
		header(report, title),
		section('Result', [sentences(report), intervalPlot(report.arms), armTable(report), pairTable(report)]),
		report.training ? section('Training', [trainingText(report)]) : '',
		section('What was learned', [learned(details.experiences)]),
		section('Problem by problem', [matrix(report, details)]),
		section('Contamination', [lintText(report)]),
		section('Setting', [setting(report, details)]),
	];
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

function header(report: Report, title: string): string {
	const { set, models } = report;
	const model = [...new Set(models.map((entry) => entry.id))].join(', ');
	return `<header><h1>${escapeHtml(title)}</h1>
<p class="quiet">${set.n} problems of the ${escapeHtml(set.split)} split · ${escapeHtml(model)} · ${escapeHtml(report.createdAt.slice(0, 10))}</p></header>`;
}

function section(title: string, parts: readonly string[]): string {
	return `<section><h2>${title}</h2>\n${parts.join('\n')}</section>`;
}

function sentences(report: Report): string {
	const [first = '', ...rest] = reportInWords(report).map(escapeHtml);
	const list = rest.map((sentence) => `<li>${sentence}</li>`).join('');
	return `<p class="lead">${first}</p>${list === '' ? '' : `<ul>${list}</ul>`}`;
}

const plot = { width: 640, row: 30, left: 120, right: 76 };

/** Accuracy with its interval, an arm a line; the table below says the same in figures. */
function intervalPlot(arms: readonly ArmResult[]): string {
	const x = (share: number) => plot.left + share * (plot.width - plot.left - plot.right);
	const height = arms.length * plot.row + 26;
	const ticks = [0, 0.25, 0.5, 0.75, 1].map(
		(share) =>
			`<line class="grid" x1="${x(share)}" x2="${x(share)}" y1="4" y2="${height - 22}"/><text class="tick" x="${x(share)}" y="${height - 6}" text-anchor="middle">${share * 100}</text>`,
	);
	const rows = arms.map((arm, index) => {
		const y = index * plot.row + 20;
		const kind = arm.arm === 'flex' ? 'own' : 'other';
		const seeds =
			arm.bySeed.length > 1
				? arm.bySeed.map((seed) => `<circle class="seed" cx="${x(seed.accuracy)}" cy="${y + 8}" r="2"/>`)
				: [];
		return `<g class="${kind}"><text x="${plot.left - 12}" y="${y + 4}" text-anchor="end">${escapeHtml(arm.arm)}</text>
<line x1="${x(arm.ci95[0])}" x2="${x(arm.ci95[1])}" y1="${y}" y2="${y}"/><circle cx="${x(arm.accuracy)}" cy="${y}" r="${kind === 'own' ? 6 : 4.5}"/>${seeds.join('')}
<text x="${plot.width - 4}" y="${y + 4}" text-anchor="end">${percent(arm.accuracy)}</text></g>`;
	});
	return `<svg viewBox="0 0 ${plot.width} ${height}" role="img" aria-label="Accuracy by arm with 95 % intervals">${ticks.join('')}${rows.join('\n')}</svg>`;
}

function armTable(report: Report): string {
	const rows = report.arms.map((arm) => {
		const questions = Math.max(1, arm.n * arm.bySeed.length);
		return [
			arm.arm,
			`${arm.solved.toFixed(arm.bySeed.length > 1 ? 1 : 0)} of ${arm.n}`,
			percent(arm.accuracy),
			range(arm.ci95, 0),
			arm.bySeed.map((seed) => points(seed.accuracy, 0)).join(' · '),
			String(Math.round((arm.tokensIn + arm.tokensOut) / questions)),
			(arm.seconds / questions).toFixed(2),
			arm.cost === null ? 'unknown' : arm.cost.toFixed(4),
		];
	});
	return table(
		['arm', 'solved', 'accuracy', '95 % interval', 'by seed', 'tokens each', 'seconds each', 'cost'],
		rows,
		[0],
	);
}

function pairTable(report: Report): string {
	const rows = report.pairs.map((pair) => [
		`${pair.a} against ${pair.b}`,
		String(pair.onlyA),
		String(pair.onlyB),
		points(pair.diff, 1),
		range(pair.ci95, 1),
		probability(pair.p),
		probability(pair.pHolm),
		pair.claim,
	]);
	return `${table(['pair', 'better', 'worse', 'points', '95 % interval', 'p', 'p (Holm)', 'claim'], rows, [0, 7])}
<p class="quiet">"improved" and "worse" need both: a Holm-adjusted p under 0.05, and an interval without 0. "better" counts problems that the first arm solved more often than the second.</p>`;
}

function trainingText(report: Report): string {
	const { training } = report;
	if (!training) return '';
	const dropped = Object.values(training.lessonsDropped).reduce((sum, count) => sum + count, 0);
	const asked = training.lessonsKept + dropped;
	const weak =
		asked > 0 && training.lessonsKept === 0
			? '<p>This model is too weak to write rules: none passed the checks. What it gains comes from worked cases alone.</p>'
			: '';
	const share =
		asked === 0
			? ''
			: ` Of ${asked} lessons ${training.lessonsKept} passed the checks (junk rate ${percent(dropped / asked)}).`;
	const reasons = Object.entries(training.lessonsDropped).map(([reason, count]) => [reason, String(count)]);
	const updates = Object.entries(training.updates).map(([op, count]) => `${op} ${count}`);
	return `<p>${training.firstAttempt} of ${training.problems * training.epochs} attempts were right at once, ${training.solved} in the end.${share} The updater: ${escapeHtml(updates.join(', '))}.</p>${weak}${reasons.length > 0 ? table(['dropped because', 'lessons'], reasons, [0]) : ''}`;
}

const mostShown = 200;

function learned(experiences: readonly Experience[]): string {
	if (experiences.length === 0) return '<p>Nothing yet.</p>';
	const items = experiences.slice(0, mostShown).map((experience) => {
		const rules = ruleLines(experience).map((line) => `<p>${escapeHtml(line.replace(/^\s*-\s*/u, ''))}</p>`);
		const cases = experience.cases.map(
			(item) =>
				`<p class="case"><span>${escapeHtml(item.question || 'trajectory')}</span> <b>${escapeHtml(item.answer)}</b></p>`,
		);
		return `<details><summary><span class="zone ${experience.zone}">${experience.zone}</span> ${escapeHtml(experience.title)}</summary>${rules.join('')}${cases.join('')}</details>`;
	});
	const more =
		experiences.length > mostShown ? `<p class="quiet">… and ${experiences.length - mostShown} more.</p>` : '';
	return `<p class="quiet">${experiences.length} experiences. Golden: right at once; mixed: wrong first, then right; warning: never right in training.</p>${items.join('\n')}${more}`;
}

function matrix(report: Report, details: ReportDetails): string {
	const arms = report.arms.map((arm) => arm.arm);
	const byProblem = new Map<string, SampleRecord[]>();
	for (const sample of details.samples) {
		const own = byProblem.get(sample.problem);
		if (own) own.push(sample);
		else byProblem.set(sample.problem, [sample]);
	}
	const rows = details.problems.map((problem) => {
		const own = byProblem.get(problem.id) ?? [];
		const byArm = arms.map((arm) => ({ arm, samples: own.filter((sample) => sample.arm === arm) }));
		const several = byArm.some(({ samples }) => samples.length > 1);
		const given = several
			? byArm.map(({ arm, samples }) => `<p>${escapeHtml(`${arm}: ${answersOf(samples)}`)}</p>`)
			: [];
		const cells = byArm.map(({ samples }) => cell(samples));
		return `<tr><td><details><summary>${escapeHtml(problem.id)}</summary><p>${escapeHtml(problem.question)}</p><p>Expected: <b>${escapeHtml(problem.answer)}</b></p>${given.join('')}</details></td>${cells.join('')}</tr>`;
	});
	const head = ['problem', ...arms].map((name) => `<th scope="col">${escapeHtml(name)}</th>`).join('');
	return `<div class="scroll"><table class="matrix"><thead><tr>${head}</tr></thead><tbody>${rows.join('\n')}</tbody></table></div>`;
}

/** One answer with its mark; of several only how many are right, so that every arm stays in sight. */
function cell(samples: readonly SampleRecord[]): string {
	if (samples.length === 0) return '<td></td>';
	const right = samples.filter((sample) => sample.verdict === 'correct').length;
	const kind = right === samples.length ? 'right' : right === 0 ? 'wrong' : 'some';
	if (samples.length > 1) return `<td class="${kind}"><span>${right} of ${samples.length}</span></td>`;
	const mark =
		right === 1 ? '<span role="img" aria-label="right">✓</span>' : '<span role="img" aria-label="wrong">✗</span>';
	return `<td class="${kind}">${mark} <small>${escapeHtml(answersOf(samples))}</small></td>`;
}

function answersOf(samples: readonly SampleRecord[]): string {
	return samples.map((sample) => sample.answer ?? 'no answer').join(', ');
}

function lintText(report: Report): string {
	const { lint } = report;
	const rows = lint.findings
		.slice(0, 50)
		.map((finding) => [finding.code, finding.experience, finding.part, finding.excerpt, finding.problem ?? '']);
	const text = `<p>${counted(lint.counts['answer-leak'], 'answer leak')} (the same test with problems nobody trained on: ${percent(lint.chanceRate)} of experiences), ${counted(lint.counts['harness-words'], 'part')} with words of the harness.</p>`;
	return rows.length === 0
		? text
		: `${text}${table(['code', 'experience', 'part', 'text', 'problem'], rows, [0, 1, 2, 3, 4])}`;
}

function setting(report: Report, details: ReportDetails): string {
	const facts: readonly (readonly [string, string])[] = [
		['Run it again', details.command],
		...report.models.map(
			(model) => [`Model (${model.role})`, `${model.id}, ${model.identity} — ${model.source}`] as const,
		),
		['Problems', `${report.set.name}, ${report.set.split}, n = ${report.set.n}, sha256 ${report.set.sha256}`],
		['Training seeds', report.seeds.join(', ')],
		['Library', `${report.library.experiences} experiences, ${report.library.patterns} patterns`],
		[
			'Smallest gap that n shows',
			`about ${(report.smallestGap * 100).toFixed(0)} points (80 % power, 40 % discordant pairs)`,
		],
		[
			'Versions',
			Object.entries(report.versions)
				.map(([name, value]) => `${name} ${value}`)
				.join(', '),
		],
	];
	const list = facts.map(([name, value]) => `<dt>${escapeHtml(name)}</dt><dd>${escapeHtml(value)}</dd>`).join('');
	return `<dl>${list}</dl><details><summary>All settings</summary><pre>${escapeHtml(JSON.stringify(report.settings, null, 2))}</pre></details>`;
}

/** Texts longer than this, in characters, get room in a table, so that they do not stand one word a line. */
const longText = 60;

/** @param texts the columns that hold words; the others hold figures, which stand right-aligned. */
function table(head: readonly string[], rows: readonly (readonly string[])[], texts: readonly number[]): string {
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

function counted(count: number, thing: string): string {
	return `${count} ${thing}${count === 1 ? '' : 's'}`;
}

function points(share: number, digits: number): string {
	return (share * 100).toFixed(digits).replace('-', '−');
}

/** "to", for a dash between negative numbers is hard to read. */
function range([low, high]: Interval, digits: number): string {
	return `${points(low, digits)} to ${points(high, digits)}`;
}

function probability(p: number): string {
	return p < 0.0001 ? '< 0.0001' : p.toFixed(4);
}

function percent(share: number): string {
	return `${(share * 100).toFixed(0)} %`;
}
