/** `flex-learn matrix`: whether what one model learned helps another one. */
import { writeFileSync } from 'node:fs';
import { basename, dirname, resolve } from 'node:path';
import type { Command } from 'commander';
import { type MatrixReport, matrixInWords } from '../../core/evaluation/inheritance.js';
import type { PartialRunConfig } from '../../core/learning/runConfig.js';
import type { ProblemSet } from '../../core/tasks/task.js';
import { type MatrixColumn, type MatrixRow, matrixRow, startMatrix, writeMatrix } from '../../runs/matrixRun.js';
import { profileLayer, readProfile } from '../../runs/profiles.js';
import { setLayer } from '../../runs/setDefaults.js';
import { UsageError } from '../exitCodes.js';
import { number, withSession } from '../options.js';
import { percent, type Terminal } from '../output.js';
import { commandLine, version } from '../program.js';
import { showRun } from '../progress.js';
import { runIdOf } from '../runId.js';
import { endOf, portsFor } from '../runSetup.js';
import type { Session } from '../session.js';
import { splitOf } from './bench.js';

interface MatrixFlags {
	readonly models: readonly string[];
	readonly libraries?: readonly string[];
	readonly split: string;
	readonly limit: number;
	readonly maxCalls?: number;
	readonly resume?: string;
	readonly html?: string;
}

export function registerMatrix(program: Command): void {
	program
		.command('matrix')
		.argument('<set>', 'folder of a problem set, an example, or a dataset by name')
		.description('Measure whether what one model learned helps another: every model with every library, and alone.')
		.requiredOption('--models <list>', 'models that use the libraries, with commas between', listed)
		.option('--libraries <list>', '.flex folders, with commas between (default: this workspace)', listed)
		.option('--split <name>', 'dev, test or train', 'dev')
		.option('--limit <n>', 'only the first n problems of the split (0: all)', number, 0)
		.option('--max-calls <n>', 'stop after so many model calls in all (0: no cap)', number)
		.option('--html <file>', 'write the report there, too')
		.option('--resume <ulid>', 'go on with a matrix that was stopped')
		.addHelpText(
			'after',
			`
Libraries are only read; each takes part with its active experience, so what was imported has to be accepted first.
Every cell is compared with the same model alone, and the chances are adjusted for all cells together.

Example:
  flex-learn matrix examples/company-conventions --models embedded:smollm2-135m,big.gguf --libraries a/.flex,b/.flex`,
		)
		.action(
			withSession(async (session, folder: string, flags: MatrixFlags) => {
				const run = runIdOf(flags.resume);
				const split = splitOf(flags.split);
				const set = await session.problemSet(folder);
				const rows = await rowsOf(session, flags.libraries ?? [session.workspace.flex]);
				const { columns, pool, config } = await columnsOf(session, set, flags);
				const [main] = rows;
				if (!main) throw new UsageError('Name at least one library.');
				const ports = await portsFor(session, main.store, pool);
				const request = { set, split, limit: flags.limit, rows, columns };
				session.terminal.say(
					`Matrix of ${set.name} (${split}): libraries ${rows.map(({ about }) => about.name).join(', ')}; models ${columns.map(({ model }) => model.id).join(', ')} (run ${run}).`,
				);
				const matrix = await startMatrix(ports, request, config, run, session.signal);
				const outcome = await showRun(matrix.events, session.terminal, session.workspace.runs);
				if (outcome.status !== 'done') return endOf(session, run, outcome);
				const about = { ports, config, run, models: columns, command: commandLine(), version };
				const written = writeMatrix({ ...about, request, matrix });
				showMatrix(written.report, session.terminal);
				if (flags.html) writeFileSync(flags.html, written.html);
				session.terminal.say(`Report: ${flags.html ?? written.htmlFile}`);
				session.terminal.data({ report: written.report });
				return 0;
			}),
		);
}

/** @throws {UsageError} where a folder has no library, or one in which nothing is active */
async function rowsOf(session: Session, folders: readonly string[]): Promise<readonly MatrixRow[]> {
	const taken = new Set<string>();
	const rows: MatrixRow[] = [];
	for (const folder of folders) {
		const flex = resolve(folder);
		const store = await session.givenLibrary(folder);
		const plain = basename(flex) === '.flex' ? basename(dirname(flex)) : basename(flex);
		const name = taken.has(plain) ? `${plain} ${rows.length + 1}` : plain;
		taken.add(name);
		const row = await matrixRow(name, flex, store);
		if (row.about.experiences === 0) {
			throw new UsageError(`The library in ${folder} has no active experience; train it, or accept what was imported.`);
		}
		rows.push(row);
	}
	return rows;
}

/**
 * Opens each model once, one at a time, so that a wrong name shows before the first answer. The first one is opened
 * last, for it begins.
 * @throws {UsageError | ModelError | ConfigError}
 */
async function columnsOf(session: Session, set: ProblemSet, { models, maxCalls }: MatrixFlags) {
	const valuesFor = (model: string): PartialRunConfig => ({
		models: { default: model, actor: model, critic: model, updater: model },
		budget: { calls: maxCalls || null },
	});
	const [first = ''] = models;
	const config = session.config(valuesFor(first), [setLayer(set)]);
	const pool = session.pool(config);
	const columns: MatrixColumn[] = [];
	for (const name of models.toReversed()) {
		await pool.close();
		const { model, source } = await pool.describe(name);
		const { id, identity } = model;
		if (columns.some((column) => column.model.id === id)) throw new UsageError(`The model ${id} is named twice.`);
		const profile = readProfile(session.workspace.profiles, set.name, identity);
		const layers = [setLayer(set), ...(profile ? [profileLayer(profile)] : [])];
		columns.unshift({ model: { id, identity }, source, config: session.config(valuesFor(name), layers) });
	}
	return { columns, pool, config: columns[0]?.config ?? config };
}

export function showMatrix(report: MatrixReport, terminal: Terminal): void {
	terminal.table(
		['model', 'library', 'solved', 'accuracy', '95 %', 'points', 'p (Holm)', 'claim'],
		report.baselines.flatMap(({ model, solved, n, accuracy, ci95 }) => [
			[model, 'none', ...figures(solved, n, accuracy, ci95), '', '', ''],
			...report.cells
				.filter((cell) => cell.model === model)
				.map(({ library, own, pair, ...cell }) => [
					model,
					own ? `${library} (own)` : library,
					...figures(cell.solved, cell.n, cell.accuracy, cell.ci95),
					(pair.diff * 100).toFixed(0),
					pair.pHolm < 0.001 ? '< 0.001' : pair.pHolm.toFixed(3),
					pair.claim,
				]),
		]),
	);
	terminal.say();
	for (const sentence of matrixInWords(report)) terminal.say(`  ${sentence}`);
}

function figures(solved: number, n: number, accuracy: number, ci95: readonly number[]): readonly string[] {
	return [`${solved}/${n}`, percent(accuracy), ci95.map((end) => percent(end)).join(' – ')];
}

function listed(text: string): readonly string[] {
	return text
		.split(',')
		.map((item) => item.trim())
		.filter((item) => item !== '');
}
