/** Problem sets in the Testing view: each problem is a test that a model passes, without experience or with it. */
import * as vscode from 'vscode';
import { guarded } from '../guarded.js';
import type { Services } from '../services.js';
import type { TestMode } from './testRun.js';
import { solvable, TestTree } from './testTree.js';

export function registerTesting(services: Services): vscode.Disposable {
	const controller = vscode.tests.createTestController('flex', vscode.l10n.t('FLEX problem sets'));
	const tree = new TestTree(controller, services);
	controller.resolveHandler = (item) => guarded(services.log, () => tree.resolve(item));
	controller.refreshHandler = async () => {
		services.problemSets.forget();
		await tree.refresh();
	};
	const profile = (label: string, mode: TestMode, isDefault: boolean, tag?: vscode.TestTag) =>
		controller.createRunProfile(
			label,
			vscode.TestRunProfileKind.Run,
			async (request, token) => {
				// Nothing that runs models is loaded before somebody runs one.
				const { runTests } = await import('./testRun.js');
				await guarded(services.log, () => runTests({ services, controller, tree }, mode, request, token));
			},
			isDefault,
			tag,
		);
	const profiles = [
		profile(vscode.l10n.t('With experience'), 'with', true, solvable),
		profile(vscode.l10n.t('Without experience'), 'without', false, solvable),
		profile(vscode.l10n.t('Compare'), 'compare', false),
	];
	return vscode.Disposable.from(tree, ...profiles, controller);
}
