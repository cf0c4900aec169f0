/** The questions before a benchmark: on which problems, which arms, how many, and whether what it takes is all right. */
import * as vscode from 'vscode';
import type { Split } from '../../core/tasks/task.js';
import { armChoices, defaultArms } from '../armChoices.js';
import type { BenchmarkPlan } from '../benchJob.js';
import { pickSet } from '../pickSet.js';
import type { FoundSet } from '../problemSets.js';
import type { Services } from '../services.js';
import { type Answer, back, type Choice, type Place, pickMany, pickOne, type Step, steps } from '../steps.js';
import { askToStart } from './confirm.js';

type PartialPlan = Partial<BenchmarkPlan>;

/** Train problems are not measured: the library was made from them. */
const splits: readonly Split[] = ['dev', 'test'];
const sizes: readonly number[] = [10, 20, 50, 100, 200, 500];

/** @param set the one to measure, where it is known @returns undefined where a question was dismissed */
export async function planBenchmark(services: Services, set: FoundSet | undefined): Promise<BenchmarkPlan | undefined> {
	const first: PartialPlan = set ? { set, problemSet: await services.problemSets.load(set) } : {};
	const all: readonly Step<PartialPlan>[] = [
		{ when: () => set === undefined, ask: (_, place) => askSet(services, place) },
		{ ask: askSplit },
		{ ask: askArms },
		{ when: (plan) => problemsOf(plan).length > (sizes[0] ?? 0), ask: askSize },
		{ ask: (plan, place) => askToStart(services, plan, place) },
	];
	const plan = await steps(first, all);
	return plan && isComplete(plan) ? plan : undefined;
}

function isComplete(plan: PartialPlan): plan is BenchmarkPlan {
	return plan.set !== undefined && plan.problemSet !== undefined && plan.split !== undefined && plan.arms !== undefined;
}

async function askSet(services: Services, place: Place): Promise<Answer<PartialPlan>> {
	const placeholder = vscode.l10n.t('Which problem set?');
	const set = await pickSet(services, { ...titled(place), placeholder });
	if (set === back || set === undefined) return set;
	return { set, problemSet: await services.problemSets.load(set), limit: 0, chosen: {} };
}

async function askSplit(plan: PartialPlan, place: Place): Promise<Answer<PartialPlan>> {
	const items = splits.flatMap((split): readonly Choice<Split>[] => {
		const count = plan.problemSet?.splits[split]?.length ?? 0;
		if (count === 0) return [];
		return [{ label: split, description: vscode.l10n.t('{0} problems', count), detail: about(split), value: split }];
	});
	const none: Choice<Split> = {
		label: `$(info) ${vscode.l10n.t('Nothing to measure on')}`,
		detail: vscode.l10n.t('This set has train problems only. Add dev.jsonl, with problems that nobody trains on.'),
	};
	const split = await pickOne({
		...titled(place),
		placeholder: vscode.l10n.t('On which problems? Nothing is learned from them.'),
		items: items.length > 0 ? items : [none],
		active: (value) => value === plan.split,
	});
	return split === back || split === undefined ? split : { limit: 0, chosen: {}, ...plan, split };
}

function about(split: Split): string {
	return split === 'test'
		? vscode.l10n.t('For the last word only: each use is logged in .flex/test-uses.jsonl.')
		: vscode.l10n.t('For everyday measuring, as often as you like.');
}

async function askArms(plan: PartialPlan, place: Place): Promise<Answer<PartialPlan>> {
	const chosen = plan.arms ?? defaultArms(plan.problemSet ?? {});
	const arms = await pickMany({
		...titled(place),
		placeholder: vscode.l10n.t('What is compared? Every one gets the same problems.'),
		items: armChoices(),
		active: (arm) => chosen.includes(arm),
	});
	return arms === back || arms === undefined ? arms : { ...plan, arms };
}

async function askSize(plan: PartialPlan, place: Place): Promise<Answer<PartialPlan>> {
	const { length } = problemsOf(plan);
	const arms = plan.arms?.length ?? 0;
	const row = (label: string, limit: number, count: number): Choice<number> => ({
		label,
		description: vscode.l10n.t('{0} answers', arms * count),
		detail: sureness(count),
		value: limit,
	});
	const limit = await pickOne({
		...titled(place),
		placeholder: vscode.l10n.t('How many problems? More of them show smaller differences.'),
		items: [
			row(vscode.l10n.t('All {0}', length), 0, length),
			...sizes.filter((size) => size < length).map((size) => row(vscode.l10n.t('The first {0}', size), size, size)),
		],
		active: (value) => value === plan.limit,
	});
	return limit === back || limit === undefined ? limit : { ...plan, limit };
}

/** So few problems can't tell a difference from chance, and it is better to know before than after. */
function sureness(problems: number): string {
	if (problems < 30) return vscode.l10n.t('A first look: only very large differences would show.');
	return problems < 100
		? vscode.l10n.t('Large differences would show.')
		: vscode.l10n.t('Differences of medium size would show.');
}

/** The problems that it would be measured on, if all are taken. */
function problemsOf({ problemSet, split }: PartialPlan): readonly unknown[] {
	return (split && problemSet?.splits[split]) ?? [];
}

function titled(place: Place): Place & { readonly title: string } {
	return { ...place, title: vscode.l10n.t('Run benchmark') };
}
