/** `flex-learn demo`: the whole story in one command: train on an example, then prove on unseen problems what it changed. */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Command } from 'commander';
import type { ArmName } from '../../core/evaluation/arms.js';
import type { PartialRunConfig, RunConfig } from '../../core/learning/runConfig.js';
import type { Split } from '../../core/tasks/task.js';
import { loadProblemSet } from '../../providers/problemSets.js';
import { writeReport } from '../../runs/benchReport.js';
import { startBenchmark } from '../../runs/benchRun.js';
import { setLayer } from '../../runs/setDefaults.js';
import { startTraining } from '../../runs/trainRun.js';
import { newUlid } from '../../runs/ulid.js';
import { exitCodeOfStatus } from '../exitCodes.js';
import { number, withSession } from '../options.js';
import { duration } from '../output.js';
import { commandLine, version } from '../program.js';
import { showRun } from '../progress.js';
import { showReport } from '../reportTable.js';
import { Session } from '../session.js';
import { splitOf } from './bench.js';

interface DemoFlags {
	readonly model: string;
	readonly split: string;
	readonly train: number;
	readonly problems: number;
	readonly out: string;
}

const arms: readonly ArmName[] = ['nearest', 'llm', 'placebo', 'icl-similar', 'flex'];

/** Settings of the demo: small enough for a small model on two cores. */
const demoSettings: PartialRunConfig = {
	training: { rollouts: 2, rounds: 2, giveUpAfter: 8, adviceTokens: 48, lessonTokens: 64 },
	updater: { consult: false },
	budget: { calls: 3000 },
};

/** The advice of the smallest model is of no use and would take half of the time: it hears the verdict alone. */
const smallestModel = 'embedded:smollm2-135m';
const smallestSettings: PartialRunConfig = { training: { advice: false } };

export function registerDemo(program: Command): void {
	program
		.command('demo')
		.description('Train a small model on the shipped example, benchmark it before and after, and write a report.')
		.option('-m, --model <id>', 'any model, as in "train --help"', smallestModel)
		.option('--split <name>', 'test, or dev while you try things out', 'test')
		.option('--train <n>', 'train problems', number, 48)
		.option('--problems <n>', 'problems of the benchmark', number, 72)
		.option('--out <folder>', 'where the workspace and the report go', 'out/demo')
		.action(
			withSession(async (outer, flags: DemoFlags) => {
				rmSync(join(flags.out, '.flex'), { recursive: true, force: true });
				mkdirSync(flags.out, { recursive: true });
				const session = new Session({ workspace: flags.out, json: outer.terminal.json });
				try {
					return await runDemo(session, flags, splitOf(flags.split));
				} finally {
					await session.close();
				}
			}),
		);
}

async function runDemo(session: Session, flags: DemoFlags, split: Split): Promise<number> {
	const { terminal } = session;
	const started = Date.now();
	const set = await loadProblemSet(join(__dirname, '..', 'examples', 'company-conventions'));
	const config = demoConfig(session, flags, [setLayer(set)]);
	const pool = session.pool(config);
	const opened = await pool.describe(flags.model);
	const store = await session.library();
	const ports = { workspace: session.workspace, store, cache: await session.cache(), pool };

	terminal.say(terminal.bold('FLEX: learning from experience, with a frozen model'));
	terminal.say(`Model: ${opened.model.id} (${opened.source})`);
	terminal.say(`\n1. Training on ${flags.train} problems of ${set.name}: attempt, verdict, advice, lesson.`);
	const run = newUlid();
	const training = await startTraining(ports, set, config, run, session.signal);
	const trained = await showRun(training.events, terminal);
	if (trained.status !== 'done') return stopped(session, trained);

	terminal.say(`\n2. Benchmark on ${flags.problems} problems of the ${split} split that nobody has seen.`);
	const request = { set, split, limit: flags.problems, arms, libraries: [{ seed: config.training.seed, store }] };
	const benchRun = newUlid();
	const bench = await startBenchmark(ports, request, config, benchRun, session.signal);
	const measured = await showRun(bench.events, terminal);
	if (measured.status !== 'done') return stopped(session, measured);

	const written = await writeReport({
		ports,
		request,
		config,
		run: benchRun,
		bench,
		opened,
		trainingRuns: [run],
		command: commandLine(),
		version,
	});
	terminal.say();
	showReport(written.report, terminal);
	writeFileSync(join(flags.out, 'report.json'), `${JSON.stringify(written.report, null, 2)}\n`);
	writeFileSync(join(flags.out, 'report.html'), written.html);
	terminal.say(
		`\nReport: ${join(flags.out, 'report.html')} (and report.json), after ${duration(Date.now() - started)}.`,
	);
	terminal.say(`Look around: flex-learn search "voucher for students" --workspace ${flags.out}`);
	return 0;
}

function demoConfig(session: Session, flags: DemoFlags, below: Parameters<Session['config']>[1]): RunConfig {
	const own = { name: "the demo's settings", values: demoSettings };
	const smallest = flags.model === smallestModel ? [{ name: 'the smallest model', values: smallestSettings }] : [];
	const values = { training: { limit: flags.train }, models: { default: flags.model } };
	return session.config(values, [...(below ?? []), own, ...smallest]);
}

function stopped(session: Session, outcome: Awaited<ReturnType<typeof showRun>>): number {
	session.terminal.warn(outcome.message ?? outcome.status);
	return exitCodeOfStatus(outcome.status);
}
