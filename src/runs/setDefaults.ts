/** Defaults that a problem set brings along, as a layer of settings below the user's own. */
import type { ConfigLayer } from '../core/learning/runConfig.js';
import type { ProblemSet } from '../core/tasks/task.js';

export function setLayer(set: ProblemSet): ConfigLayer {
	const { rollouts, rounds, temperature, maxAnswerTokens } = set.exploration;
	const training = { rollouts, rounds, temperature, maxAnswerTokens };
	const given = Object.fromEntries(Object.entries(training).filter(([, value]) => value !== undefined));
	return { name: `${set.name}/flex-task.json`, values: { training: given, retrieval: set.rendering } };
}
