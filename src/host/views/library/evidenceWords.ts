/** The worth of an experience in a line, where anything is known of it. */
import * as vscode from 'vscode';
import type { ExperienceEvidence } from '../../../runs/utilities.js';

export function evidenceWords(evidence: ExperienceEvidence | undefined): string {
	if (!evidence || evidence.verdict === 'unknown') return '';
	const { verdict, effect, basis, utility, withheld } = evidence;
	const interval = basis === 'withheld' ? withheld?.interval : utility.interval;
	const words: Readonly<Record<Exclude<ExperienceEvidence['verdict'], 'unknown'>, string>> = {
		helps: vscode.l10n.t('it helps'),
		hurts: vscode.l10n.t('it hurts'),
		'no evidence': vscode.l10n.t('no evidence that it helps or hurts'),
	};
	const [low = 0, high = 0] = interval ?? [];
	return vscode.l10n.t(
		'{0}: {1} points, 95 % from {2} to {3}',
		words[verdict],
		points(effect),
		points(low),
		points(high),
	);
}

function points(share: number): string {
	const value = Math.round(100 * share);
	return value > 0 ? `+${value}` : String(value).replace('-', '−');
}
