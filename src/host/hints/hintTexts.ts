/** What a hint says, in words: what it is, and why it is shown. */
import * as vscode from 'vscode';
import type { UseCount } from '../../core/experience/store.js';
import type { ExperienceEvidence } from '../../runs/utilities.js';
import { oneLine } from '../plainText.js';
import { usedWords } from '../views/library/libraryItems.js';
import type { ShownHint } from './hintFinder.js';

/** Characters of a title in a line of code. */
const longestTitle = 70;

export function hintTitle({ experience }: Pick<ShownHint, 'experience'>, most = longestTitle): string {
	return oneLine(experience.title, most);
}

/** The terms that matched, how often it was used, and what benchmarks found. */
export function whyText(hint: Pick<ShownHint, 'reasons' | 'uses' | 'evidence' | 'folder'>): string {
	const terms = (inFinding: boolean): string =>
		[...new Set(hint.reasons.filter((one) => one.inFinding === inFinding).map(({ text }) => oneLine(text, 60)))].join(
			', ',
		);
	const [inFinding, inCode] = [terms(true), terms(false)];
	const parts = [
		inFinding === '' ? '' : vscode.l10n.t('the diagnostic names {0}', inFinding),
		inCode === '' ? '' : vscode.l10n.t('matches {0}', inCode),
		...factTexts(hint.uses, hint.evidence),
		hint.folder ? '' : vscode.l10n.t('from your own library'),
	];
	return parts.filter((text) => text !== '').join(' · ');
}

/** How often an experience was used, and whether benchmarks found that it helps; nothing where that is not known. */
export function factTexts(uses: UseCount | undefined, evidence: ExperienceEvidence | undefined): readonly string[] {
	return [usedWords(uses), evidence ? utilityText(evidence) : ''];
}

function utilityText({ utility, verdict }: ExperienceEvidence): string {
	const { helped, hurt, pairs } = utility;
	switch (verdict) {
		case 'helps':
			return vscode.l10n.t('helps: {0} of {1} problems solved only with it, {2} only without', helped, pairs, hurt);
		case 'hurts':
			return vscode.l10n.t('hurts: {0} of {1} problems solved only without it, {2} only with it', hurt, pairs, helped);
		case 'no evidence':
			return vscode.l10n.t('no evidence that it helps, from {0} problems', pairs);
		case 'unknown':
			return '';
	}
}
