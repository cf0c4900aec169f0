/** The questions before an answer: of which problem set, and which of its problems, or a question of one's own. */
import { resolve } from 'node:path';
import * as vscode from 'vscode';
import { parseProblem } from '../../core/tasks/problemSet.js';
import type { ProblemSet } from '../../core/tasks/task.js';
import { pickSet } from '../pickSet.js';
import { oneLine } from '../plainText.js';
import type { FoundSet } from '../problemSets.js';
import type { Services } from '../services.js';
import { type Answer, askText, back, type Choice, type Place, pickOne, type Step, steps } from '../steps.js';
import { type Asked, listProblems } from './asked.js';

interface Draft {
	readonly set?: FoundSet;
	readonly problemSet?: ProblemSet;
	/** An id, or that a question will be typed. */
	readonly choice?: Choosable;
	readonly question?: string;
}

type Choosable = { readonly problem: string } | 'typed';

/** Characters of a row. */
const longestRow = 160;

/** @param set where it is known already @returns undefined where a question was dismissed */
export async function askWhat(
	services: Services,
	set: FoundSet | undefined,
	withExperience: boolean,
): Promise<Asked | undefined> {
	const title = withExperience ? vscode.l10n.t('Solve with experience') : vscode.l10n.t('Solve without experience');
	const first: Draft = set ? { set, problemSet: await services.problemSets.load(set) } : {};
	const all: readonly Step<Draft>[] = [
		{ when: () => set === undefined, ask: (_, place) => askSet(services, { ...place, title }) },
		{ ask: (draft, place) => askProblem(draft, { ...place, title }) },
		{ when: ({ choice }) => choice === 'typed', ask: (draft, place) => askQuestion(draft, { ...place, title }) },
	];
	const { choice, ...draft } = (await steps(first, all)) ?? {};
	if (!draft.set || choice === undefined) return undefined;
	if (choice !== 'typed') return { set: draft.set, problem: choice.problem };
	return draft.question === undefined ? undefined : { set: draft.set, question: draft.question };
}

type Titled = Place & { readonly title: string };

async function askSet(services: Services, place: Titled): Promise<Answer<Draft>> {
	const set = await pickSet(services, { ...place, placeholder: vscode.l10n.t('Which problem set?') });
	if (set === back || set === undefined) return set;
	return { set, problemSet: await services.problemSets.load(set) };
}

async function askProblem(draft: Draft, place: Titled): Promise<Answer<Draft>> {
	const { set, problemSet } = draft;
	if (!set || !problemSet) return undefined;
	const current = await problemAtCursor(set);
	const choice = await pickOne<Choosable>({
		...place,
		placeholder: vscode.l10n.t('Which problem? Type to search. Nothing is learned from the answer.'),
		items: [typedRow(), ...problemRows(problemSet)],
		active: (value) => value !== 'typed' && value.problem === current,
	});
	return choice === back || choice === undefined ? choice : { ...draft, choice };
}

function typedRow(): Choice<Choosable> {
	return {
		label: `$(edit) ${vscode.l10n.t('A question of your own')}`,
		description: vscode.l10n.t('answered in the form of this set'),
		value: 'typed',
	};
}

function problemRows(set: ProblemSet): readonly Choice<Choosable>[] {
	return listProblems(set).map(({ problem: { id, question }, split }) => ({
		// Icons are written in such a form, too.
		label: oneLine(question, longestRow).replaceAll('$(', '$ ('),
		description: `${split} · ${id}`,
		value: { problem: id },
	}));
}

async function askQuestion(draft: Draft, place: Titled): Promise<Answer<Draft>> {
	const question = await askText({
		...place,
		prompt: vscode.l10n.t('What shall the model answer? Nothing is known about what would be right.'),
		value: draft.question ?? '',
		validate: (text) => (text.trim() === '' ? vscode.l10n.t('Type a question.') : undefined),
	});
	return question === back || question === undefined ? question : { ...draft, question: question.trim() };
}

/** The id of the problem that the cursor stands on, in a file of the set. */
async function problemAtCursor({ uri }: FoundSet): Promise<string | undefined> {
	const editor = vscode.window.activeTextEditor;
	if (editor?.document.uri.scheme !== 'file') return undefined;
	const { readSplitFiles } = await import('../../providers/splitFiles.js');
	const { files } = await readSplitFiles(uri.fsPath);
	const file = resolve(editor.document.uri.fsPath);
	if (!files.some((split) => split.file === file)) return undefined;
	const line = editor.document.lineAt(editor.selection.active.line).text;
	const problem = line.trim() === '' ? undefined : parseProblem(line);
	return problem && 'id' in problem ? problem.id : undefined;
}
