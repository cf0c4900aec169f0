/** The report as one self-contained page: sentences first, the evidence beneath, nothing from the network. */
import type { Experience } from '../experience/experience.js';
import { ruleLines } from '../experience/rendering.js';
import type { SampleRecord } from '../learning/runLog.js';
import { type ArmResult, type Report, type ReportDetails, reportInWords } from './report.js';
import { structures } from './reportDrawings.js';
import { groupsHtml } from './reportGroups.js';
import {
	escapeHtml,
	type Fact,
	factList,
	header,
	htmlPage,
	methodFacts,
	modelFacts,
	percent,
	points,
	probability,
	range,
	section,
	sentences,
	table,
} from './reportPage.js';
import { scoreTables } from './reportScores.js';

export function reportHtml(report: Report, details: ReportDetails): string {
	const title = `${report.set.name}: what experience changed${report.partial ? ' (partial)' : ''}`;
	const body = [
		header(report, title),
		section('Result', [
			sentences(reportInWords(report)),
			intervalPlot(report.arms),
			armTable(report),
			report.partial ? '' : pairTable(report),
			scoreText(report),
		]),
		report.groups ? section('By group', [groupsHtml(report.groups)]) : '',
		report.training ? section('Training', [trainingText(report)]) : '',
		report.partial ? '' : section('What was learned', [learned(details.experiences)]),
		section('Problem by problem', [matrix(report, details)]),
		report.partial ? '' : section('Contamination', [lintText(report)]),
		section('Setting', [setting(report, details)]),
	];
	return htmlPage(title, body);
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

function scoreText({ scores }: Report): string {
	const tables = scores ? scoreTables(scores) : [];
	return tables
		.map(({ head, rows, note }) => `${table(head, rows, [0])}\n<p class="quiet">${escapeHtml(note)}</p>`)
		.join('\n');
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
		return `<tr><td><details><summary>${escapeHtml(problem.id)}</summary><p>${escapeHtml(problem.question)}</p><p>Expected: <b>${escapeHtml(problem.answer)}</b></p>${structures(problem, own, details.drawings)}${given.join('')}</details></td>${cells.join('')}</tr>`;
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
	const facts: readonly Fact[] = [
		['Run it again', details.command],
		...modelFacts(report),
		['Problems', `${report.set.name}, ${report.set.split}, n = ${report.set.n}, sha256 ${report.set.sha256}`],
		['Training seeds', report.seeds.join(', ')],
		['Library', `${report.library.experiences} experiences, ${report.library.patterns} patterns`],
		...methodFacts(report),
	];
	return factList(facts, report.settings);
}

function counted(count: number, thing: string): string {
	return `${count} ${thing}${count === 1 ? '' : 's'}`;
}
