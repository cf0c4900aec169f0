/** `flex-learn curve`: how accuracy grows with what was learned, from one trained library cut back to several sizes. */
import { writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { type Command, InvalidArgumentError } from 'commander';
import { type CurveReport, curveInWords } from '../../core/evaluation/scalingCurve.js';
import { type CurvePlan, planCurve, startCurve, writeCurve } from '../../runs/curveRun.js';
import { defined } from '../defined.js';
import { UsageError } from '../exitCodes.js';
import { number, withSession } from '../options.js';
import { percent, type Terminal } from '../output.js';
import { commandLine, version } from '../program.js';
import { showRun } from '../progress.js';
import { runIdOf } from '../runId.js';
import { endOf, portsFor, settingsFor } from '../runSetup.js';
import { splitOf } from './bench.js';

interface CurveFlags {
	readonly model?: string;
	readonly split: string;
	readonly sizes?: readonly number[];
	readonly limit: number;
	readonly library?: string;
	readonly seed?: number;
	readonly maxCalls?: number;
	readonly resume?: string;
	readonly html?: string;
}

export function registerCurve(program: Command): void {
	program
		.command('curve')
		.argument('<set>', 'folder of a problem set, an example, or a dataset by name')
		.description('Measure accuracy against the size of the library: one trained library, cut back to several sizes.')
		.option('-m, --model <id>', 'model that answers')
		.option('--split <name>', 'dev, test or train', 'dev')
		.option('--sizes <list>', 'problems learned, as in 0,6,12,24,48 (default: none, all, and halves of all)', sizesOf)
		.option('--limit <n>', 'only the first n problems of the split (0: all)', number, 0)
		.option('--library <folder>', 'the .flex folder of the library (default: this workspace)')
		.option('--seed <n>', 'take the learned problems in a random order, not in that of the training', number)
		.option('--max-calls <n>', 'stop after so many model calls (0: no cap)', number)
		.option('--html <file>', 'write the report there, too')
		.option('--resume <ulid>', 'go on with a curve that was stopped')
		.addHelpText(
			'after',
			`
A size of 12 is the library as if only its first 12 problems had been learned; 0 is the model alone. Nothing is
trained anew, and the library is only read.

Examples:
  flex-learn curve examples/company-conventions --model embedded:smollm2-135m
  flex-learn curve my-set --sizes 0,6,12,24,48,96 --split test --html curve.html`,
		)
		.action(
			withSession(async (session, folder: string, flags: CurveFlags) => {
				const run = runIdOf(flags.resume);
				const split = splitOf(flags.split);
				const set = await session.problemSet(folder);
				const flex = flags.library ? resolve(flags.library) : session.workspace.flex;
				const store = flags.library ? await session.givenLibrary(flex) : await session.library(flex, true);
				const plan = await planCurve(store, flex, set, flags.sizes ?? [], flags.seed);
				warnOfPlan(plan, flags, session.terminal);
				const values = {
					models: defined({ default: flags.model }),
					budget: { calls: flags.maxCalls || null },
				};
				const { config, pool, opened } = await settingsFor(session, set, values);
				const ports = await portsFor(session, store, pool);
				const request = { plan, split, limit: flags.limit };
				session.terminal.say(`Scaling curve of ${set.name} (${split}) with ${opened.model.id} (run ${run}).`);
				const curve = await startCurve(ports, request, config, run, session.signal);
				const outcome = await showRun(curve.events, session.terminal, session.workspace.runs);
				if (outcome.status !== 'done') return endOf(session, run, outcome);
				const about = { ports, config, run, models: [opened], command: commandLine(), version };
				const written = writeCurve({ ...about, request, curve });
				showCurve(written.report, session.terminal);
				if (flags.html) writeFileSync(flags.html, written.html);
				session.terminal.say(`Report: ${flags.html ?? written.htmlFile}`);
				session.terminal.data({ report: written.report });
				return 0;
			}),
		);
}

/** @throws {UsageError} where there is nothing to measure */
function warnOfPlan({ set, learned, slices }: CurvePlan, { sizes = [] }: CurveFlags, terminal: Terminal): void {
	const all = learned.problems.length;
	if (slices.length < 2) {
		throw new UsageError(
			sizes.length > 0 && all > 0
				? 'Name at least one size above 0.'
				: `This library has learned no problem of ${set.name}; train it first: flex-learn train ${set.source}`,
		);
	}
	const beyond = sizes.filter((size) => size > all);
	if (beyond.length > 0) {
		terminal.warn(`The library learned ${all} problems; ${beyond.join(', ')} can't be had, and ${all} stands for it.`);
	}
}

export function showCurve(report: CurveReport, terminal: Terminal): void {
	terminal.table(
		['problems', 'experiences', 'patterns', 'cases', 'solved', 'accuracy', '95 %', 'prompt tokens', 's/question'],
		report.points.map((point) => [
			String(point.problems),
			String(point.experiences),
			String(point.patterns),
			String(point.cases),
			`${point.solved}/${point.n}`,
			percent(point.accuracy),
			point.ci95.map((end) => percent(end)).join(' – '),
			String(Math.round(point.tokensIn)),
			point.seconds.toFixed(2),
		]),
	);
	terminal.say();
	for (const sentence of curveInWords(report)) terminal.say(`  ${sentence}`);
}

function sizesOf(text: string): readonly number[] {
	const sizes = text.split(',').map((size) => size.trim());
	if (!sizes.every((size) => /^\d+$/u.test(size))) {
		throw new InvalidArgumentError('Give whole numbers with commas between, as in 0,6,12,24,48.');
	}
	return sizes.map(Number);
}
