/** The tree of the runs: those that go on first, then the others from the newest; below each its figures. */
import * as vscode from 'vscode';
import type { FlexFolder } from '../../folders.js';
import { type Figure, kindWord, runDescription, runFigures, runLabel, stateWords } from '../../runWords.js';
import type { Services } from '../../services.js';
import { runWords, type ShownRun, type ShownState, shownLive } from '../../shownRun.js';
import { type StoredId, StoredRuns } from '../../storedRuns.js';
import { pageOf } from '../paging.js';
import { itemOf, moreItem, textTooltip } from '../treeItems.js';
import { Elsewhere } from './elsewhere.js';

const moreCommand = '_flex.runs.showMore';

/** Each of them has a log that must be read. */
const runsPerPage = 25;
/** While a run goes on, others are looked for this often at most; milliseconds. */
const lookPace = 5_000;

/** Handed to commands as it is: they look at `folder` and `id`. */
export interface RunNode {
	readonly kind: 'run';
	readonly key: string;
	readonly folder: FlexFolder;
	readonly id: string;
}

interface FigureNode {
	readonly kind: 'figure';
	readonly key: string;
	readonly figure: Figure;
}

interface MoreNode {
	readonly kind: 'more';
	readonly key: string;
	readonly next: number;
	readonly left: number;
}

export type RunTreeNode = RunNode | FigureNode | MoreNode;

export class RunTree implements vscode.TreeDataProvider<RunTreeNode>, vscode.Disposable {
	private readonly changed = new vscode.EventEmitter<RunTreeNode[] | undefined>();
	private readonly stored = new StoredRuns();
	private readonly elsewhere = new Elsewhere(() => this.refreshAll());
	/** Those of this window that are shown, by id. */
	private liveNodes = new Map<string, RunNode>();
	private pages = 1;
	private lookedAt = 0;

	constructor(private readonly services: Pick<Services, 'folders' | 'runs'>) {}

	readonly onDidChangeTreeData = this.changed.event;

	/** Shows what changed: while the same runs go on, their figures alone. */
	refresh(): void {
		const live = this.services.runs.live.map(({ job }) => job.id);
		const same = live.length > 0 && live.length === this.liveNodes.size && live.every((id) => this.liveNodes.has(id));
		if (same && Date.now() - this.lookedAt < lookPace) this.changed.fire([...this.liveNodes.values()]);
		else this.refreshAll();
	}

	refreshAll(): void {
		this.changed.fire(undefined);
	}

	showMore(): void {
		this.pages++;
		this.refreshAll();
	}

	async getChildren(node?: RunTreeNode): Promise<RunTreeNode[]> {
		if (!node) return this.all();
		if (node.kind !== 'run') return [];
		const figures = runFigures(await this.shown(node));
		return figures.map((figure) => ({ kind: 'figure', key: `${node.key}/${figure.name}`, figure }));
	}

	async getTreeItem(node: RunTreeNode): Promise<vscode.TreeItem> {
		if (node.kind === 'run') return runItem(node, await this.shown(node));
		return node.kind === 'figure' ? figureItem(node) : moreItem(node, moreCommand, node);
	}

	dispose(): void {
		this.elsewhere.dispose();
		this.changed.dispose();
	}

	private async all(): Promise<RunTreeNode[]> {
		const { folders, runs } = this.services;
		this.lookedAt = Date.now();
		const live = runs.live.map(({ job }) => nodeOf(job)).reverse();
		this.liveNodes = new Map(live.map((node) => [node.id, node]));
		const others = (await this.stored.ids(folders.all())).filter(({ id }) => !this.liveNodes.has(id)).map(nodeOf);
		const { shown, left, next } = pageOf(others, this.pages, runsPerPage);
		const listed = [...live, ...shown];
		return left === 0 ? listed : [...listed, { kind: 'more', key: '…', next, left }];
	}

	private async shown(node: RunNode): Promise<ShownRun> {
		const live = this.services.runs.live.find(({ job }) => job.id === node.id);
		if (live) return shownLive(live, Date.now());
		const run = await this.stored.read(node);
		this.elsewhere.note(run);
		return run;
	}
}

function nodeOf({ folder, id }: StoredId): RunNode {
	return { kind: 'run', key: `${folder.uri.toString()}/${id}`, folder, id };
}

function runItem({ key, folder, id }: RunNode, run: ShownRun): vscode.TreeItem {
	const label = runLabel(run);
	// A narrow view cuts the end of a row: what tells runs apart comes first.
	const item = itemOf(key, run.kind === '' ? label : run.set, vscode.TreeItemCollapsibleState.Collapsed);
	item.description = [kindWord(run), runDescription(run)].filter((text) => text !== '').join(' · ');
	item.iconPath = iconOf(run.state);
	item.contextValue = runWords(run);
	item.tooltip = textTooltip([label, `${stateWords(run)} · ${id}`, run.model, run.message]);
	item.command = { command: 'flex.runs.open', title: vscode.l10n.t('Show run'), arguments: [{ folder, id }] };
	item.accessibilityInformation = { label: [label, stateWords(run), runDescription(run)].join(', ') };
	return item;
}

function figureItem({ key, figure: { label, value, icon, tooltip } }: FigureNode): vscode.TreeItem {
	const item = itemOf(key, label);
	item.description = value;
	item.iconPath = new vscode.ThemeIcon(icon);
	item.contextValue = 'figure';
	item.tooltip = textTooltip([tooltip ?? (value === '' ? label : `${label}: ${value}`)]);
	item.accessibilityInformation = { label: value === '' ? label : `${label}: ${value}` };
	return item;
}

const icons: Readonly<Record<ShownState, readonly [icon: string, color?: string]>> = {
	preparing: ['loading~spin'],
	running: ['loading~spin'],
	paused: ['debug-pause', 'charts.blue'],
	stopping: ['loading~spin'],
	elsewhere: ['broadcast', 'charts.blue'],
	done: ['pass', 'testing.iconPassed'],
	stopped: ['debug-pause'],
	budget: ['debug-pause', 'list.warningForeground'],
	killed: ['debug-disconnect', 'list.warningForeground'],
	failed: ['error', 'testing.iconFailed'],
	damaged: ['error', 'testing.iconFailed'],
};

function iconOf(state: ShownState): vscode.ThemeIcon {
	const [icon, color] = icons[state];
	return new vscode.ThemeIcon(icon, color === undefined ? undefined : new vscode.ThemeColor(color));
}
