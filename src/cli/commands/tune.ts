/** `flex-learn tune`: finds out on `dev` how a model should be given its experience, and remembers it. */
import type { Command } from 'commander';
import { bestOf, noGain, type TunedProfile, type TuneResult } from '../../core/evaluation/tune.js';
import { writeProfile } from '../../runs/profiles.js';
import { setLayer } from '../../runs/setDefaults.js';
import { startTuning } from '../../runs/tuneRun.js';
import { defined } from '../defined.js';
import { number, withSession } from '../options.js';
import { percent } from '../output.js';
import { showRun } from '../progress.js';
import { runIdOf } from '../runId.js';
import { endOf, portsFor } from '../runSetup.js';

interface TuneFlags {
	readonly model?: string;
	readonly limit: number;
	readonly budgetTokens?: number;
	readonly trainLimit?: number;
	readonly library?: string;
	readonly resume?: string;
}

export function registerTune(program: Command): void {
	program
		.command('tune')
		.argument('<set>', 'folder of a problem set, with a trained library')
		.description('Choose by measurement on dev how a model gets its experience: as turns, as rules, or both.')
		.option('-m, --model <id>', 'model to tune for')
		.option('--limit <n>', 'only the first n dev problems (0: all)', number, 0)
		.option('--budget-tokens <n>', 'tokens of experience in a prompt at most', number)
		.option('--train-limit <n>', 'how many train problems the library was trained on', number)
		.option('--library <folder>', 'the .flex folder of the library (default: this workspace)')
		.option('--resume <ulid>', 'go on with tuning that was stopped')
		.addHelpText(
			'after',
			`
What is found is kept in .flex/profiles.json for this problem set and model, and used by train and bench.
The arm icl-similar is tuned as well, so that a later comparison is fair; the model alone is asked, too. The test
split is never read.`,
		)
		.action(
			withSession(async (session, folder: string, flags: TuneFlags) => {
				const set = await session.problemSet(folder);
				const values = {
					training: defined({ limit: flags.trainLimit }),
					retrieval: defined({ budgetTokens: flags.budgetTokens }),
					models: defined({ default: flags.model }),
					budget: { calls: null },
				};
				const config = session.config(values, [setLayer(set)]);
				const pool = session.pool(config);
				const model = await pool.open(config.models.actor ?? config.models.default);
				const store = flags.library
					? await session.givenLibrary(flags.library)
					: await session.library(undefined, true);
				const ports = await portsFor(session, store, pool);
				const run = runIdOf(flags.resume);
				session.terminal.say(`Tuning ${set.name} for ${model.id} on dev (run ${run}).`);
				const tuning = await startTuning(ports, set, config, flags.limit, run, session.signal);
				const outcome = await showRun(tuning.events, session.terminal, session.workspace.runs);
				if (outcome.status !== 'done') return endOf(session, run, outcome);
				session.terminal.table(['way', 'solved', 'accuracy', 'tokens'], tuning.results.map(row));
				const profile = profileOf(set.name, model.id, model.identity, tuning.results);
				if (profile) writeProfile(session.workspace.profiles, profile);
				session.terminal.say(profile ? `Kept: ${profile.measured[0]?.name}.` : 'Nothing to keep.');
				const without = noGain(tuning.results);
				if (without) {
					const { flex, alone } = without;
					session.terminal.say(
						`The model alone solved ${alone.solved} of ${alone.n}, and no way with experience solved more than ${flex.solved}: here it may not help, or hurt. "flex-learn bench" says how sure that is.`,
					);
				}
				session.terminal.data({ profile });
				return 0;
			}),
		);
}

function row({ candidate, solved, n, tokens }: TuneResult): readonly string[] {
	return [`${candidate.arm}: ${candidate.name}`, `${solved}/${n}`, percent(solved / n), String(Math.round(tokens))];
}

function profileOf(
	set: string,
	model: string,
	identity: string,
	results: readonly TuneResult[],
): TunedProfile | undefined {
	const flex = bestOf(results, 'flex');
	const similar = bestOf(results, 'icl-similar');
	if (!flex || !similar) return undefined;
	const others = results.filter((result) => result !== flex);
	return {
		set,
		model,
		identity,
		rendering: flex.candidate.rendering,
		retrieval: flex.candidate.retrieval,
		iclSimilarShots: similar.candidate.iclSimilarShots,
		measured: [flex, ...others].map(({ candidate, n, solved, tokens }) => ({
			name: `${candidate.arm}: ${candidate.name}`,
			n,
			solved,
			tokens: Math.round(tokens),
		})),
	};
}
