/** `flex-learn learn`: what changes of the code teach, proposed to the library; nothing is used before somebody accepts it. */
import { readFileSync } from 'node:fs';
import type { Command } from 'commander';
import type { ChangeMaterial, Failure } from '../../core/learning/capture/changeMaterial.js';
import { runCommand } from '../../providers/commandRun.js';
import { Git, GitError } from '../../providers/git.js';
import {
	estimateLearning,
	type LearnedLessons,
	learnWithModel,
	learnWithoutModel,
	lessonModel,
	materialOf,
	proposeLessons,
	readDiff,
} from '../../runs/learnFromChange.js';
import { readPastCalls } from '../../runs/pastCalls.js';
import type { Proposal } from '../../runs/proposeExperience.js';
import { RedToGreen } from '../../runs/redToGreen.js';
import { defined } from '../defined.js';
import { showEstimate } from '../estimate.js';
import { exitCodes, UsageError } from '../exitCodes.js';
import { number, withSession } from '../options.js';
import { counted, oneLine, wrapped } from '../page.js';
import type { Session } from '../session.js';

interface LearnFlags {
	readonly last?: number;
	readonly since?: string;
	readonly command?: string;
	readonly failure?: string;
	readonly exclude?: readonly string[];
	readonly model: string | boolean;
	readonly timeout: number;
	readonly estimate?: boolean;
}

export function registerLearn(program: Command): void {
	program
		.command('learn')
		.description('Learn from changes of your code: proposals that wait until you accept them.')
		.option('--last <n>', 'of the last n commits (default: what is not committed yet)', number)
		.option('--since <revision>', 'of all commits since a revision')
		.option('--command <line>', 'run this; where it passes after it failed, learn from what mended it')
		.option('--failure <file>', 'output of what failed before the change (- for standard input)')
		.option('--exclude <patterns...>', 'files that no model is shown, as src/private/**')
		.option('-m, --model <id>', 'model that writes the lessons')
		.option('--no-model', 'compute one lesson from the change instead')
		.option('--timeout <minutes>', 'for --command', number, 10)
		.option('--estimate', 'only say what would be shown to the model, and what it takes')
		.addHelpText(
			'after',
			`
Files that git ignores, .env files, keys, lockfiles and binaries are left out, and what looks like a secret is taken out
of the rest. The lessons are "proposed": "search --status proposed" lists them, "accept" takes them into use.

Examples:
  flex-learn learn                          what the working tree has changed
  flex-learn learn --last 3 --estimate      which files and how many tokens it would be
  flex-learn learn --command "npm test"     fails: remembered. Mend it, and say the same again: learned from`,
		)
		.action(withSession(learn));
}

async function learn(session: Session, flags: LearnFlags): Promise<number> {
	const { terminal, signal, workspace } = session;
	refuseMixed(flags);
	const git = await Git.open(workspace.root, 'git', signal);
	const found = flags.command === undefined ? await changeOf(git, flags, signal) : await remedyOf(session, git, flags);
	if (typeof found === 'number') return found;
	const { diff, failure } = found;
	const exclude = flags.exclude ?? [];
	const reading = { git, diff, failure, folder: workspace.root, exclude };
	if (flags.model === false) {
		const material = await materialOf(reading, signal);
		return flags.estimate
			? showMaterialOnly(session, material)
			: finish(session, material, learnWithoutModel(material));
	}
	const chosen = typeof flags.model === 'string' ? flags.model : undefined;
	const config = session.config({ models: defined({ default: chosen, critic: chosen }) });
	const pool = session.pool(config);
	const id = lessonModel(config);
	const model = await pool.open(id);
	const material = await materialOf({ ...reading, contextTokens: model.contextTokens }, signal);
	showMaterial(session, material, id);
	if (material.files.length === 0) return nothing(session, material, id);
	if (flags.estimate) {
		const past = await readPastCalls(workspace.runs, new Set([id]), '');
		return showEstimate(session, estimateLearning(material, config, model, past));
	}
	terminal.status(`${id} reads the change…`);
	return finish(
		session,
		material,
		await learnWithModel({ pool, cache: await session.cache() }, material, config, signal),
	);
}

function refuseMixed({ last, since, command, failure }: LearnFlags): void {
	const given = [last, since, command].filter((flag) => flag !== undefined);
	if (given.length > 1) throw new UsageError('Give one of --last, --since and --command.');
	if (command !== undefined && failure !== undefined) {
		throw new UsageError('--command finds out itself what failed; leave --failure out.');
	}
	if (last === 0) throw new UsageError('Give --last a number of 1 or more.');
}

interface Change {
	readonly diff: string;
	readonly failure?: Failure | undefined;
}

async function changeOf(git: Git, { last, since, failure }: LearnFlags, signal: AbortSignal): Promise<Change> {
	const output = failure === undefined ? undefined : readFileSync(failure === '-' ? 0 : failure, 'utf8');
	const range =
		since !== undefined
			? ({ what: 'since', revision: since } as const)
			: last !== undefined
				? ({ what: 'commits', count: last } as const)
				: ({ what: 'working' } as const);
	const diff = await readDiff(git, range, signal).catch((error: unknown) => {
		if (error instanceof GitError && error.reason === 'unknown-revision') throw new UsageError(error.message);
		throw error;
	});
	return { diff, ...(output === undefined ? {} : { failure: { command: 'the command', output } }) };
}

/** Runs the command: red is remembered, green after red is a change to learn from; else the exit code. */
async function remedyOf(session: Session, git: Git, { command = '', timeout }: LearnFlags): Promise<Change | number> {
	const { terminal, signal, workspace } = session;
	const failures = new RedToGreen(workspace.failures, git);
	const { root: folder } = workspace;
	// The library's folder comes with a .gitignore of its own.
	await session.library();
	const outcome = await runCommand({
		command,
		folder,
		timeoutMs: timeout * 60_000,
		signal,
		onOutput: (text) => terminal.quote(text),
	});
	if (outcome.ended === 'stopped') return exitCodes.cancelled;
	const passed = outcome.exitCode === 0;
	const report = (state: 'failed' | 'passed'): void =>
		terminal.data({ command, state, exitCode: outcome.exitCode ?? null, proposals: [] });
	if (!passed) {
		await failures.failed({ command, exitCode: outcome.exitCode, output: outcome.output }, signal);
		const how = outcome.ended === 'timeout' ? `did not end within ${timeout} minutes` : `failed (${outcome.exitCode})`;
		terminal.say(`It ${how}; this is remembered. Mend it, and run the same again to learn from it.`);
		report('failed');
		return exitCodes.failed;
	}
	const remedy = await failures.passed(command, signal);
	if (remedy && remedy.diff !== '') return remedy;
	terminal.say(
		remedy ? 'It passes, and no file differs from when it failed.' : 'It passes, and had not failed before.',
	);
	report('passed');
	return exitCodes.done;
}

function showMaterial(
	{ terminal }: Session,
	{ files, leftOut, failure, redacted, tokens }: ChangeMaterial,
	to: string,
): void {
	terminal.note(`To ${to}, about ${tokens} tokens of:`);
	if (failure) terminal.note(`  the failure of ${oneLine(failure.command)}`);
	for (const { path } of files) terminal.note(`  ${path}`);
	for (const { path, reason } of leftOut) terminal.note(`  left out: ${path} (${reason})`);
	if (redacted > 0) terminal.note(`  ${counted(redacted, 'secret')} taken out`);
}

function showMaterialOnly(session: Session, material: ChangeMaterial): number {
	showMaterial(session, material, 'no model');
	session.terminal.data({ ...told(material), model: null, by: null, dropped: [], proposals: [] });
	return exitCodes.done;
}

function nothing({ terminal }: Session, material: ChangeMaterial, model: string): number {
	terminal.say('There is no change to learn from: nothing differs, or all of it is left out.');
	terminal.data({ ...told(material), model, by: null, dropped: [], proposals: [] });
	return exitCodes.done;
}

async function finish(session: Session, material: ChangeMaterial, learned: LearnedLessons): Promise<number> {
	const { terminal } = session;
	if (learned.lessons.length === 0) return nothing(session, material, learned.model);
	const proposals = await proposeLessons(await session.library(), learned, material);
	const { model, by, dropped, failed } = learned;
	terminal.data({ ...told(material), model, by, dropped, proposals: proposals.map(proposalData) });
	if (failed !== undefined) {
		terminal.warn(`The model wrote nothing that could be used (${failed}); one lesson was computed from the change.`);
	}
	for (const { title, fault } of dropped) terminal.note(`Dropped (${fault}): ${oneLine(title, 80)}`);
	for (const proposal of proposals) show(session, proposal);
	const written = proposals.filter((proposal) => proposal.written);
	if (written.length > 0) {
		const ids = written.map(({ experience }) => experience.id.slice(0, 8)).join(' ');
		terminal.note(`Not used before you accept: flex-learn accept ${ids}`);
	}
	return exitCodes.done;
}

function show({ terminal }: Session, { experience, written, duplicateOf }: Proposal): void {
	const { id, zone, title, when, strategy } = experience;
	terminal.say(`${id}  ${zone}  ${terminal.bold(oneLine(title, 90))}`);
	for (const line of wrapped(`When ${when.text}: ${strategy.text}`, '  ')) terminal.say(line);
	if (!written) terminal.note('  The library has it already.');
	else if (duplicateOf)
		terminal.note(`  Much like ${duplicateOf.experience.id}: ${oneLine(duplicateOf.experience.title, 60)}`);
}

function told({ files, leftOut, redacted, tokens }: ChangeMaterial) {
	return { files: files.map(({ path }) => path), leftOut, redacted, tokens };
}

export function proposalData({ experience, written, duplicateOf, redacted }: Proposal) {
	return { experience, written, duplicateOf: duplicateOf?.experience.id ?? null, redacted };
}
