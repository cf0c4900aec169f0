/** Remember This: what is selected, or in the clipboard, becomes an experience in the person's own words. */
import * as vscode from 'vscode';
import type { Scope, Zone } from '../../core/experience/experience.js';
import { scopeOf } from '../../core/learning/capture/scope.js';
import type { Proposal } from '../../runs/proposeExperience.js';
import { rememberedDraft, titleFrom } from '../../runs/rememberedDraft.js';
import type { FlexFolder } from '../folders.js';
import { guarded } from '../guarded.js';
import { oneLine } from '../plainText.js';
import type { Services } from '../services.js';
import { askText, pickOne, type Step, steps } from '../steps.js';
import { requireTrust } from '../trust.js';

interface Seen {
	/** What was selected or copied. */
	readonly text: string;
	readonly folder: FlexFolder;
	/** Path below the folder, where it was selected in a file. */
	readonly path?: string | undefined;
	readonly scope: Scope;
}

interface Answers {
	readonly strategy: string;
	readonly when: string;
	readonly zone: Zone;
}

export async function rememberThis(services: Services): Promise<void> {
	if (!requireTrust(vscode.l10n.t('This workspace is not trusted, so FLEX writes nothing in it.'))) return;
	const seen = await whatIsSeen(services);
	if (!seen) return;
	const answers = await ask(seen);
	if (!answers) return;
	const { proposeExperience } = await import('../../runs/proposeExperience.js');
	const library = await services.libraries.open(seen.folder);
	const { strategy: text, when, zone } = answers;
	const draft = rememberedDraft({ text, when, zone, example: seen.text, scope: seen.scope, place: seen.path });
	const options = { by: 'user', at: new Date().toISOString(), wanted: true };
	const proposal = await proposeExperience(library, draft, options);
	await vscode.commands.executeCommand('flex.library.edit', { folder: seen.folder, id: proposal.experience.id });
	offerToKeep(services, seen.folder, proposal);
}

async function whatIsSeen(services: Services): Promise<Seen | undefined> {
	const editor = vscode.window.activeTextEditor;
	const selected = editor && !editor.selection.isEmpty ? editor.document.getText(editor.selection) : '';
	const text = selected.trim() === '' ? await vscode.env.clipboard.readText() : selected;
	if (text.trim() === '') {
		const message = vscode.l10n.t('Select what shall be remembered, or copy it, and run this command again.');
		await vscode.window.showInformationMessage(message);
		return undefined;
	}
	const uri = selected === '' ? undefined : editor?.document.uri;
	const own = uri && services.folders.of(uri);
	const folder = own ?? (await services.folders.pick(vscode.l10n.t('Remember it for which folder?')));
	if (!folder) return undefined;
	const path = own && uri ? vscode.workspace.asRelativePath(uri, false) : undefined;
	const scope = path === undefined ? {} : scopeOf([path]);
	const language = selected === '' ? undefined : editor?.document.languageId;
	return { text, folder, path, scope: language === undefined ? scope : { ...scope, languages: [language] } };
}

async function ask(seen: Seen): Promise<Answers | undefined> {
	const title = vscode.l10n.t('Remember this');
	const first: Answers = { strategy: titleFrom(seen.text), when: whenFrom(seen), zone: 'golden' };
	const questions: readonly Step<Answers>[] = [
		{
			ask: async (state, place) => {
				const zone = await pickOne<Zone>({
					...place,
					title,
					placeholder: vscode.l10n.t('What is it?'),
					items: [
						{ label: `$(pass) ${vscode.l10n.t('Do it like this')}`, value: 'golden' },
						{ label: `$(warning) ${vscode.l10n.t('Avoid this')}`, value: 'warning' },
					],
				});
				return typeof zone === 'string' ? { ...state, zone } : zone;
			},
		},
		{
			ask: async (state, place) => {
				const strategy = await askText({
					...place,
					title,
					prompt: vscode.l10n.t(
						'What shall be remembered? Its first words are the title; the selection is the example.',
					),
					value: state.strategy,
					validate: (text) => (text.trim() === '' ? vscode.l10n.t('Say it in a few words.') : undefined),
				});
				return typeof strategy === 'string' ? { ...state, strategy: strategy.trim() } : strategy;
			},
		},
		{
			ask: async (state, place) => {
				const when = await askText({
					...place,
					title,
					prompt: vscode.l10n.t('When does it apply?'),
					value: state.when,
				});
				return typeof when === 'string' ? { ...state, when: when.trim() } : when;
			},
		},
	];
	return steps(first, questions);
}

function whenFrom({ path, scope }: Seen): string {
	const [language] = scope.languages ?? [];
	const folder = path?.split('/').slice(0, -1).join('/');
	if (language === undefined) return '';
	return folder ? vscode.l10n.t('writing {0} in {1}', language, folder) : vscode.l10n.t('writing {0}', language);
}

/** The person wrote it: one press takes it into use. */
function offerToKeep(services: Services, folder: FlexFolder, { experience, written, redacted, undo }: Proposal): void {
	void guarded(services.log, async () => {
		const title = oneLine(experience.title, 60);
		const [keep, takeBack] = [vscode.l10n.t('Keep'), vscode.l10n.t('Undo')];
		const hidden = redacted > 0 ? ` ${vscode.l10n.t('What looked like a secret was taken out.')}` : '';
		const message = written
			? vscode.l10n.t('“{0}” waits for you. Keep it as it is, or change it in the editor first.', title)
			: vscode.l10n.t('The library has “{0}” already.', title);
		const waits = experience.status !== 'active';
		const actions = [...(waits ? [keep] : []), ...(written ? [takeBack] : [])];
		const answer = await vscode.window.showInformationMessage(`${message}${hidden}`, ...actions);
		const { Curation } = await import('../../runs/curation.js');
		const curation = new Curation(await services.libraries.open(folder));
		if (answer === keep) await curation.decide('accept', [experience.id]);
		if (answer === takeBack) await curation.undo(undo);
	});
}
