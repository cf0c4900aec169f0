/** One quiet question after something was mended; while it stands, and once it was declined, nothing else is asked. */
import * as vscode from 'vscode';
import { guarded } from '../guarded.js';
import type { Services } from '../services.js';
import { type ChangeToLearn, learnFlow } from './learnFlow.js';
import { type OfferKind, setOffers, wantedOffers } from './learnSettings.js';

/** What was declined in this window; it is not offered again. */
const declined = new Set<string>();
let standing = false;

/**
 * @param key of what was mended
 * @param change read only where somebody wants to learn from it
 */
export function offerToLearn(
	services: Services,
	kind: OfferKind,
	key: string,
	message: string,
	change: () => Promise<ChangeToLearn>,
): void {
	if (standing || declined.has(key)) return;
	standing = true;
	void guarded(services.log, async () => {
		const learn = vscode.l10n.t('Learn from this');
		const later = vscode.l10n.t('Not now');
		const never = vscode.l10n.t("Don't offer");
		const answer = await vscode.window.showInformationMessage(message, learn, later, never);
		standing = false;
		if (answer === later) declined.add(key);
		if (answer === never) await setOffers(wantedOffers().filter((other) => other !== kind));
		if (answer === learn) await learnFlow(services, await change());
	}).finally(() => {
		standing = false;
	});
}
