/** The report as one self-contained page: sentences first, the evidence beneath, nothing from the network. */
import type { Experience } from '../experience/experience.js';
import { ruleLines } from '../experience/rendering.js';
import type { SampleRecord } from '../learning/runLog.js';
import { runsLocally } from '../models/runsLocally.js';
import { paperComparison } from './paperResults.js';
import { type ArmResult, answersOf, type Report, type ReportDetails, reportInWords } from './report.js';
import { structures } from './reportDrawings.js';
import { groupsHtml } from './reportGroups.js';
import { lintHtml } from './reportLint.js';
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
import { paperHtml } from './reportPaper.js';
import { armPlot, pairPlot } from './reportPlots.js';
import { scoreTables } from './reportScores.js';

export function reportHtml(report: Report, details: ReportDetails): string {
	const title = `${report.set.name}: what experience changed${report.partial ? ' (partial)' : ''}`;
	const paper = details.paper ? paperComparison(report) : undefined;
	const body = [
		header(report, title),
		section('Result', [
			sentences(reportInWords(report)),
			armPlot(report.arms),
			armTable(report),
			...(report.partial ? [] : [pairPlot(report.pairs), pairTable(report)]),
			scoreText(report),
		]),
		report.groups ? section('By group', [groupsHtml(report.groups)]) : '',
		paper ? section('Beside the paper', [paperHtml(paper)]) : '',
		report.training ? section('Training', [trainingText(report)]) : '',
		report.partial || !details.experiences ? '' : section('What was learned', [learned(details.experiences)]),
		section('Problem by problem', [matrix(report, details)]),
		report.partial ? '' : section('Contamination', [lintHtml(report.lint)]),
		section('Setting', [setting(report, details)]),
	];
	return htmlPage(title, body);
}

function armTable(report: Report): string {
	const samples = Math.max(1, ...report.arms.map((arm) => arm.samples ?? 1));
	const votes = (arm: ArmResult): readonly string[] => {
		if (samples === 1) return [];
		return arm.majority ? [percent(arm.majority.accuracy), range(arm.majority.ci95, 0)] : ['–', '–'];
	};
	// What ran on this machine and has no price was billed by nobody.
	const unpriced = report.models.every(({ id }) => runsLocally(id)) ? 'none' : 'unknown';
	const rows = report.arms.map((arm) => {
		const answers = answersOf(arm);
		return [
			arm.arm,
			`${arm.solved.toFixed(Number.isInteger(arm.solved) ? 0 : 1)} of ${arm.n}`,
			percent(arm.accuracy),
			range(arm.ci95, 0),
			...votes(arm),
			arm.bySeed.map((seed) => points(seed.accuracy, 0)).join(' · '),
			String(Math.round((arm.tokensIn + arm.tokensOut) / answers)),
			(arm.seconds / answers).toFixed(2),
			arm.cost?.toFixed(4) ?? unpriced,
		];
	});
	const share =
		samples > 1 ? ['pass@1', '95 % interval', `maj@${samples}`, '95 % interval'] : ['accuracy', '95 % interval'];
	const head = ['arm', 'solved', ...share, 'by seed', 'tokens each', 'seconds each', 'cost'];
	const note =
		samples > 1
			? `<p class="quiet">pass@1 is the mean of ${samples} answers to each problem; maj@${samples} the vote of their majority, a tie going to the answer that was given first. Claims come from pass@1. Arms that ask no model answer once.</p>`
			: '';
	return `${table(head, rows, [0])}${note}`;
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

/** A page of more rows takes long to open; the CSV has them all. */
const mostProblems = 1000;

function matrix(report: Report, details: ReportDetails): string {
	const arms = report.arms.map((arm) => arm.arm);
	const shown = details.problems.slice(0, mostProblems);
	const byProblem = new Map(shown.map(({ id }) => [id, [] as SampleRecord[]]));
	for (const sample of details.samples) byProblem.get(sample.problem)?.push(sample);
	const rows = shown.map((problem) => {
		const own = byProblem.get(problem.id) ?? [];
		const byArm = arms.map((arm) => ({ arm, samples: own.filter((sample) => sample.arm === arm) }));
		const several = byArm.some(({ samples }) => samples.length > 1);
		const given = several
			? byArm.map(({ arm, samples }) => `<p>${escapeHtml(`${arm}: ${answersIn(samples)}`)}</p>`)
			: [];
		const cells = byArm.map(({ samples }) => cell(samples));
		return `<tr><td><details><summary>${escapeHtml(problem.id)}</summary><p>${escapeHtml(problem.question)}</p><p>${details.openEnded ? 'A good answer' : 'Expected'}: <b>${escapeHtml(problem.answer)}</b></p>${structures(problem, own, details.drawings)}${given.join('')}</details></td>${cells.join('')}</tr>`;
	});
	const head = ['problem', ...arms].map((name) => `<th scope="col">${escapeHtml(name)}</th>`).join('');
	const more = details.problems.length - shown.length;
	const rest =
		more > 0 ? `<p class="quiet">… and ${more} more; "flex-learn report … --csv" writes every answer.</p>` : '';
	return `<div class="scroll"><table class="matrix"><thead><tr>${head}</tr></thead><tbody>${rows.join('\n')}</tbody></table></div>${rest}`;
}

/** One answer with its mark; of several only how many are right, so that every arm stays in sight. */
function cell(samples: readonly SampleRecord[]): string {
	if (samples.length === 0) return '<td></td>';
	const right = samples.filter((sample) => sample.verdict === 'correct').length;
	const kind = right === samples.length ? 'right' : right === 0 ? 'wrong' : 'some';
	if (samples.length > 1) return `<td class="${kind}"><span>${right} of ${samples.length}</span></td>`;
	const mark =
		right === 1 ? '<span role="img" aria-label="right">✓</span>' : '<span role="img" aria-label="wrong">✗</span>';
	return `<td class="${kind}">${mark} <small>${escapeHtml(answersIn(samples))}</small></td>`;
}

function answersIn(samples: readonly SampleRecord[]): string {
	return samples.map((sample) => sample.answer ?? 'no answer').join(', ');
}

/** How answers were drawn, where they were. */
function samplingFact({ sampling }: Report): readonly Fact[] {
	if (!sampling || sampling.samples === 1) return [['Answers', 'one a problem, greedy']];
	return [['Answers', `${sampling.samples} a problem, drawn at temperature ${sampling.temperature}`]];
}

function setting(report: Report, details: ReportDetails): string {
	const facts: readonly Fact[] = [
		['Run it again', details.command],
		...modelFacts(report),
		['Problems', `${report.set.name}, ${report.set.split}, n = ${report.set.n}, sha256 ${report.set.sha256}`],
		['Training seeds', report.seeds.join(', ')],
		...samplingFact(report),
		['Library', `${report.library.experiences} experiences, ${report.library.patterns} patterns`],
		...methodFacts(report),
	];
	return factList(facts, report.settings);
}
