/** The questions before a training: which problems, which models, how many, and whether what it takes is all right. */
import * as vscode from 'vscode';
import { pickSet } from '../pickSet.js';
import type { FoundSet } from '../problemSets.js';
import { configFor } from '../runPorts.js';
import type { Services } from '../services.js';
import { type Answer, back, type Choice, type Place, pickOne, type Step, steps } from '../steps.js';
import { askToStart } from './confirm.js';
import { outlooks } from './outlook.js';
import { isComplete, type PartialPlan, type TrainingPlan, titled } from './trainingPlan.js';

const sizes: readonly number[] = [8, 16, 32, 64, 128, 256, 512];

/** @param set the one to train on, where it is known @returns undefined where a question was dismissed */
export async function planTraining(services: Services, set: FoundSet | undefined): Promise<TrainingPlan | undefined> {
	const first: PartialPlan = set ? { set, problemSet: await services.problemSets.load(set), chosen: {} } : {};
	const all: readonly Step<PartialPlan>[] = [
		{ when: () => set === undefined, ask: (plan, place) => askSet(services, plan, place) },
		{ ask: (plan, place) => askModels(services, plan, place) },
		{
			when: ({ problemSet }) => (problemSet?.splits.train?.length ?? 0) > (sizes[0] ?? 0),
			ask: (plan, place) => askSize(services, plan, place),
		},
		{ ask: (plan, place) => askToStart(services, plan, place) },
	];
	const plan = await steps(first, all);
	return plan && isComplete(plan) ? plan : undefined;
}

async function askSet(services: Services, plan: PartialPlan, place: Place): Promise<Answer<PartialPlan>> {
	const placeholder = vscode.l10n.t('From which problems shall the model learn?');
	const set = await pickSet(services, { ...titled(place), placeholder });
	if (set === back || set === undefined) return set;
	return { chosen: {}, ...plan, set, problemSet: await services.problemSets.load(set) };
}

/** The choice itself lives in the settings, so that the next run remembers it. */
async function askModels(services: Services, plan: PartialPlan, place: Place): Promise<Answer<PartialPlan>> {
	for (;;) {
		const { models } = await configFor(services, plan.set?.folder, plan.problemSet);
		const { actor = models.default, critic = models.default, updater = models.default } = models;
		const same = actor === critic && actor === updater;
		const keep: Choice<'keep' | 'choose'> = {
			label: `$(check) ${same ? actor : vscode.l10n.t('The models of the settings')}`,
			description: same ? vscode.l10n.t('for all roles') : '',
			detail: same
				? vscode.l10n.t('Solves the problems, reflects on them, and writes down what was learned.')
				: vscode.l10n.t('Actor {0} · critic {1} · updater {2}', actor, critic, updater),
			value: 'keep',
		};
		const choose: Choice<'keep' | 'choose'> = {
			label: `$(hubot) ${vscode.l10n.t('Choose other models…')}`,
			detail: vscode.l10n.t('For all roles or for one: those of VS Code, an endpoint, or one on this machine.'),
			value: 'choose',
		};
		const placeholder = vscode.l10n.t('Which model shall learn?');
		const answer = await pickOne({ ...titled(place), placeholder, items: [keep, choose] });
		if (answer === back || answer === undefined) return answer;
		if (answer === 'keep') return plan;
		await vscode.commands.executeCommand('flex.chooseModels');
	}
}

async function askSize(services: Services, plan: PartialPlan, place: Place): Promise<Answer<PartialPlan>> {
	if (!isComplete(plan)) return back;
	const { length } = plan.problemSet.splits.train ?? [];
	const { training } = await configFor(services, plan.set.folder, plan.problemSet, plan.chosen);
	const limits = [...new Set([0, ...sizes, training.limit])].filter((size) => size < length).sort((a, b) => a - b);
	const items = async (): Promise<readonly Choice<number>[]> => {
		const found = await outlooks(services, plan, limits);
		return limits.map((limit, index) => ({
			label: limit === 0 ? vscode.l10n.t('All {0} problems', length) : vscode.l10n.t('The first {0} problems', limit),
			description: found[index]?.summary ?? '',
			value: limit,
		}));
	};
	const limit = await pickOne({
		...titled(place),
		placeholder: vscode.l10n.t('How many problems? More of them teach more, and cost more.'),
		items: items(),
		active: (value) => value === training.limit,
	});
	if (limit === back || limit === undefined) return limit;
	return { ...plan, chosen: { ...plan.chosen, training: { ...plan.chosen.training, limit } } };
}
