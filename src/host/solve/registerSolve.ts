/** The commands that let the model answer one problem or question, with what was learned or without it. */
import * as vscode from 'vscode';
import { registerGuarded } from '../guarded.js';
import { setFrom, textFrom } from '../pickSet.js';
import type { Services } from '../services.js';
import { requireTrust } from '../trust.js';
import type { Asked } from './asked.js';
import { SolvePages } from './solvePages.js';

export function registerSolve(services: Services): vscode.Disposable {
	const { log } = services;
	const pages = new SolvePages();
	return vscode.Disposable.from(
		pages,
		registerGuarded(log, 'flex.solve', () => solve(services, pages, undefined, true)),
		registerGuarded(log, 'flex.solveWithout', () => solve(services, pages, undefined, false)),
		registerGuarded(log, 'flex.problemSets.solve', (argument) => solve(services, pages, argument, true)),
		registerGuarded(log, 'flex.problemSets.solveWithout', (argument) => solve(services, pages, argument, false)),
	);
}

async function solve(services: Services, pages: SolvePages, argument: unknown, withExperience: boolean): Promise<void> {
	if (!requireTrust()) return;
	const asked = await askedBy(services, argument, withExperience);
	if (!asked) return;
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
