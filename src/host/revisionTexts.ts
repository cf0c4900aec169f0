/** Revisions of an experience in words: what happened, by whom, when. */
import * as vscode from 'vscode';
import { type ChangedField, changedFields } from '../core/experience/difference.js';
import type { Status } from '../core/experience/experience.js';
import type { Revision } from '../core/experience/store.js';

/** What a revision changed, e.g. "Edited: title, strategy". */
export function whatText({ op, experience, reason }: Revision, before: Revision | undefined): string {
	const fields = changedFields(before?.experience, experience).map((field) => fieldText(field));
	const moved = before && before.experience.status !== experience.status;
	const status = moved ? [statusText(experience.status)] : [];
	const details = [...status, ...fields].join(', ');
	const what = details === '' ? opText(op) : vscode.l10n.t('{0}: {1}', opText(op), details);
	return reason ? `${what} (${reason})` : what;
}

/** Who made a change. */
export function authorText(by: string): string {
	const [kind = '', name = ''] = /^([a-z]+):(.*)$/su.exec(by)?.slice(1) ?? [];
	if (by === 'user') return vscode.l10n.t('a person');
	if (kind === 'run') return vscode.l10n.t('run {0}', name);
	if (kind === 'import') return vscode.l10n.t('import of {0}', name);
	if (kind === 'tool') return vscode.l10n.t('tool {0}', name);
	return by;
}

/** In the way of the language that VS Code speaks. */
export function timeText(at: string): string {
	const time = new Date(at);
	if (Number.isNaN(time.getTime())) return at;
	return time.toLocaleString(vscode.env.language, { dateStyle: 'medium', timeStyle: 'short' });
}

function opText(op: Revision['op']): string {
	switch (op) {
		case 'insert':
			return vscode.l10n.t('Added');
		case 'merge':
			return vscode.l10n.t('Merged');
		case 'edit':
			return vscode.l10n.t('Edited');
		case 'retire':
			return vscode.l10n.t('Retired');
		case 'pin':
			return vscode.l10n.t('Pin changed');
		case 'star':
			return vscode.l10n.t('Star changed');
		case 'accept':
			return vscode.l10n.t('Accepted');
		case 'reject':
			return vscode.l10n.t('Rejected');
		case 'undo':
			return vscode.l10n.t('Restored');
		case 'use':
		case 'feedback':
			return op;
	}
}

function statusText(status: Status): string {
	switch (status) {
		case 'active':
			return vscode.l10n.t('put to use');
		case 'proposed':
			return vscode.l10n.t('proposed');
		case 'quarantined':
			return vscode.l10n.t('put in quarantine');
		case 'retired':
			return vscode.l10n.t('taken out of use');
	}
}

function fieldText(field: ChangedField): string {
	const texts: Readonly<Record<ChangedField, string>> = {
		zone: vscode.l10n.t('zone'),
		priority: vscode.l10n.t('priority'),
		pinned: vscode.l10n.t('pin'),
		starred: vscode.l10n.t('star'),
		title: vscode.l10n.t('title'),
		when: vscode.l10n.t('when'),
		strategy: vscode.l10n.t('strategy'),
		patterns: vscode.l10n.t('patterns'),
		cases: vscode.l10n.t('cases'),
		domains: vscode.l10n.t('domains'),
		scope: vscode.l10n.t('scope'),
		links: vscode.l10n.t('links'),
	};
	return texts[field];
}
