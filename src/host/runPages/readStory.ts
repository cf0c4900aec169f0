/** What is known of one run: from this window while it goes on in it, else from its folder. */
import { join, resolve } from 'node:path';
import * as vscode from 'vscode';
import type { Experience } from '../../core/experience/experience.js';
import { RunFolderError } from '../../providers/runFolder.js';
import type { RunConfigFile } from '../../runs/runConfigFile.js';
import type { RunDetail } from '../../runs/runSummary.js';
import type { WrongProblem } from '../../runs/runTally.js';
import type { FoundSet } from '../problemSets.js';
import type { RunTarget } from '../runArgument.js';
import type { Services } from '../services.js';
import { type ShownRun, shownLive, shownStored } from '../shownRun.js';

export interface RunStory {
	readonly shown: ShownRun;
	/** Undefined before it has begun, and where it is damaged. */
	readonly config: RunConfigFile | undefined;
	/** What it added or changed, in order; `title` is undefined where the library has it no more. */
	readonly learned: readonly { readonly id: string; readonly title: string | undefined }[];
	readonly wrong: readonly WrongProblem[];
	/** Its problem set, where it is still there. */
	readonly set: FoundSet | undefined;
	/** By the id of the problem; none of test problems, which nobody shall learn by heart. */
	readonly questions: ReadonlyMap<string, string>;
	/** The report as Markdown, or why it can't be shown; undefined where there is none. */
	readonly report: { readonly markdown: string } | { readonly trouble: string } | undefined;
}

/** The runs of all folders, the newest first. */
export async function allTargets({ folders }: Pick<Services, 'folders'>): Promise<readonly RunTarget[]> {
	const { runIds } = await import('../../runs/runSummary.js');
	const all = folders.all().flatMap((folder) => runIds(folder.workspace.runs).map((id) => ({ folder, id })));
	// ULIDs sort by time.
	return all.sort((a, b) => (a.id < b.id ? 1 : -1));
}

export async function shownRun({ runs }: Pick<Services, 'runs'>, target: RunTarget): Promise<ShownRun> {
	const live = runs.live.find(({ job }) => job.id === target.id);
	return live ? shownLive(live, Date.now()) : shownStored(target.folder, await storedRun(target));
}

/** @throws {RunFolderError} `missing` where there is no such run */
export async function storedRun({ folder, id }: RunTarget): Promise<RunDetail> {
	const { readRun, runIds } = await import('../../runs/runSummary.js');
	if (!runIds(folder.workspace.runs).includes(id)) {
		throw new RunFolderError('missing', vscode.l10n.t('This run is not in the workspace any more.'));
	}
	return readRun(folder.workspace.runs, id);
}

/** @throws {RunFolderError | LibraryError} */
export async function readStory(services: Services, target: RunTarget): Promise<RunStory> {
	const live = services.runs.live.find(({ job }) => job.id === target.id);
	if (!live) {
		const run = await storedRun(target);
		return storyOf(services, target, shownStored(target.folder, run), run, await reportOf(run));
	}
	const { readConfigFile } = await import('../../runs/runConfigFile.js');
	const { config } = readConfigFile(join(target.folder.workspace.runs, target.id));
	const { tally } = live;
	const known = { config, experiences: [...tally.experiences], wrong: tally.wrong() };
	return storyOf(services, target, shownLive(live, Date.now()), known, undefined);
}

async function storyOf(
	services: Services,
	{ folder }: RunTarget,
	shown: ShownRun,
	{ config, experiences, wrong }: Pick<RunDetail, 'config' | 'experiences' | 'wrong'>,
	report: RunStory['report'],
): Promise<RunStory> {
	const titles = await titlesOf(services, folder, experiences);
	const set = config && (await setAt(services, resolve(folder.workspace.root, config.set)));
	const questions = set && wrong.length > 0 && config?.split !== 'test' ? await questionsOf(services, set) : new Map();
	const learned = experiences.map((id) => ({ id, title: titles.get(id) }));
	return { shown, config, learned, wrong, set, questions, report };
}

async function titlesOf(
	{ libraries }: Services,
	folder: RunTarget['folder'],
	ids: readonly string[],
): Promise<ReadonlyMap<string, string>> {
	const library = ids.length > 0 ? await libraries.existing(folder) : undefined;
	const found: readonly Experience[] = library ? await library.get(ids) : [];
	return new Map(found.map(({ id, title }) => [id, title]));
}

async function setAt({ problemSets }: Services, path: string): Promise<FoundSet | undefined> {
	return (await problemSets.list()).find(({ uri }) => uri.fsPath === path);
}

async function questionsOf({ problemSets }: Services, set: FoundSet): Promise<ReadonlyMap<string, string>> {
	// A set that can't be read now takes nothing from what the run found.
	const loaded = await problemSets.load(set).catch(() => undefined);
	const all = [...(loaded?.splits.train ?? []), ...(loaded?.splits.dev ?? [])];
	return new Map(all.map(({ id, question }) => [id, question]));
}

async function reportOf(run: RunDetail): Promise<RunStory['report']> {
	const { storedReport } = await import('../../runs/storedReport.js');
	try {
		const stored = await storedReport(run);
		return stored && { markdown: stored.markdown };
	} catch (error) {
		if (error instanceof RunFolderError) return { trouble: error.message };
		throw error;
	}
}
