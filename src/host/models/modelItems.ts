/** The rows from which a model is chosen. */
import * as vscode from 'vscode';
import type { Choice } from '../steps.js';
import { npmMissing } from './consent.js';
import { describeModel } from './modelIds.js';
import type { ModelChoice } from './models.js';
import { noVscodeModels } from './vscodeModel.js';

/** What a row leads to. */
export type ModelSource =
	| { readonly kind: 'model'; readonly id: string }
	/** Its models are asked for next. */
	| { readonly kind: 'endpoint'; readonly name: string; readonly baseUrl: string }
	| { readonly kind: 'add' }
	| { readonly kind: 'look' };

type Row = Choice<ModelSource>;

/** All there is, in groups; a group with nothing in it says why. @param npm whether llama.cpp can be installed */
export function modelItems(choices: readonly ModelChoice[], npm: boolean): readonly Row[] {
	const rows = (kind: ModelChoice['kind']): readonly Row[] =>
		choices.filter((choice) => choice.kind === kind).flatMap(rowsOf);
	const vscodeRows = rows('vscode');
	const embedded = rows('embedded');
	return [
		separator(vscode.l10n.t('Models of VS Code')),
		...(vscodeRows.length > 0 ? vscodeRows : [hint(vscode.l10n.t('No model here (why?)'), noVscodeModels())]),
		separator(vscode.l10n.t('Endpoints')),
		...rows('endpoint'),
		{
			label: vscode.l10n.t('$(add) Add an endpoint…'),
			detail: vscode.l10n.t('Ollama, LM Studio, OpenRouter, Azure OpenAI, OpenAI, or any other compatible server.'),
			value: { kind: 'add' },
		},
		{
			label: vscode.l10n.t('$(search) Look for local servers'),
			detail: vscode.l10n.t('Asks whether Ollama or LM Studio answers on this machine.'),
			value: { kind: 'look' },
		},
		separator(vscode.l10n.t('Embedded, on this machine')),
		...(embedded.length > 0 ? embedded : [hint(vscode.l10n.t('None for this platform'), '')]),
		...(npm || choices.some((choice) => choice.kind === 'embedded' && choice.installed)
			? []
			: [hint(vscode.l10n.t('npm is missing (what to do?)'), npmMissing())]),
	];
}

function rowsOf(choice: ModelChoice): readonly Row[] {
	switch (choice.kind) {
		case 'vscode':
			return [
				{
					label: choice.name,
					description: choice.vendor,
					detail: vscode.l10n.t(
						'Up to {0} tokens a prompt; counted in requests.',
						choice.contextTokens.toLocaleString(),
					),
					value: { kind: 'model', id: choice.id },
				},
			];
		case 'endpoint':
			return [
				...choice.inUse.map((id): Row => {
					const { name, provider } = describeModel(id);
					return { label: name, description: provider, value: { kind: 'model', id } };
				}),
				{
					label: vscode.l10n.t('Models of {0}…', choice.name),
					description: choice.baseUrl,
					detail: vscode.l10n.t('Asks the endpoint which models it has.'),
					value: { kind: 'endpoint', name: choice.name, baseUrl: choice.baseUrl },
				},
			];
		case 'embedded':
			return [
				{
					label: choice.name,
					description: choice.installed
						? vscode.l10n.t('installed, {0} MB', choice.megabytes)
						: vscode.l10n.t('{0} MB, fetched at first use after a question', choice.megabytes),
					value: { kind: 'model', id: choice.id },
				},
			];
	}
}

function separator(label: string): Row {
	return { label, kind: vscode.QuickPickItemKind.Separator };
}

/** A row that explains; picking it shows all of the text. */
function hint(label: string, detail: string): Row {
	return { label: `$(info) ${label}`, detail, alwaysShow: true };
}
