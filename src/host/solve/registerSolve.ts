/** The commands that let the model answer one problem or question, with what was learned or without it. */
import * as vscode from 'vscode';
import { registerGuarded } from '../guarded.js';
import { setFrom, textFrom } from '../pickSet.js';
import type { Services } from '../services.js';
import { requireTrust } from '../trust.js';
import type { Asked, FreeQuestion } from './asked.js';
import { SolvePages } from './solvePages.js';

export function registerSolve(services: Services): vscode.Disposable {
	const { log } = services;
	const pages = new SolvePages();
	return vscode.Disposable.from(
		pages,
		registerGuarded(log, 'flex.solve', () => solve(services, pages, undefined, true)),
		registerGuarded(log, 'flex.solveWithout', () => solve(services, pages, undefined, false)),
		registerGuarded(log, 'flex.ask', (argument) => ask(services, pages, textFrom(argument, 'question'))),
		registerGuarded(log, 'flex.askSelection', () => askAboutSelection(services, pages)),
		registerGuarded(log, '_flex.answer', (asked, withExperience) =>
			answer(services, pages, freeQuestion(services, asked), withExperience === true),
		),
		registerGuarded(log, 'flex.problemSets.solve', (argument) => solve(services, pages, argument, true)),
		registerGuarded(log, 'flex.problemSets.solveWithout', (argument) => solve(services, pages, argument, false)),
	);
}

async function solve(services: Services, pages: SolvePages, argument: unknown, withExperience: boolean): Promise<void> {
	if (!requireTrust()) return;
	await answer(services, pages, await askedBy(services, argument, withExperience), withExperience);
}

/** @param question asked for where it is not given */
async function ask(services: Services, pages: SolvePages, question: string | undefined): Promise<void> {
	if (!requireTrust()) return;
	const { askFreely } = await import('./askFreely.js');
	await answer(services, pages, await askFreely(services, question), true);
}

async function askAboutSelection(services: Services, pages: SolvePages): Promise<void> {
	if (!requireTrust()) return;
	const { askOfSelection } = await import('./askFreely.js');
	await answer(services, pages, await askOfSelection(services), true);
}

/** What an action of a page hands back. */
function freeQuestion({ folders }: Services, asked: unknown): FreeQuestion | undefined {
	const question = textFrom(asked, 'question');
	const given: unknown = typeof asked === 'object' && asked !== null && 'folder' in asked ? asked.folder : undefined;
	const { uri } = typeof given === 'object' && given !== null && 'uri' in given ? given : { uri: undefined };
	const folder = folders.all().find((one) => one.uri.toString() === String(uri));
	return folder && question !== undefined ? { folder, question } : undefined;
}

async function answer(
	services: Services,
	pages: SolvePages,
	asked: Asked | undefined,
	withExperience: boolean,
): Promise<void> {
	if (!asked || !requireTrust()) return;
	const { solveWithProgress } = await import('./solveWithProgress.js');
	const solved = await solveWithProgress(services, asked, withExperience);
	if (solved) await pages.show(solved);
}

/** What the command was called on: a problem by its id, or a question; else it is asked for. */
async function askedBy(services: Services, argument: unknown, withExperience: boolean): Promise<Asked | undefined> {
	const set = await setFrom(services, argument);
	const [problem, question] = [textFrom(argument, 'problem'), textFrom(argument, 'question')];
	if (set && problem !== undefined) return { set, problem };
	if (set && question !== undefined) return { set, question };
	const { askWhat } = await import('./askWhat.js');
	return askWhat(services, set, withExperience);
}
