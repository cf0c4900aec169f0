/** A hint as its hover tells it. The library's text stays text: nothing in it is a link, a picture or a command. */
import * as vscode from 'vscode';
import { zoneWords } from '../views/library/libraryItems.js';
import { plainMarkdown } from '../views/plainMarkdown.js';
import type { ShownHint } from './hintFinder.js';
import { commandLink, targetOf } from './hintTarget.js';
import { hintTitle, whyText } from './hintTexts.js';

/** All that links in our hovers can do. */
export const hintCommands = {
	open: 'flex.library.open',
	notHelpful: '_flex.hints.notHelpful',
	hide: '_flex.hints.hide',
	settings: '_flex.hints.settings',
	choose: '_flex.hints.choose',
} as const;

/** Characters of a part; a hover is no place to read a treatise. */
const longestPart = 500;
const longestTitle = 160;

export function hintMarkdown(hint: ShownHint, document: vscode.TextDocument): vscode.MarkdownString {
	const target = targetOf(hint, document);
	const { open, notHelpful, hide, settings } = hintCommands;
	const links = [
		openLink(hint),
		commandLink(vscode.l10n.t('Not helpful'), notHelpful, target),
		commandLink(vscode.l10n.t('Hide here'), hide, target),
		commandLink(vscode.l10n.t('Settings'), settings, target),
	];
	return trustedMarkdown(
		[...partsOf(hint), `${label(vscode.l10n.t('Why here'))} ${plainMarkdown(whyText(hint))}`, links.join(' · ')],
		[open, notHelpful, hide, settings],
	);
}

/** What the experience says: its kind and title, when, and what to do. */
export function partsOf({ experience }: Pick<ShownHint, 'experience'>): readonly string[] {
	const { zone, when, strategy } = experience;
	return [
		`**${plainMarkdown(`FLEX · ${zoneWords(zone)}`)}** — ${plainMarkdown(hintTitle({ experience }, longestTitle))}`,
		part(vscode.l10n.t('When'), when.text),
		part(vscode.l10n.t('Do'), strategy.text),
	].filter((text) => text !== '');
}

export function openLink({ experience, folder }: Pick<ShownHint, 'experience' | 'folder'>): string {
	const argument = { id: experience.id, ...(folder ? { folder: { workspace: { flex: folder.workspace.flex } } } : {}) };
	return commandLink(vscode.l10n.t('Open'), hintCommands.open, argument);
}

export function part(name: string, text: string): string {
	if (text.trim() === '') return '';
	const cut = text.length > longestPart ? `${text.slice(0, longestPart).trimEnd()}…` : text;
	return `${label(name)} ${withCode(cut)}`;
}

/** Text as text, with what its writer set in backticks as code; nothing inside of code is read as Markdown. */
function withCode(text: string): string {
	return text
		.split(/(`[^`\n]+`)/u)
		.map((piece, index) => (index % 2 === 1 ? piece : betweenCode(piece)))
		.join('');
}

/** `plainMarkdown` takes the blanks at both ends, which part a word from the code beside it. */
function betweenCode(text: string): string {
	const [before, after] = [/^\s/u.test(text) ? ' ' : '', /\S\s+$/u.test(text) ? ' ' : ''];
	return `${before}${plainMarkdown(text)}${after}`;
}

export function label(name: string): string {
	return `_${plainMarkdown(name)}:_`;
}

/** Only these commands run from it, and no HTML, icon or picture comes out of it. */
export function trustedMarkdown(
	paragraphs: readonly string[],
	enabledCommands: readonly string[],
): vscode.MarkdownString {
	const markdown = new vscode.MarkdownString(paragraphs.join('\n\n'));
	markdown.isTrusted = { enabledCommands };
	markdown.supportHtml = false;
	markdown.supportThemeIcons = false;
	return markdown;
}
