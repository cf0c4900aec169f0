/** `flex-learn train`: learns from the train problems of a set. */
import type { Command } from 'commander';
import type { PartialRunConfig } from '../../core/learning/runConfig.js';
import { estimateTraining } from '../../runs/estimateTraining.js';
import { splitProblems } from '../../runs/openRun.js';
import { startTraining } from '../../runs/trainRun.js';
import { defined } from '../defined.js';
import { estimateBasis, showEstimate, storedExperiences } from '../estimate.js';
import { number, withSession } from '../options.js';
import { duration } from '../output.js';
import { showRun } from '../progress.js';
import { runIdOf } from '../runId.js';
import { endOf, portsFor, settingsFor } from '../runSetup.js';

interface TrainFlags {
	readonly model?: string;
	readonly epochs?: number;
	readonly rollouts?: number;
	readonly rounds?: number;
	readonly limit?: number;
	readonly seed?: number;
	readonly batch?: number;
	readonly devProblems?: number;
	readonly maxCalls?: number;
	readonly lessons: boolean;
	readonly trial?: boolean;
	readonly runId?: string;
	readonly resume?: string;
	readonly estimate?: boolean;
}

export function registerTrain(program: Command): void {
	program
		.command('train')
		.argument('<set>', 'folder of a problem set (with flex-task.json), an example, or a dataset by name')
		.description('Learn from the train problems of a set: solve, reflect, keep what was learned.')
		.option('-m, --model <id>', 'embedded:<name>, <file>.gguf, openai:<endpoint>/<model> or replay:<file>')
		.option('--epochs <n>', 'passes over the problems', number)
		.option('--rollouts <n>', 'independent attempts at a problem', number)
		.option('--rounds <n>', 'attempts within a rollout, with advice between them', number)
		.option('--limit <n>', 'take only the first n train problems', number)
		.option('--seed <n>', 'seed of every random choice', number)
		.option('--batch <n>', 'problems that read the same state of the library', number)
		.option('--dev-problems <n>', 'answer the first n dev problems before the first pass and after each', number)
		.option('--max-calls <n>', 'stop after so many model calls (default 500; 0: no cap)', number)
		.option('--no-lessons', 'keep worked cases only; ask for no written lessons')
		.option('--trial', 'keep a lesson only if it makes its own problem solvable')
		.option('--run-id <ulid>', 'id of the run, where it must be reproduced exactly')
		.option('--resume <ulid>', 'go on with a run that was stopped')
		.option('--estimate', 'only say what it would take: calls, tokens, time, money')
		.addHelpText(
			'after',
			`
Examples:
  flex-learn train examples/company-conventions --limit 48
  flex-learn train my-set --model openai:local/qwen3 --epochs 3 --max-calls 2000
  flex-learn train my-set --epochs 3 --estimate
  flex-learn train my-set --resume 01K…   (finished problems and paid calls are not repeated)`,
		)
		.action(
			withSession(async (session, folder: string, flags: TrainFlags) => {
				const run = runIdOf(flags.resume ?? flags.runId);
				const set = await session.problemSet(folder);
				const values = configOf(flags);
				const { config, pool, opened } = await settingsFor(session, set, values);
				if (flags.estimate) {
					const basis = await estimateBasis(session, config, pool, set.name);
					const problems = splitProblems(set, 'train', config.training.limit);
					const library = await storedExperiences(session);
					return showEstimate(session, estimateTraining({ set, problems, config, library, ...basis }));
				}
				const store = await session.library();
				const ports = await portsFor(session, store, pool);
				session.terminal.say(`Training on ${set.name} with ${opened.model.id} (run ${run}).`);
				const started = Date.now();
				const training = await startTraining(ports, set, config, run, session.signal);
				const outcome = await showRun(training.events, session.terminal, session.workspace.runs);
				const stats = await store.stats();
				const spent = training.ledger.total();
				session.terminal.say(
					`${stats.byStatus.active.experiences} experiences in the library; ${spent.calls + spent.cached} model calls, ${spent.cached} of them from the cache, in ${duration(Date.now() - started)}.`,
				);
				return endOf(session, run, outcome);
			}),
		);
}

function configOf(flags: TrainFlags): PartialRunConfig {
	const { lessons, model, maxCalls } = flags;
	const { epochs, rollouts, rounds, limit, seed, batch, trial, devProblems } = flags;
	const training = { epochs, rollouts, rounds, limit, seed, batch, trial, devProblems };
	return {
		training: defined({ ...training, lessons: lessons ? undefined : false }),
		models: defined({ default: model }),
		budget: maxCalls === undefined ? {} : { calls: maxCalls === 0 ? null : maxCalls },
	};
}
