/** The items of the library's tree: words, icons and what assistive technology reads. */
import * as vscode from 'vscode';
import type { Zone } from '../../../core/experience/experience.js';
import type { UseCount } from '../../../core/experience/store.js';
import { itemOf, textTooltip } from '../treeItems.js';
import { contextWords, type GroupKind, type Rights } from './grouping.js';
import type { DomainNode, ExperienceNode, FailureNode, GroupNode, LibraryRoot, PartNode } from './libraryNodes.js';
import type { Row } from './libraryRows.js';

const { Collapsed, Expanded, None } = vscode.TreeItemCollapsibleState;

/** Shows the next page of a long list. */
export const moreCommand = '_flex.library.showMore';

export function rootItem({ key, folder, count }: LibraryRoot): vscode.TreeItem {
	const label = folder?.name ?? vscode.l10n.t('Your own library');
	const item = itemOf(key, label, count > 0 ? (folder ? Expanded : Collapsed) : None);
	item.description = count > 0 ? String(count) : vscode.l10n.t('empty');
	item.iconPath = new vscode.ThemeIcon(folder ? 'root-folder' : 'account');
	item.contextValue = 'library';
	item.tooltip =
		folder?.uri.fsPath ??
		vscode.l10n.t('It follows you across workspaces and is searched after the library of the workspace.');
	item.accessibilityInformation = { label: vscode.l10n.t('{0}, experiences: {1}', label, count) };
	return item;
}

export function groupItem({ key, group, count }: GroupNode, filtered: boolean): vscode.TreeItem {
	const { label, tooltip, icon } = groupTexts(group);
	const item = itemOf(key, label, group === 'retired' && !filtered ? Collapsed : Expanded);
	item.description = String(count);
	item.iconPath = icon;
	item.contextValue = 'group';
	item.tooltip = tooltip;
	item.accessibilityInformation = { label: vscode.l10n.t('{0}, experiences: {1}', label, count) };
	return item;
}

export function domainItem({ key, name, count }: DomainNode, open: boolean): vscode.TreeItem {
	const label = name === '' ? vscode.l10n.t('Without a domain') : name;
	const item = itemOf(key, label, open ? Expanded : Collapsed);
	item.description = String(count);
	item.iconPath = new vscode.ThemeIcon('tag');
	item.contextValue = 'domain';
	item.tooltip = label;
	item.accessibilityInformation = { label: vscode.l10n.t('Domain {0}, experiences: {1}', label, count) };
	return item;
}

export function experienceItem(
	{ key, folder, id }: ExperienceNode,
	row: Row,
	uses: UseCount | undefined,
	rights: Rights,
): vscode.TreeItem {
	const label = row.title === '' ? vscode.l10n.t('Without a title') : row.title;
	const item = itemOf(key, label, row.hasParts ? Collapsed : None);
	const description = [waitingWords(row), usedWords(uses)].filter((text) => text !== '').join(' · ');
	item.description = description;
	item.iconPath = experienceIcon(row);
	item.contextValue = contextWords(row, rights);
	item.command = { command: 'flex.library.open', title: vscode.l10n.t('Open'), arguments: [{ folder, id }] };
	const words = [label, statusWords(row), row.pinned ? vscode.l10n.t('pinned') : '', description];
	item.accessibilityInformation = { label: words.filter((text) => text !== '').join(', ') };
	return item;
}

export function partItem({ key, folder, part, experience, label, note, text }: PartNode): vscode.TreeItem {
	const item = itemOf(key, label);
	item.description = note;
	item.iconPath = new vscode.ThemeIcon(partIcons[part]);
	item.contextValue = 'part';
	item.tooltip = textTooltip(text);
	item.command = {
		command: 'flex.library.open',
		title: vscode.l10n.t('Open'),
		arguments: [{ folder, id: experience }],
	};
	item.accessibilityInformation = { label: `${note}: ${label}` };
	return item;
}

export function failureItem({ key, message }: FailureNode): vscode.TreeItem {
	const item = itemOf(key, vscode.l10n.t('This library can’t be read'));
	item.description = message;
	item.iconPath = new vscode.ThemeIcon('error', new vscode.ThemeColor('list.errorForeground'));
	item.tooltip = message;
	item.command = { command: 'flex.showLog', title: vscode.l10n.t('Show log') };
	item.accessibilityInformation = { label: message };
	return item;
}

/** `used 12, solved 9`: a count, and no verdict. */
export function usedWords(uses: UseCount | undefined): string {
	if (!uses || uses.used === 0) return vscode.l10n.t('not used yet');
	return vscode.l10n.t('used {0}, solved {1}', uses.used, uses.solved);
}

export function zoneWords(zone: Zone): string {
	return groupTexts(zone).label;
}

export function statusWords({ status }: Pick<Row, 'status'>): string {
	const words: Readonly<Record<Row['status'], string>> = {
		active: vscode.l10n.t('in use'),
		proposed: vscode.l10n.t('proposed, waits for you'),
		quarantined: vscode.l10n.t('from outside, waits for you'),
		retired: vscode.l10n.t('retired'),
	};
	return words[status];
}

function waitingWords({ status, imported }: Row): string {
	if (status === 'proposed') return vscode.l10n.t('proposed');
	if (status !== 'quarantined') return '';
	return imported === '' ? vscode.l10n.t('from outside') : vscode.l10n.t('from {0}', imported);
}

interface GroupTexts {
	readonly label: string;
	readonly tooltip: string;
	readonly icon: vscode.ThemeIcon;
}

function groupTexts(group: GroupKind): GroupTexts {
	const texts: Readonly<Record<GroupKind, GroupTexts>> = {
		waiting: {
			label: vscode.l10n.t('Waiting for you'),
			tooltip: vscode.l10n.t('Not used before you accept it: what came from outside, and what was proposed.'),
			icon: new vscode.ThemeIcon('inbox'),
		},
		golden: {
			label: vscode.l10n.t('Golden'),
			tooltip: vscode.l10n.t('What works: learned from problems that were solved.'),
			icon: zoneIcon('golden'),
		},
		warning: {
			label: vscode.l10n.t('Warning'),
			tooltip: vscode.l10n.t('What to avoid: learned from problems that were not solved.'),
			icon: zoneIcon('warning'),
		},
		mixed: {
			label: vscode.l10n.t('Mixed'),
			tooltip: vscode.l10n.t('Learned from problems that went wrong first and right in the end.'),
			icon: zoneIcon('mixed'),
		},
		retired: {
			label: vscode.l10n.t('Retired'),
			tooltip: vscode.l10n.t('Out of use; kept for its history.'),
			icon: new vscode.ThemeIcon('archive'),
		},
	};
	return texts[group];
}

const zoneIcons: Readonly<Record<Zone, readonly [icon: string, color: string]>> = {
	golden: ['pass', 'charts.green'],
	warning: ['warning', 'list.warningForeground'],
	mixed: ['arrow-swap', 'charts.blue'],
};

const partIcons: Readonly<Record<PartNode['part'], string>> = {
	strategy: 'compass',
	pattern: 'checklist',
	case: 'comment-discussion',
};

function zoneIcon(zone: Zone): vscode.ThemeIcon {
	const [icon, color] = zoneIcons[zone];
	return new vscode.ThemeIcon(icon, new vscode.ThemeColor(color));
}

function experienceIcon({ status, zone, pinned }: Row): vscode.ThemeIcon {
	if (status === 'retired') return new vscode.ThemeIcon('archive', new vscode.ThemeColor('disabledForeground'));
	if (status === 'quarantined') return new vscode.ThemeIcon('shield');
	if (status === 'proposed') return new vscode.ThemeIcon('question');
	return pinned ? new vscode.ThemeIcon('pinned', new vscode.ThemeColor(zoneIcons[zone][1])) : zoneIcon(zone);
}
