/** `flex-learn bench`: measures what learning changed, arm against arm, on problems that nobody trained on. */
import { writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Command } from 'commander';
import { type ArmName, armNames } from '../../core/evaluation/arms.js';
import type { PartialRunConfig } from '../../core/learning/runConfig.js';
import type { Split } from '../../core/tasks/task.js';
import { writeReport } from '../../runs/benchReport.js';
import { startBenchmark } from '../../runs/benchRun.js';
import { estimateBenchmark } from '../../runs/estimateBenchmark.js';
import { asLearned } from '../../runs/learnedLimit.js';
import { defined } from '../defined.js';
import { estimateBasis, showEstimate } from '../estimate.js';
import { UsageError } from '../exitCodes.js';
import { decimal, number, withSession } from '../options.js';
import { commandLine, version } from '../program.js';
import { showRun } from '../progress.js';
import { showPaper, showReport } from '../reportTable.js';
import { runIdOf } from '../runId.js';
import { endOf, portsFor, settingsFor } from '../runSetup.js';

interface BenchFlags {
	readonly model?: string;
	readonly split: string;
	readonly arms: string;
	readonly limit: number;
	readonly trainLimit?: number;
	readonly library?: readonly string[];
	readonly samples?: number;
	readonly temperature?: number;
	readonly maxCalls?: number;
	readonly resume?: string;
	readonly paper?: boolean;
	readonly html?: string;
	readonly estimate?: boolean;
}

export const defaultArms: readonly ArmName[] = ['nearest', 'llm', 'placebo', 'icl-similar', 'flex'];

export function registerBench(program: Command): void {
	program
		.command('bench')
		.argument('<set>', 'folder of a problem set, an example, or a dataset by name')
		.description('Measure what the library changes: every arm on the same problems, paired, with intervals.')
		.option('-m, --model <id>', 'model that answers')
		.option('--split <name>', 'dev, test or train', 'dev')
		.option('--arms <list>', `comma-separated: ${armNames.join(', ')}`, defaultArms.join(','))
		.option('--limit <n>', 'only the first n problems (0: all)', number, 0)
		.option(
			'--train-limit <n>',
			'how many train problems raw examples are taken from (default: as many as the library was given)',
			number,
		)
		.option('--samples <n>', 'answers to each problem in each arm: adds pass@1 and the majority vote', number)
		.option('--temperature <t>', 'of the answers where several are drawn (default 0.7)', decimal)
		.option('--library <folder...>', 'one .flex folder for each training seed (default: this workspace)')
		.option('--max-calls <n>', 'stop after so many model calls (0: no cap)', number)
		.option('--html <file>', 'write the report there, too')
		.option('--paper', 'lay the result beside the table of the FLEX paper')
		.option('--resume <ulid>', 'go on with a benchmark that was stopped')
		.option('--estimate', 'only say what it would take: calls, tokens, time, money')
		.addHelpText(
			'after',
			`
Arms: nearest and majority ask no model; llm has the task alone; icl and icl-similar get raw examples;
placebo gets unrelated experience of the same form; flex gets the library.
agent may run JavaScript while it thinks; flex-agent has experience before and during that.
"improved" is said only where the paired test and the interval both agree.

Examples:
  flex-learn bench examples/company-conventions --split dev
  flex-learn bench my-set --split test --arms llm,icl-similar,flex --html report.html`,
		)
		.action(
			withSession(async (session, folder: string, flags: BenchFlags) => {
				const run = runIdOf(flags.resume);
				const set = await session.problemSet(folder);
				// What is wrong with the flags is said before a model is loaded.
				const [split, arms] = [splitOf(flags.split), armsOf(flags.arms)];
				const libraries = await Promise.all(
					(flags.library ?? [session.workspace.flex]).map(async (path, index) => ({
						seed: index + 1,
						store: flags.library ? await session.givenLibrary(path) : await session.library(path, true),
					})),
				);
				const [main] = libraries;
				if (!main) throw new UsageError('Name at least one library.');
				const settings = await settingsFor(session, set, configOf(flags));
				const { pool, opened } = settings;
				const flex = resolve(flags.library?.[0] ?? session.workspace.flex);
				const config = await asLearned(settings.config, flex, set, main.store);
				const { limit } = config.training;
				if (limit !== settings.config.training.limit) {
					session.terminal.note(
						`The library learned from ${limit} train problems; raw examples are taken from the same.`,
					);
				}
				const request = { set, split, limit: flags.limit, arms, libraries };
				if (flags.estimate) {
					const basis = await estimateBasis(session, config, pool, set.name);
					return showEstimate(session, await estimateBenchmark({ request, config, ...basis }));
				}
				const ports = await portsFor(session, main.store, pool);
				session.terminal.say(`Benchmark of ${set.name} (${split}) with ${opened.model.id} (run ${run}).`);
				const bench = await startBenchmark(ports, request, config, run, session.signal);
				const outcome = await showRun(bench.events, session.terminal, session.workspace.runs);
				if (outcome.status !== 'done') return endOf(session, run, outcome);
				const written = await writeReport({
					ports,
					request,
					config,
					run,
					bench,
					opened,
					command: commandLine(),
					version,
					paper: flags.paper,
				});
				showReport(written.report, session.terminal);
				if (flags.paper) showPaper(written.report, session.terminal);
				if (flags.html) writeFileSync(flags.html, written.html);
				session.terminal.say(`Report: ${flags.html ?? written.htmlFile}`);
				session.terminal.data({ report: written.report });
				return 0;
			}),
		);
}

function configOf(flags: BenchFlags): PartialRunConfig {
	return {
		training: defined({ limit: flags.trainLimit }),
		evaluation: defined({ samples: flags.samples, temperature: flags.temperature }),
		models: defined({ default: flags.model }),
		budget: { calls: flags.maxCalls === undefined || flags.maxCalls === 0 ? null : flags.maxCalls },
	};
}

export function splitOf(text: string): Split {
	if (text === 'train' || text === 'dev' || text === 'test') return text;
	throw new UsageError(`There is no split "${text}"; choose train, dev or test.`);
}

function armsOf(text: string): readonly ArmName[] {
	return text.split(',').map((name) => {
		const arm = armNames.find((known) => known === name.trim());
		if (!arm) throw new UsageError(`There is no arm "${name.trim()}"; known arms are ${armNames.join(', ')}.`);
		return arm;
	});
}
