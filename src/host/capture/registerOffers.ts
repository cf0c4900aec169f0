/** Watches for failures that are mended, and only for those kinds that somebody turned on (`flex.learn.offers`). */
import * as vscode from 'vscode';
import type { Services } from '../services.js';
import { type OfferKind, wantedOffers } from './learnSettings.js';

export function registerOffers(services: Services): vscode.Disposable {
	const watches = new Map<OfferKind, vscode.Disposable>();
	let turn = Promise.resolve();
	let ended = false;
	const follow = async (): Promise<void> => {
		const wanted = ended || !vscode.workspace.isTrusted ? [] : wantedOffers();
		for (const [kind, watch] of watches) {
			if (wanted.includes(kind)) continue;
			watch.dispose();
			watches.delete(kind);
		}
		if (wanted.length === 0) return;
		const { watchFor } = await import('./watches.js');
		for (const kind of wanted) if (!watches.has(kind)) watches.set(kind, watchFor(services, kind));
	};
	const next = (): void => {
		turn = turn.then(follow).catch((error: unknown) => services.log.error(String(error)));
	};
	next();
	return vscode.Disposable.from(
		vscode.workspace.onDidChangeConfiguration((event) => {
			if (event.affectsConfiguration('flex.learn.offers')) next();
		}),
		vscode.workspace.onDidGrantWorkspaceTrust(next),
		new vscode.Disposable(() => {
			ended = true;
			for (const watch of watches.values()) watch.dispose();
		}),
	);
}
