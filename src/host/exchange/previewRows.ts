/** A preview of an import as rows to pick: what would happen, and what a person should know before. */
import * as vscode from 'vscode';
import { oneLine } from '../plainText.js';
import type { Choice } from '../steps.js';
import { changesAnything, type ImportPreview } from './importPreview.js';

/** Names that a row's detail has room for, and the length of each. */
const namedAtMost = 6;
const nameLength = 80;

export function previewRows(preview: ImportPreview): readonly Choice<ImportPreview>[] {
	return [action(preview), ...explanations(preview)];
}

function action(preview: ImportPreview): Choice<ImportPreview> {
	const { counts, source } = preview;
	if (!changesAnything(preview)) {
		return {
			label: `$(info) ${vscode.l10n.t('There is nothing new')}`,
			detail:
				counts.experiences === 0
					? vscode.l10n.t('{0} holds no experiences.', source.name)
					: vscode.l10n.t('The library knows all of {0} already.', source.name),
		};
	}
	const waiting = counts.new + counts.repeats;
	const label =
		waiting === 0
			? vscode.l10n.t('Bring in what changed')
			: waiting === 1
				? vscode.l10n.t('Bring in 1 experience')
				: vscode.l10n.t('Bring in {0} experiences', waiting);
	return {
		label: `$(desktop-download) ${label}`,
		detail: vscode.l10n.t('New ones wait in quarantine: nothing uses them before you accept them.'),
		value: preview,
	};
}

/** A row for everything that is not as plain as "new"; without a value, so that it only explains. */
function explanations({ counts, source, harnessWords, leaks }: ImportPreview): readonly Choice<ImportPreview>[] {
	const { conflicts } = counts;
	return [
		...row(counts.known, vscode.l10n.t('known already'), 'pass'),
		...row(counts.repeats, vscode.l10n.t('repeat others word for word'), 'copy'),
		...row(counts.marked, vscode.l10n.t('put to use or marked otherwise'), 'edit'),
		...row(conflicts.theirs, vscode.l10n.t('changed by the file; yours stay in the history'), 'git-compare'),
		...row(conflicts.ours, vscode.l10n.t('older in the file than here; theirs go to the history'), 'git-compare'),
		...row(leaks.length, vscode.l10n.t('hold the answer of a train problem of this workspace'), 'warning', leaks),
		...row(harnessWords.length, vscode.l10n.t('speak of the test itself'), 'warning', harnessWords),
		...row(source.skipped.length, vscode.l10n.t('can’t be used'), 'error', source.skipped),
		...row(source.remarks.length, vscode.l10n.t('remarks'), 'info', source.remarks),
	];
}

function row(
	count: number,
	what: string,
	icon: string,
	details: readonly string[] = [],
): readonly Choice<ImportPreview>[] {
	if (count === 0) return [];
	const named = details.slice(0, namedAtMost).map((text) => oneLine(text, nameLength));
	const detail = [...named, ...(details.length > named.length ? ['…'] : [])].join(' · ');
	return [{ label: `$(${icon}) ${count}`, description: what, ...(detail === '' ? {} : { detail }) }];
}
