/** `flex-learn report`: the report of a run again, from its folder alone: on the terminal, as a page, as Markdown, as a table. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import type { Command } from 'commander';
import { samplesCsv } from '../../core/evaluation/reportCsv.js';
import type { SampleRecord } from '../../core/learning/runLog.js';
import { storedSamples } from '../../providers/runFolder.js';
import type { RunConfigFile } from '../../runs/runConfigFile.js';
import { type RunDetail, readRun } from '../../runs/runSummary.js';
import { type StoredReport, storedReport } from '../../runs/storedReport.js';
import { exitCodes, UsageError } from '../exitCodes.js';
import { withSession } from '../options.js';
import { percent, type Terminal } from '../output.js';
import { showPaper, showReport } from '../reportTable.js';
import { runCalled } from '../runIds.js';
import { resumeCommandOf, showRunPage } from '../runPage.js';
import type { Session } from '../session.js';
import { showCurve } from './curve.js';
import { showMatrix } from './matrix.js';

interface ReportFlags {
	readonly html?: string;
	readonly markdown?: string;
	readonly csv?: string;
	readonly paper?: boolean;
}

export function registerReport(program: Command): void {
	program
		.command('report')
		.argument('<run>', 'id of a run, or its beginning; "flex-learn runs" lists them')
		.description('Show the report of a run again, from what its folder keeps; no model is asked.')
		.option('--html <file>', 'write it as a page that needs no network')
		.option('--markdown <file>', 'write it as Markdown')
		.option('--csv <file>', 'write every answer, one row an answer')
		.option('--paper', 'lay the result of a benchmark beside the table of the FLEX paper')
		.addHelpText(
			'after',
			`
Of a benchmark that was stopped it shows what there is, marked as partial, and claims nothing. Of training and tuning
it shows a summary, which --csv and the others can't write.

Examples:
  flex-learn report 01K…
  flex-learn report 01K… --markdown results.md --csv answers.csv`,
		)
		.action(withSession(report));
}

async function report(session: Session, text: string, flags: ReportFlags): Promise<number> {
	const { terminal, workspace } = session;
	const run = await readRun(workspace.runs, runCalled(text, workspace.runs));
	const stored = await storedReport(run, { paper: flags.paper });
	const files = stored ? writeFiles(stored, flags) : refuseFiles(run, flags);
	const { config: _, ...summary } = run;
	terminal.data({ run: summary, report: stored?.content.report ?? null, files });
	if (stored) showStored(run, stored, flags, terminal);
	else showSummary(run, terminal);
	for (const file of files) terminal.say(`Wrote ${file}.`);
	return exitCodes.done;
}

/** @returns the absolute paths of what was written */
function writeFiles({ html, markdown, samples, problems }: StoredReport, flags: ReportFlags): readonly string[] {
	const wanted: readonly (readonly [string | undefined, () => string])[] = [
		[flags.html, () => html],
		[flags.markdown, () => markdown],
		[flags.csv, () => samplesCsv(samples, problems)],
	];
	return wanted.flatMap(([path, text]) => {
		if (path === undefined) return [];
		const file = resolve(path);
		mkdirSync(dirname(file), { recursive: true });
		writeFileSync(file, text());
		return [file];
	});
}

/** @throws {UsageError} where a file was asked for that this run can't fill */
function refuseFiles({ id, kind, state }: RunDetail, flags: ReportFlags): readonly string[] {
	if ([flags.html, flags.markdown, flags.csv].every((file) => file === undefined)) return [];
	if (kind === 'train' || kind === 'tune') {
		throw new UsageError(
			`Run ${id} is a ${kind} run: only measurements (bench, curve, matrix) make a report to write.`,
		);
	}
	const why = state === 'damaged' ? 'is damaged' : 'was stopped before there was anything to report';
	throw new UsageError(`Run ${id} ${why}; "flex-learn runs ${id}" says more.`);
}

function showStored(run: RunDetail, { content }: StoredReport, { paper }: ReportFlags, terminal: Terminal): void {
	const { report: found } = content;
	const partial = content.kind === 'bench' && content.report.partial !== undefined;
	const title = `${partial ? 'PARTIAL: ' : ''}${run.kind} of ${found.set.name}, ${found.set.split}, n = ${found.set.n}`;
	terminal.say(terminal.bold(title));
	terminal.say(`  ${found.models.map(({ id }) => id).join(', ')}; run ${run.id}`);
	terminal.say();
	if (content.kind === 'bench') {
		showReport(content.report, terminal);
		if (paper) showPaper(content.report, terminal);
	}
	if (content.kind === 'curve') showCurve(content.report, terminal);
	if (content.kind === 'matrix') showMatrix(content.report, terminal);
	const resume = partial ? resumeCommandOf(run) : undefined;
	if (resume !== undefined && run.state === 'stopped') terminal.say(`\n  Go on with it: ${resume}`);
}

function showSummary(run: RunDetail, terminal: Terminal): void {
	showRunPage(run, new Map(), terminal);
	const { kind, config, folder } = run;
	if (kind !== 'tune' || !config) return;
	terminal.say();
	terminal.table(['way', 'solved', 'accuracy'], waysOf(config, [...storedSamples(folder)]));
}

/** The ways that were tried: tuning keeps the number of a way as the seed of its answers. */
function waysOf({ candidates = [] }: RunConfigFile, samples: readonly SampleRecord[]): readonly (readonly string[])[] {
	return candidates.map(({ arm, name }, index) => {
		const own = samples.filter(({ seed }) => seed === index);
		const solved = own.filter(({ verdict }) => verdict === 'correct').length;
		return [`${arm}: ${name}`, `${solved}/${own.length}`, own.length === 0 ? '–' : percent(solved / own.length)];
	});
}
