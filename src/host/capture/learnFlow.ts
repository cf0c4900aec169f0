/** From a diff to proposals: what would be shown to which model, the question, the work, and the way to review it. */
import * as vscode from 'vscode';
import type { ChangeMaterial } from '../../core/learning/capture/changeMaterial.js';
import type { ChangeToRead, LearnedLessons } from '../../runs/learnFromChange.js';
import type { Proposal } from '../../runs/proposeExperience.js';
import type { FlexFolder } from '../folders.js';
import { Dismissed, guarded } from '../guarded.js';
import { withoutLinks } from '../plainText.js';
import { withProgress } from '../progress.js';
import { configFor, openPorts } from '../runPorts.js';
import type { Services } from '../services.js';
import { askToLearn } from './askToLearn.js';
import { droppedText } from './captureWords.js';
import { excludedPatterns } from './learnSettings.js';

export interface ChangeToLearn extends Pick<ChangeToRead, 'git' | 'diff' | 'failure' | 'only'> {
	readonly folder: FlexFolder;
}

/** Asks, works, and tells; true where something was proposed. @throws {ModelError | BudgetError | LibraryError | GitError} */
export async function learnFlow(services: Services, change: ChangeToLearn): Promise<boolean> {
	const { materialOf } = await import('../../runs/learnFromChange.js');
	const { folder } = change;
	const exclude = excludedPatterns(folder);
	const reading = { ...change, folder: folder.workspace.root, exclude };
	for (;;) {
		const config = await configFor(services, folder, undefined);
		const asked = await askToLearn(services, folder, config, (contextTokens) =>
			materialOf({ ...reading, contextTokens }),
		);
		if (asked === undefined) return false;
		if (asked.how === 'models') {
			await vscode.commands.executeCommand('flex.chooseModels');
			continue;
		}
		const { how, contextTokens } = asked;
		const learned = await withProgress(vscode.l10n.t('Learning from the change'), (signal, say) =>
			work(services, folder, how === 'model', { ...reading, contextTokens }, signal, say),
		);
		if (!learned) return false;
		return tell(services, folder, learned.lessons, learned.proposals);
	}
}

interface Learned {
	readonly lessons: LearnedLessons;
	readonly proposals: readonly Proposal[];
}

/** Never more than what was shown before the question: `reading` says how much that was. */
async function work(
	services: Services,
	folder: FlexFolder,
	withModel: boolean,
	reading: ChangeToRead & { readonly contextTokens: number },
	signal: AbortSignal,
	say: (text: string) => void,
): Promise<Learned> {
	const { learnWithModel, learnWithoutModel, lessonModel, materialOf, proposeLessons } = await import(
		'../../runs/learnFromChange.js'
	);
	const propose = async (lessons: LearnedLessons, material: ChangeMaterial): Promise<Learned> => {
		if (signal.aborted) throw new Dismissed();
		return { lessons, proposals: await proposeLessons(await services.libraries.open(folder), lessons, material) };
	};
	if (!withModel) {
		const material = await materialOf(reading, signal);
		return propose(learnWithoutModel(material), material);
	}
	const opened = await openPorts(services, folder, undefined, {}, signal, say);
	try {
		const { ports, config } = opened;
		const model = await ports.pool.open(lessonModel(config));
		const contextTokens = Math.min(reading.contextTokens, model.contextTokens);
		const material = await materialOf({ ...reading, contextTokens }, signal);
		return await propose(await learnWithModel(ports, material, config, signal), material);
	} finally {
		await opened.close();
	}
}

/** Says what waits now; what is pressed then is nobody's to wait for. */
function tell(
	services: Services,
	folder: FlexFolder,
	lessons: LearnedLessons,
	proposals: readonly Proposal[],
): boolean {
	for (const { title, fault } of lessons.dropped) services.log.info(droppedText(title, fault));
	const written = proposals.filter((proposal) => proposal.written);
	const [first] = written.length > 0 ? written : proposals;
	if (!first) {
		void vscode.window.showInformationMessage(vscode.l10n.t('There was nothing to learn from in this change.'));
		return false;
	}
	const review = vscode.l10n.t('Review');
	const undo = vscode.l10n.t('Undo');
	void guarded(services.log, async () => {
		const actions = written.length > 0 ? [review, undo] : [review];
		const answer = await vscode.window.showInformationMessage(withoutLinks(words(lessons, written.length)), ...actions);
		if (answer === review)
			await vscode.commands.executeCommand('flex.library.browse', { folder, id: first.experience.id });
		if (answer !== undo) return;
		const { Curation } = await import('../../runs/curation.js');
		await new Curation(await services.libraries.open(folder)).undo(written.flatMap((proposal) => proposal.undo));
	});
	return written.length > 0;
}

function words({ by, failed }: LearnedLessons, n: number): string {
	if (n === 0) return vscode.l10n.t('The library has what this change teaches already.');
	if (by === 'computed' && failed !== undefined) {
		return vscode.l10n.t(
			'The model wrote nothing that could be used, so FLEX proposes the change itself as a case. It is not used until you accept it.',
		);
	}
	if (n === 1) return vscode.l10n.t('FLEX proposes 1 experience from your change. It is not used until you accept it.');
	return vscode.l10n.t('FLEX proposes {0} experiences from your change. None is used until you accept it.', n);
}
