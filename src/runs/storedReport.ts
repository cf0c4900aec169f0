/** The report of a measurement as its run's folder holds it, or as far as a stopped benchmark can be reported. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type MatrixReport, matrixMarkdown } from '../core/evaluation/inheritance.js';
import { matrixHtml } from '../core/evaluation/inheritanceHtml.js';
import { armResults, type Report, type ReportDetails } from '../core/evaluation/report.js';
import { reportHtml } from '../core/evaluation/reportHtml.js';
import { reportMarkdown } from '../core/evaluation/reportMarkdown.js';
import { type CurveReport, curveMarkdown } from '../core/evaluation/scalingCurve.js';
import { curveHtml } from '../core/evaluation/scalingCurveHtml.js';
import { smallestGap } from '../core/evaluation/statistics.js';
import type { SampleRecord } from '../core/learning/runLog.js';
import { knownKind } from '../core/tasks/registry.js';
import type { ProblemSet, Split } from '../core/tasks/task.js';
import { loadProblemSet } from '../providers/problemSets.js';
import { RunFolderError, storedSamples } from '../providers/runFolder.js';
import { sourceOf, splitHash } from './benchReport.js';
import { modelOf, type RunConfigFile } from './runConfigFile.js';
import type { RunDetail } from './runSummary.js';

/** What a run's folder says; exactly one of the reports is there. */
export interface StoredReport {
	readonly content:
		| { readonly kind: 'bench'; readonly report: Report }
		| { readonly kind: 'curve'; readonly report: CurveReport }
		| { readonly kind: 'matrix'; readonly report: MatrixReport };
	/** Every answer, read anew each time. */
	readonly samples: Iterable<SampleRecord>;
	/** Those of its problems that can still be read. */
	readonly problems: ReportDetails['problems'];
	readonly markdown: string;
	readonly html: string;
}

/**
 * The report of a run; undefined where the run's kind makes none, or where it was stopped before there is anything to
 * report.
 * @param paper lays a benchmark beside the paper's table
 * @throws {RunFolderError} `damaged` where a report is there and can't be read
 */
export async function storedReport(
	run: RunDetail,
	{ paper = false }: { readonly paper?: boolean | undefined } = {},
): Promise<StoredReport | undefined> {
	const { config, folder } = run;
	if (!config || (config.kind !== 'bench' && config.kind !== 'curve' && config.kind !== 'matrix')) return undefined;
	const samples = storedSamples(folder);
	const set = await loadProblemSet(config.set).catch(() => undefined);
	const problems = problemsOf(set, config, samples);
	const stored = readReport(folder);
	const content = stored ? contentOf(stored, config.kind, folder) : partialOf(run, config, set, samples);
	if (!content) return undefined;
	const openEnded = knownKind(set?.kind)?.openEnded;
	const rendered = render(content, { problems, samples, openEnded, command: commandOf(config), paper });
	// The page that was written at the end shows the library as it was then.
	const page = join(folder, 'report.html');
	const html = stored && !paper && existsSync(page) ? readFileSync(page, 'utf8') : rendered.html;
	return { content, samples, problems, markdown: rendered.markdown, html };
}

function readReport(folder: string): unknown {
	const file = join(folder, 'report.json');
	if (!existsSync(file)) return undefined;
	try {
		return JSON.parse(readFileSync(file, 'utf8'));
	} catch {
		throw damaged(folder);
	}
}

function contentOf(value: unknown, kind: 'bench' | 'curve' | 'matrix', folder: string): StoredReport['content'] {
	if (kind === 'bench' && isBench(value)) return { kind, report: value };
	if (kind === 'curve' && isCurve(value)) return { kind, report: value };
	if (kind === 'matrix' && isMatrix(value)) return { kind, report: value };
	throw damaged(folder);
}

function damaged(folder: string): RunFolderError {
	return new RunFolderError(
		'damaged',
		`${join(folder, 'report.json')} is no report of this version; delete it and go on with the run with --resume: it is written again, without new model calls.`,
	);
}

function isBench(value: unknown): value is Report {
	return isReport(value) && 'arms' in value && Array.isArray(value.arms) && 'pairs' in value && 'lint' in value;
}

function isCurve(value: unknown): value is CurveReport {
	return isReport(value) && 'points' in value && Array.isArray(value.points) && 'trends' in value;
}

function isMatrix(value: unknown): value is MatrixReport {
	return isReport(value) && 'cells' in value && Array.isArray(value.cells) && 'baselines' in value;
}

function isReport(value: unknown): value is object {
	if (typeof value !== 'object' || value === null) return false;
	return 'schema' in value && value.schema === 1 && 'set' in value && 'models' in value;
}

function render(
	{ kind, report }: StoredReport['content'],
	details: ReportDetails,
): { readonly markdown: string; readonly html: string } {
	if (kind === 'bench') return { markdown: reportMarkdown(report, details.paper), html: reportHtml(report, details) };
	if (kind === 'curve') return { markdown: curveMarkdown(report), html: curveHtml(report) };
	return { markdown: matrixMarkdown(report), html: matrixHtml(report) };
}

/** Problems of the split that were asked, with their texts where the set is still there. */
function problemsOf(
	set: ProblemSet | undefined,
	{ split }: RunConfigFile,
	samples: Iterable<SampleRecord>,
): ReportDetails['problems'] {
	const asked = new Set<string>();
	for (const { problem } of samples) asked.add(problem);
	const known = new Map((set?.splits[splitOf(split)] ?? []).map((problem) => [problem.id, problem]));
	return [...asked].map((id) => known.get(id) ?? { id, question: '', answer: '' });
}

/** What a stopped benchmark has answered; curves and matrices say nothing before their end. */
function partialOf(
	run: RunDetail,
	config: RunConfigFile,
	set: ProblemSet | undefined,
	samples: Iterable<SampleRecord>,
): StoredReport['content'] | undefined {
	if (config.kind !== 'bench') return undefined;
	const facts = answeredIn(samples);
	if (facts.answers === 0) return undefined;
	const split = splitOf(config.split);
	const n = facts.problems.size;
	const { id = '', experiences = 0, patterns = 0 } = config.library ?? {};
	const report: Report = {
		schema: 1,
		createdAt: new Date().toISOString(),
		set: {
			name: run.set,
			split,
			n,
			sha256: set ? splitHash(set, split) : '',
			source: set ? sourceOf(set, split) : run.source,
		},
		models: [{ role: 'actor', id: modelOf(config), identity: 'not recorded before the end', source: 'as configured' }],
		sampling: samplingOf(config),
		seeds: config.seeds ?? [...facts.seeds],
		library: { id, experiences, patterns },
		// A price may have changed since; the finished report has the cost.
		arms: armResults(samples, () => null),
		pairs: [],
		excluded: [],
		lint: { findings: [], counts: noFindings, experiences: noFindings, chanceRate: 0 },
		smallestGap: smallestGap(n),
		versions: {},
		settings: { training: config.config.training },
		partial: { answered: facts.answers, planned: run.total ?? facts.answers },
	};
	return { kind: 'bench', report };
}

function samplingOf({ config: { evaluation } }: RunConfigFile): Report['sampling'] {
	const { samples, temperature } = evaluation;
	return samples > 1 ? { samples, temperature } : undefined;
}

function answeredIn(samples: Iterable<SampleRecord>) {
	const found = { answers: 0, problems: new Set<string>(), seeds: new Set<number>() };
	for (const { problem, seed } of samples) {
		found.answers++;
		found.problems.add(problem);
		found.seeds.add(seed);
	}
	return found;
}

const noFindings = { 'answer-leak': 0, 'harness-words': 0 };

/** Benchmarks without a word on it read dev. */
function splitOf(name: string | undefined): Split {
	return name === 'train' || name === 'test' ? name : 'dev';
}

function commandOf({ startedBy }: RunConfigFile): string {
	return startedBy ? ['flex-learn', ...startedBy.args].join(' ') : '';
}
