/** What the training dashboard asks: the runs, one of them as a board that follows it, its transcripts, and steering. */
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import * as vscode from 'vscode';
import type { RunBoardView } from '../../core/learning/runBoardView.js';
import type { BoardPage, BudgetInfo, RunInfo, RunPlace, Transcript, TranscriptPage } from '../../protocol/runs.js';
import { readConfigFile } from '../../runs/runConfigFile.js';
import type { RunTarget } from '../runArgument.js';
import { momentOf, runDescription, runLabel, stateWords } from '../runWords.js';
import type { Services } from '../services.js';
import { mainAccuracy, runWords, type ShownRun, shownLive } from '../shownRun.js';
import type { StoredRuns } from '../storedRuns.js';
import type { Boards } from './boards.js';
import type { Handlers } from './panel.js';
import { isRunId } from './runNames.js';
import { Titles } from './titles.js';

type RunHandlers = Pick<Handlers, 'runs' | 'watch' | 'board' | 'transcripts' | 'steer'>;

/** Runs that a list shows; older ones stand in the view of runs. */
const mostRuns = 200;

export function runHandlers(services: Services, stored: StoredRuns, boards: Boards): RunHandlers {
	const titles = new Titles(services.libraries);
	const infoOf = async (place: RunPlace): Promise<RunInfo | undefined> => {
		const target = targetOf(services, place);
		return target && runInfo(await shownOf(services, stored, target));
	};
	return {
		runs: () => allRuns(services, stored),
		watch: async ({ run }) => {
			boards.watch(run ? targetOf(services, run) : undefined);
			return null;
		},
		board: async ({ epoch, ...place }) => {
			const [run, target] = [await infoOf(place), targetOf(services, place)];
			if (!run || !target) return null;
			const board = await boards.view(target, epoch);
			return boardPage(services, stored, target, run, board, titles);
		},
		transcripts: async ({ problem, epoch, arms, ...place }) => {
			const target = targetOf(services, place);
			if (!target) throw gone();
			return transcriptPage(services, target, problem, epoch, arms);
		},
		steer: async ({ action, ...place }) => {
			const live = services.runs.live.find(({ job }) => job.id === place.run);
			if (action === 'resume') {
				await vscode.commands.executeCommand(
					'flex.runs.resume',
					targetOf(services, place) && { folder: targetOf(services, place)?.folder, id: place.run },
				);
				return null;
			}
			if (!live) throw new Error(vscode.l10n.t('This run does not go on in this window, so it can’t be steered here.'));
			if (action === 'pause') live.pause();
			if (action === 'continue') live.resume();
			if (action === 'stop') live.stop();
			return null;
		},
	};
}

/** Undefined where the folder or the run is not in this window. */
export function targetOf(
	{ folders, runs }: Pick<Services, 'folders' | 'runs'>,
	{ folder, run }: RunPlace,
): RunTarget | undefined {
	const found = folders.all().find(({ uri }) => uri.toString() === folder);
	if (!found || !isRunId(run)) return undefined;
	const here = existsSync(join(found.workspace.runs, run)) || runs.live.some(({ job }) => job.id === run);
	return here ? { folder: found, id: run } : undefined;
}

export function gone(): Error {
	return new Error(vscode.l10n.t('This run is not in the workspace any more.'));
}

async function allRuns(services: Services, stored: StoredRuns): Promise<readonly RunInfo[]> {
	const live = services.runs.live.map(({ job: { folder, id } }) => ({ folder, id })).reverse();
	const ids = new Set(live.map(({ id }) => id));
	const others = (await stored.ids(services.folders.all())).filter(({ id }) => !ids.has(id));
	const infos: RunInfo[] = [];
	for (const target of [...live, ...others].slice(0, mostRuns)) {
		infos.push(runInfo(await shownOf(services, stored, target)));
	}
	return infos;
}

export async function shownOf(
	{ runs }: Pick<Services, 'runs'>,
	stored: StoredRuns,
	target: RunTarget,
): Promise<ShownRun> {
	const live = runs.live.find(({ job }) => job.id === target.id);
	return live ? shownLive(live, Date.now()) : stored.read(target);
}

export function runInfo(run: ShownRun): RunInfo {
	const { folder, id, state, kind, set, model, hasReport, lastEventAt } = run;
	const main = mainAccuracy(run.accuracy);
	const words = runWords(run).split(' ');
	// Its name says when.
	const description = runDescription({ ...run, lastEventAt: undefined });
	const startedAt = startOf(id);
	return {
		folder: folder.uri.toString(),
		...{ id, state, kind, set, model, hasReport, startedAt },
		name: lastEventAt === undefined ? runLabel(run) : `${runLabel(run)} · ${momentOf(lastEventAt)}`,
		standing: description === '' ? stateWords(run) : description,
		accuracy: main && main.n > 0 ? main.right / main.n : undefined,
		resumable: words.includes('resumable'),
		mine: words.includes('live'),
	};
}

const digits = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/** The moment that a ULID holds in its first ten characters; empty for other names. */
function startOf(id: string): string {
	if (!/^[0-7][0-9A-HJKMNP-TV-Z]{25}$/u.test(id)) return '';
	const ms = [...id.slice(0, 10)].reduce((sum, char) => sum * 32 + digits.indexOf(char), 0);
	return new Date(ms).toISOString();
}

async function boardPage(
	services: Services,
	stored: StoredRuns,
	target: RunTarget,
	run: RunInfo,
	board: RunBoardView,
	known: Titles,
): Promise<BoardPage> {
	const shown = await shownOf(services, stored, target);
	const titles = await known.of(target.folder, board.changes);
	return {
		run,
		board,
		titles,
		budgets: budgetsOf(target, board),
		currency: shown.cost?.currency ?? '',
		message: shown.message,
		leftMs: leftOf(shown, board),
	};
}

/** The caps that the run was started with, and how much of each is used. */
function budgetsOf({ folder, id }: RunTarget, board: RunBoardView): readonly BudgetInfo[] {
	const { config } = readConfigFile(join(folder.workspace.runs, id));
	const caps: unknown = config?.config.budget;
	if (typeof caps !== 'object' || caps === null) return [];
	const paid = board.spending.reduce((sum, { calls, cachedCalls }) => sum + calls - cachedCalls, 0);
	const tokens = board.spending.reduce((sum, { tokensIn, tokensOut }) => sum + tokensIn + tokensOut, 0);
	const cost = board.spending.reduce((sum, one) => sum + (one.cost ?? 0), 0);
	const used = { calls: paid, tokens, cost, minutes: board.activeMs / 60_000 };
	const units = ['calls', 'tokens', 'cost', 'minutes'] as const;
	return units.flatMap((unit) => {
		const limit: unknown = Reflect.get(caps, unit);
		return typeof limit === 'number' && limit > 0 ? [{ unit, used: used[unit], limit }] : [];
	});
}

function leftOf({ state, done, total }: ShownRun, { activeMs }: RunBoardView): number | undefined {
	if ((state !== 'running' && state !== 'elsewhere') || total === undefined || done < 2) return undefined;
	return (activeMs / done) * Math.max(0, total - done);
}

async function transcriptPage(
	services: Services,
	target: RunTarget,
	problem: string,
	epoch: number | undefined,
	arms: readonly string[] | undefined,
): Promise<TranscriptPage> {
	const { transcriptsOf } = await import('../../runs/transcripts.js');
	const folder = join(target.folder.workspace.runs, target.id);
	const found = await transcriptsOf(folder, { problem, epoch });
	const wanted = found.filter(({ arm = '' }) => arms === undefined || arms.includes(arm));
	const ids = new Set(wanted.flatMap(({ rounds }) => rounds.flatMap(({ retrieved }) => retrieved)));
	const library = ids.size > 0 ? await services.libraries.existing(target.folder) : undefined;
	const known = new Map((library ? await library.get([...ids]) : []).map(({ id, title }) => [id, title]));
	const transcripts = wanted.map(
		({ epoch: at, rollout, arm = '', rounds }): Transcript => ({
			epoch: at,
			rollout,
			arm,
			rounds: rounds.map(({ retrieved, answer = '', advice = '', ...round }) => ({
				...round,
				answer,
				advice,
				retrieved: retrieved.map((id) => ({ id, title: known.get(id) ?? id })),
			})),
		}),
	);
	return { problem, ...(await problemOf(services, target, problem)), transcripts };
}

/** The problem as its set has it now. */
async function problemOf(
	{ problemSets }: Services,
	{ folder, id }: RunTarget,
	problem: string,
): Promise<Omit<TranscriptPage, 'problem' | 'transcripts'>> {
	const { knownKind } = await import('../../core/tasks/registry.js');
	const { config } = readConfigFile(join(folder.workspace.runs, id));
	const path = config && resolve(folder.workspace.root, config.set);
	const set = (await problemSets.list()).find(({ uri }) => uri.fsPath === path);
	const loaded = set && (await problemSets.load(set).catch(() => undefined));
	const all = [...(loaded?.splits.train ?? []), ...(loaded?.splits.dev ?? []), ...(loaded?.splits.test ?? [])];
	const found = all.find((one) => one.id === problem);
	const kind = knownKind(loaded?.kind);
	return {
		question: found?.question ?? '',
		expected: found?.answer ?? '',
		here: found !== undefined && config?.split !== 'test',
		molecules: kind?.molecules,
		openEnded: kind?.openEnded,
		scoreName: kind?.scoreName,
	};
}
