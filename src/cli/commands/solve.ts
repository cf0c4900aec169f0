/** `flex-learn solve`: one question, answered with what was learned, or once more without it. */
import { readFileSync } from 'node:fs';
import type { Command } from 'commander';
import { problemId } from '../../core/experience/ids.js';
import type { SearchHit, UseCount } from '../../core/experience/store.js';
import type { Problem, ProblemSet } from '../../core/tasks/task.js';
import { type SolveAttempt, solve } from '../../runs/solve.js';
import { defined } from '../defined.js';
import { UsageError } from '../exitCodes.js';
import { withSession } from '../options.js';
import { duration, percent } from '../output.js';
import { oneLine, wrapped } from '../page.js';
import { settingsFor } from '../runSetup.js';
import type { Session } from '../session.js';

interface SolveFlags {
	readonly set?: string;
	readonly model?: string;
	readonly experience: boolean;
	readonly compare?: boolean;
	readonly agent?: boolean;
}

export function registerSolve(program: Command): void {
	program
		.command('solve')
		.argument('<question>', 'a question, the id of a train or dev problem of --set, or - for standard input')
		.description('Answer one question with what was learned.')
		.option('--set <set>', 'problem set that says the task and the form of answers')
		.option('-m, --model <id>', 'model that answers')
		.option('--no-experience', 'without the library')
		.option('--compare', 'both: without the library, then with it')
		.option('--agent', 'let the model run JavaScript and search the library while it thinks')
		.addHelpText(
			'after',
			`
A problem of a set is graded; a free question is not. Nothing is learned from it: that is what "train" does.

Examples:
  flex-learn solve "May a student hand in a voucher after the refund form?"
  flex-learn solve --set examples/company-conventions "The brakes of my rental squeak." --compare
  flex-learn solve --set bbh-navigate bbh/navigate/7`,
		)
		.action(withSession(run));
}

async function run(session: Session, text: string, flags: SolveFlags): Promise<number> {
	const { terminal, signal } = session;
	const set = flags.set === undefined ? undefined : await session.problemSet(flags.set);
	const { problem, graded } = problemOf(text, set);
	const values = { models: defined({ default: flags.model }) };
	const { config, pool, opened } = await settingsFor(session, set, values);
	const store = await session.library();
	const withExperience = flags.compare === true ? [false, true] : [flags.experience];
	const ports = {
		store,
		cache: await session.cache(),
		pool,
		sandbox: session.sandbox(),
		chemistry: session.chemistry(),
	};
	const attempts = await solve(ports, { set, problem, graded, withExperience, agent: flags.agent }, config, signal);
	const uses = await store.uses(attempts.flatMap(({ hits }) => hits.map(({ experience }) => experience.id)));
	terminal.data({
		question: problem.question,
		set: set?.name ?? null,
		problem: graded ? problem.id : null,
		model: opened.model.id,
		attempts: attempts.map((attempt) => attemptData(attempt, uses)),
	});
	for (const attempt of attempts) show(session, attempt, uses, attempts.length > 1);
	return 0;
}

interface Chosen {
	readonly problem: Problem;
	readonly graded: boolean;
}

function problemOf(text: string, set: ProblemSet | undefined): Chosen {
	const known = [...(set?.splits.train ?? []), ...(set?.splits.dev ?? [])].find(({ id }) => id === text);
	if (known) return { problem: known, graded: true };
	if (set?.splits.test?.some(({ id }) => id === text)) {
		throw new UsageError(`${text} is a test problem; only "bench --split test" reads those.`);
	}
	const question = (text === '-' ? readFileSync(0, 'utf8') : text).trim();
	if (question === '') throw new UsageError('The question is empty.');
	return { problem: { id: problemId(question), question, answer: '', extra: {} }, graded: false };
}

function attemptData(attempt: SolveAttempt, uses: ReadonlyMap<string, UseCount>) {
	const { withExperience, text, answer = null, grade, tokensIn, tokensOut, ms } = attempt;
	return {
		withExperience,
		text,
		answer,
		verdict: grade?.verdict ?? null,
		experience: attempt.hits.map((hit) => hitData(hit, uses)),
		steps: attempt.steps,
		tokensIn,
		tokensOut,
		ms,
	};
}

function hitData({ experience, match, terms }: SearchHit, uses: ReadonlyMap<string, UseCount>) {
	const { used = 0, solved = 0 } = uses.get(experience.id) ?? {};
	return { id: experience.id, title: experience.title, zone: experience.zone, match, terms, used, solved };
}

function show(
	{ terminal }: Session,
	attempt: SolveAttempt,
	uses: ReadonlyMap<string, UseCount>,
	several: boolean,
): void {
	if (several) terminal.say(terminal.bold(attempt.withExperience ? 'With experience' : 'Without experience'));
	const indent = several ? '  ' : '';
	for (const { name, arguments: given, observation } of attempt.steps) {
		terminal.say(terminal.dim(`${indent}${name} ${oneLine(given, 80)} → ${oneLine(observation, 80)}`));
	}
	for (const line of wrapped(attempt.text, indent)) terminal.say(line);
	if (attempt.grade) terminal.say(`${indent}${terminal.bold(verdictWords[attempt.grade.verdict])}`);
	if (attempt.withExperience) {
		terminal.say();
		terminal.say(
			`${indent}${attempt.hits.length === 0 ? 'Nothing in the library fits this question.' : 'Experience used:'}`,
		);
		for (const { experience, match, terms } of attempt.hits) {
			const { used = 0, solved = 0 } = uses.get(experience.id) ?? {};
			terminal.say(`${indent}  ${experience.id.slice(0, 8)}  ${oneLine(experience.title)}`);
			const why = `${percent(match)} of the question matches (${terms.slice(0, 6).join(', ')})`;
			terminal.say(terminal.dim(`${indent}            ${why}; used ${used}, solved ${solved}`));
		}
	}
	terminal.say();
	terminal.note(`${indent}${attempt.tokensIn} tokens in, ${attempt.tokensOut} out, ${duration(attempt.ms)}`);
	if (several) terminal.say();
}

const verdictWords = {
	correct: 'Right.',
	incorrect: 'Not right.',
	invalid: 'No answer in the form asked for.',
} as const;
