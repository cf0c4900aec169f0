/** Where VS Code enters: what the features share is built here, and each feature registers itself in one line. */
import type * as vscode from 'vscode';
import { registerAgentTools } from './host/agentTools/registerAgentTools.js';
import { registerBenchmark } from './host/benchmark/registerBenchmark.js';
import { registerCapture } from './host/capture/registerCapture.js';
import { registerCuration } from './host/curation/registerCuration.js';
import { registerDocuments } from './host/documents/registerDocuments.js';
import { registerExchange } from './host/exchange/registerExchange.js';
import { registerFirstRun } from './host/firstRun/registerFirstRun.js';
import { registerGate } from './host/gate/registerGate.js';
import { registerHints } from './host/hints/registerHints.js';
import { registerHousekeeping } from './host/housekeeping/registerHousekeeping.js';
import { registerInstructions } from './host/instructions/registerInstructions.js';
import { registerLibraryFolder } from './host/libraryFolder.js';
import { registerLiveRuns } from './host/liveRuns/registerLiveRuns.js';
import { openLog, registerLog, showFailedActivation } from './host/log.js';
import { registerModels } from './host/models/registerModels.js';
import { registerNewSets } from './host/newSets/registerNewSets.js';
import { registerPanel } from './host/panel/registerPanel.js';
import { registerProblemFiles } from './host/problemFiles/registerProblemFiles.js';
import { registerRunPages } from './host/runPages/registerRunPages.js';
import { buildServices, type Services } from './host/services.js';
import { registerSolve } from './host/solve/registerSolve.js';
import { registerTesting } from './host/testing/registerTesting.js';
import { registerTraining } from './host/training/registerTraining.js';
import { registerLibraryView } from './host/views/library/registerLibraryView.js';
import { registerProblemSetsView } from './host/views/problemSets/registerProblemSetsView.js';
import { registerRunsView } from './host/views/runs/registerRunsView.js';

/** What the extension tells its tests, and other extensions that ask. */
export interface FlexApi {
	/** How long activation took, in milliseconds. */
	readonly activationMs: number;
}

/** Each registers its commands and views, and does nothing else until it is used. */
const features: readonly ((services: Services) => vscode.Disposable)[] = [
	registerLibraryFolder,
	registerDocuments,
	registerExchange,
	registerProblemFiles,
	registerHints,
	registerTesting,
	registerLibraryView,
	registerProblemSetsView,
	registerRunsView,
	registerPanel,
	registerCuration,
	registerModels,
	registerTraining,
	registerBenchmark,
	registerGate,
	registerLiveRuns,
	registerSolve,
	registerAgentTools,
	registerInstructions,
	registerCapture,
	registerRunPages,
	registerNewSets,
	registerFirstRun,
	registerHousekeeping,
];

let services: Services | undefined;

export function activate(context: vscode.ExtensionContext): FlexApi {
	const started = performance.now();
	const log = openLog();
	context.subscriptions.push(log, registerLog(log));
	try {
		const built = buildServices(context, log);
		services = built;
		context.subscriptions.push(...features.map((register) => register(built)));
		const activationMs = performance.now() - started;
		log.info(`FLEX ${context.extension.packageJSON.version} is ready after ${activationMs.toFixed(1)} ms.`);
		return { activationMs };
	} catch (error) {
		void showFailedActivation(log, error);
		throw error;
	}
}

/** Runs stop with the window, and can go on later; libraries write their snapshots. */
export async function deactivate(): Promise<void> {
	await services?.runs.stopAll();
	await services?.libraries.closeAll();
}
