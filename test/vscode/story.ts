/**
 * A story of a person in a real window: a folder of its own with a workspace, a scripted model where one answers, a VS Code,
 * a browser, and a picture of every window where a test fails. All of it is opened before the tests and taken away after.
 */
import { mkdirSync, mkdtempSync, realpathSync, writeFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, it } from 'vitest';
import { type Handler, type ScriptedServer, startScriptedServer } from '../fakes/scriptedServer.js';
import { installVsCode } from './install.js';
import { packageExtension } from './packageExtension.js';
import { installExtension, startServer, type VsCodeServer, workbenchUrl } from './server.js';
import { openBrowser, Workbench } from './workbench.js';

export const root = join(import.meta.dirname, '../..');

export type Settings = Readonly<Record<string, unknown>>;

export interface StoryPlan {
	/** Name of the workspace's folder (default `workspace`). */
	readonly workspaceName?: string;
	/** Writes what the workspace holds before anything is started; what it opens, it hands to `story.atEnd`. */
	readonly prepare?: (workspace: string) => unknown;
	/** How the model `openai:scripted/model-a` answers, which is then the default one. */
	readonly answer?: Handler;
	/** Of that endpoint, beside its address. */
	readonly endpoint?: Settings;
	/** Of the machine: the only ones that may say which model answers in a remote window, over what `answer` sets. */
	readonly machine?: Settings;
	/** Of the user. */
	readonly user?: Settings;
	/** Reaches the extension; made from the story's folder. */
	readonly environment?: (folder: string) => NodeJS.ProcessEnv;
	/** Asks whether the workspace is trusted, as a fresh VS Code does. */
	readonly workspaceTrust?: boolean;
	/** With the extension as a user installs it, not the one in this folder. */
	readonly installed?: boolean;
	/** The address that the first window opens, made from the usual one. */
	readonly address?: (url: string, workspace: string) => string;
	/** Milliseconds that the preparation, and each test, may take. */
	readonly limit?: number;
	/** Folder of its pictures. */
	readonly pictures?: string;
}

/** Milliseconds for a whole story on a slow machine. */
const patience = 180_000;

/** Prepares the window of the story `name` for the tests of a file, or of a group in it. */
export function windowStory(name: string, plan: StoryPlan = {}): Story {
	const story = new Story(name, plan);
	beforeAll(() => story.open(), story.limit);
	afterEach(async ({ task }) => {
		if (task.result?.state === 'fail') await story.pictureTrouble();
	});
	afterAll(() => story.close());
	return story;
}

export class Story {
	readonly limit: number;
	private place: string | undefined;
	private endpointOpened: ScriptedServer | undefined;
	private server: VsCodeServer | undefined;
	private readonly windows: Workbench[] = [];
	private readonly closers: (() => unknown)[] = [];

	constructor(
		private readonly name: string,
		private readonly plan: StoryPlan,
	) {
		this.limit = plan.limit ?? patience;
	}

	/** A test of this story. */
	tell(behaviour: string, steps: () => Promise<void>): void {
		it(behaviour, steps, this.limit);
	}

	/** Holds the workspace, and what lies beside it. */
	get folder(): string {
		return opened(this.place);
	}

	get workspace(): string {
		return join(this.folder, this.plan.workspaceName ?? 'workspace');
	}

	/** The first window. */
	get workbench(): Workbench {
		return opened(this.windows[0]);
	}

	get endpoint(): ScriptedServer {
		return opened(this.endpointOpened);
	}

	/** One more window on the same workspace. */
	async openBeside(): Promise<Workbench> {
		const window = await this.workbench.openBeside(this.url());
		this.windows.push(window);
		return window;
	}

	/** What is closed when all has been told, the last first. */
	atEnd(close: () => unknown): void {
		this.closers.push(close);
	}

	/** @param window default: the first one */
	async picture(picture: string, window = this.workbench): Promise<void> {
		await window.picture(join(this.plan.pictures ?? join(root, 'out/test/pictures'), `${picture}.png`));
	}

	async pictureTrouble(): Promise<void> {
		for (const [index, window] of this.windows.entries()) {
			if (window.page.isClosed()) continue;
			await this.picture(`${this.name}-trouble${index === 0 ? '' : `-${index + 1}`}`, window);
		}
	}

	async open(): Promise<void> {
		const { prepare, answer, user, environment, workspaceTrust, installed, address } = this.plan;
		const place = realpathSync(mkdtempSync(join(tmpdir(), `flex-ui-${this.name}-`)));
		this.place = place;
		// The extension host outlives the server by a moment, and writes to its log.
		this.atEnd(() => rm(place, { recursive: true, force: true, maxRetries: 10 }));
		mkdirSync(this.workspace);
		await prepare?.(this.workspace);
		if (answer) {
			const endpoint = await startScriptedServer(answer);
			this.atEnd(() => endpoint.close());
			this.endpointOpened = endpoint;
		}
		const dataFolder = join(this.folder, 'server');
		this.writeMachineSettings(dataFolder);
		const vscode = installVsCode(root);
		if (installed) installExtension(vscode, dataFolder, packageExtension(root, this.folder));
		const server = await startServer({
			vscode,
			dataFolder,
			...(user ? { settings: user } : {}),
			...(environment ? { environment: environment(place) } : {}),
			...(workspaceTrust ? { workspaceTrust } : {}),
		});
		this.atEnd(() => server.stop());
		this.server = server;
		const browser = await openBrowser();
		this.atEnd(() => browser.close());
		const url = this.url();
		this.windows.push(await Workbench.open(browser, address ? address(url, this.workspace) : url));
	}

	async close(): Promise<void> {
		for (const close of this.closers.splice(0).reverse()) await close();
	}

	private url(): string {
		const extension = this.plan.installed ? {} : { extension: root };
		return workbenchUrl(opened(this.server), { folder: this.workspace, ...extension });
	}

	private writeMachineSettings(dataFolder: string): void {
		const { endpoint, machine } = this.plan;
		const baseUrl = this.endpointOpened?.baseUrl;
		const scripted = baseUrl && {
			'flex.models.default': 'openai:scripted/model-a',
			'flex.models.endpoints': { scripted: { baseUrl, ...endpoint } },
		};
		const folder = join(dataFolder, 'data/Machine');
		mkdirSync(folder, { recursive: true });
		writeFileSync(join(folder, 'settings.json'), JSON.stringify({ ...scripted, ...machine }));
	}
}

function opened<T>(part: T | undefined): T {
	if (part === undefined) throw new Error('It is not open: the story has not begun, or its plan has none.');
	return part;
}
