/** What a desktop VS Code is started with for the tests of `test/host`, and why it can't be. */
import { join } from 'node:path';

export interface DesktopPlan {
	/** Which VS Code is downloaded where none is named. */
	readonly version: string;
	/** Folders of the extensions under development: ours, and the one that contributes a chat model. */
	readonly extensionDevelopmentPath: readonly string[];
	readonly launchArgs: readonly string[];
	readonly extensionTestsEnv: Readonly<Record<string, string>>;
	/** Where the tests write what they found. */
	readonly report: string;
}

export interface DesktopRequest {
	readonly root: string;
	/** A fresh folder for this run alone. */
	readonly folder: string;
	/** `engines.vscode` of the manifest, such as `^1.104.0`. */
	readonly engine: string;
	/** Part of the names of the tests that are to run; empty: all. */
	readonly grep: string;
}

/** @throws where `engine` names no version */
export function desktopPlan({ root, folder, engine, grep }: DesktopRequest): DesktopPlan {
	const version = /\d+\.\d+\.\d+/.exec(engine)?.[0];
	if (!version) throw new Error(`engines.vscode of package.json names no version: ${engine}`);
	const report = join(root, 'out/test/desktop.json');
	return {
		version,
		extensionDevelopmentPath: [root, join(root, 'test/vscode/fakeModel')],
		launchArgs: [
			join(folder, 'workspace'),
			...['--user-data-dir', join(folder, 'user')],
			...['--extensions-dir', join(folder, 'extensions')],
			...['--disable-workspace-trust', '--disable-telemetry', '--disable-gpu'],
		],
		extensionTestsEnv: {
			FLEX_TEST_REPORT: report,
			FLEX_TEST_GREP: grep,
			FLEX_TEST_ROOT: root,
			FLEX_TEST_EXTENSION: root,
			FAKE_MODEL_SCRIPT: join(folder, 'fakeModel.json'),
			FAKE_MODEL_LOG: join(folder, 'fakeModel.jsonl'),
		},
		report,
	};
}

/** Why no window can open here; undefined where one can. */
export function noDisplay(platform: NodeJS.Platform, environment: NodeJS.ProcessEnv): string | undefined {
	if (platform !== 'linux' || environment.DISPLAY || environment.WAYLAND_DISPLAY) return undefined;
	return 'no display (neither DISPLAY nor WAYLAND_DISPLAY is set); xvfb-run gives one';
}
