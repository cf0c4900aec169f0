/** What hovering over an experience tells: what to do, when, how often it was used, and where it comes from. */
import * as vscode from 'vscode';
import { type Experience, sourcesOf } from '../../../core/experience/experience.js';
import type { UseCount } from '../../../core/experience/store.js';
import type { ExperienceEvidence } from '../../../runs/utilities.js';
import { plainMarkdown } from '../plainMarkdown.js';
import { oneLine } from '../treeItems.js';
import { evidenceWords } from './evidenceWords.js';
import { statusWords, usedWords, zoneWords } from './libraryItems.js';

/** The text of the library stays text: nothing in it is read as Markdown. */
export function experienceTooltip(
	experience: Experience,
	uses: UseCount | undefined,
	evidence?: ExperienceEvidence,
): vscode.MarkdownString {
	const { title, when, strategy, zone, domains } = experience;
	const facts = [zoneWords(zone), statusWords(experience), ...domains, usedWords(uses), feedbackWords(uses)];
	const parts = [
		`**${plainMarkdown(oneLine(title))}**`,
		when.text === '' ? '' : `_${plainMarkdown(vscode.l10n.t('When'))}:_ ${plainMarkdown(when.text)}`,
		strategy.text === '' ? '' : `_${plainMarkdown(vscode.l10n.t('Do'))}:_ ${plainMarkdown(strategy.text)}`,
		'---',
		plainMarkdown(facts.filter((text) => text !== '').join(' · ')),
		plainMarkdown(evidenceWords(evidence)),
		plainMarkdown(provenance(experience)),
	];
	return new vscode.MarkdownString(parts.filter((part) => part !== '').join('\n\n'));
}

function feedbackWords(uses: UseCount | undefined): string {
	if (!uses || uses.helpful + uses.unhelpful === 0) return '';
	return vscode.l10n.t('said to be helpful {0}, not helpful {1}', uses.helpful, uses.unhelpful);
}

function provenance(experience: Experience): string {
	const { origin, createdAt, reviewed } = experience;
	const day = createdAt === '' ? '' : new Date(createdAt).toLocaleDateString(vscode.env.language);
	const from = origin.imported
		? vscode.l10n.t('Imported from {0}', origin.imported)
		: origin.model
			? vscode.l10n.t('Learned on {0} with {1}', origin.set, origin.model)
			: '';
	const sources = vscode.l10n.t('problems that taught it: {0}', sourcesOf(experience).length);
	const read = reviewed ? vscode.l10n.t('looked at by a person') : vscode.l10n.t('looked at by nobody yet');
	return [from, day, sources, read].filter((text) => text !== '').join(' · ');
}
