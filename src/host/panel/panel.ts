/** The panel of this window: its page, its questions and the news that it is told. */
import { randomBytes } from 'node:crypto';
import * as vscode from 'vscode';
import { parseQuestion } from '../../protocol/guards.js';
import type {
	Answer,
	CallName,
	HostMessage,
	PanelStart,
	Params,
	Question,
	Route,
	Topic,
} from '../../protocol/panel.js';
import { panelHtml } from './panelHtml.js';

/** What answers each call. It throws an error whose message says what to do. */
export type Handlers = {
	readonly [Name in CallName]: (params: Params<Name>) => Promise<Answer<Name>>;
};

export interface PanelPorts {
	readonly handlers: Handlers;
	readonly log: vscode.LogOutputChannel;
	readonly extensionUri: vscode.Uri;
	/** Words that a person can read, of whatever went wrong. */
	readonly words: (error: unknown) => string;
	/** What the page looked at when it was seen last. */
	readonly state: unknown;
}

/** News goes out this often at most, in milliseconds. */
const pace = 200;

export class Panel implements vscode.Disposable {
	private readonly subscriptions: vscode.Disposable[] = [];
	/** What the page does not know of yet. A hidden page gets no messages, so it is told when it is seen again. */
	private readonly news = new Set<Topic>();
	private pending: NodeJS.Timeout | undefined;
	private route: Route | undefined;
	private ready = false;
	/** Closed: nothing can be said to it any more. */
	private gone = false;

	constructor(
		private readonly panel: vscode.WebviewPanel,
		private readonly ports: PanelPorts,
		route: Route | undefined,
	) {
		const { webview } = panel;
		webview.options = { enableScripts: true, localResourceRoots: [this.folder] };
		this.subscriptions.push(
			webview.onDidReceiveMessage((message: unknown) => void this.receive(message)),
			panel.onDidChangeViewState(() => this.changed()),
			panel.onDidDispose(() => this.end()),
		);
		webview.html = this.html(route);
	}

	get onDidDispose(): vscode.Event<void> {
		return this.panel.onDidDispose;
	}

	reveal(route: Route | undefined): void {
		this.panel.reveal();
		if (!route) return;
		this.route = route;
		this.flush();
	}

	/** Tells the page that it should ask again. */
	changed(...topics: readonly Topic[]): void {
		if (this.gone) return;
		for (const topic of topics) this.news.add(topic);
		this.pending ??= setTimeout(() => {
			this.pending = undefined;
			this.flush();
		}, pace);
	}

	dispose(): void {
		this.end();
		this.panel.dispose();
	}

	private end(): void {
		this.gone = true;
		clearTimeout(this.pending);
		for (const subscription of this.subscriptions) subscription.dispose();
	}

	private get folder(): vscode.Uri {
		return vscode.Uri.joinPath(this.ports.extensionUri, 'dist', 'webview');
	}

	private html(route: Route | undefined): string {
		const { webview } = this.panel;
		const address = (name: string): string => webview.asWebviewUri(vscode.Uri.joinPath(this.folder, name)).toString();
		const texts = vscode.l10n.bundle ?? {};
		const start: PanelStart = { route: route ?? null, state: this.ports.state, texts, language: vscode.env.language };
		const places = { script: address('main.js'), style: address('main.css'), source: webview.cspSource };
		return panelHtml(places, start, randomBytes(18).toString('base64url'));
	}

	private async receive(message: unknown): Promise<void> {
		this.ready = true;
		const question = parseQuestion(message);
		if ('fault' in question) {
			this.ports.log.error(`The panel asked what cannot be answered. ${question.fault}`);
			const text = vscode.l10n.t('FLEX could not read this request; reload the window.');
			this.send({ kind: 'refused', number: question.number, message: text });
			return;
		}
		this.send(await this.answer(question));
		this.flush();
	}

	private async answer<Name extends CallName>(question: Question<Name>): Promise<HostMessage> {
		const { number, name, params } = question;
		try {
			return { kind: 'answer', number, answer: await this.ports.handlers[name](params) };
		} catch (error) {
			this.ports.log.error(error instanceof Error ? error : String(error));
			return { kind: 'refused', number, message: this.ports.words(error) };
		}
	}

	private flush(): void {
		if (this.gone || !this.panel.visible || !this.ready) return;
		if (this.route) this.send({ kind: 'go', route: this.route });
		this.route = undefined;
		if (this.news.size === 0) return;
		this.send({ kind: 'changed', topics: [...this.news] });
		this.news.clear();
	}

	private send(message: HostMessage): void {
		// What was asked before it was closed may be answered after.
		if (!this.gone) void this.panel.webview.postMessage(message);
	}
}
