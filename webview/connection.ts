/** The panel's line to the extension: questions with answers, news, and the state that survives a reload. */
import type { Answer, CallName, HostMessage, PanelStart, Params, Route, Topic } from '../src/protocol/panel.js';

interface VsCodeApi {
	postMessage(message: unknown): void;
	getState(): unknown;
	setState(state: unknown): void;
}

declare function acquireVsCodeApi(): VsCodeApi;

/** The extension refused; `message` says what to do. */
export class Refused extends Error {
	override readonly name = 'Refused';
}

interface Waiting {
	readonly resolve: (answer: unknown) => void;
	readonly reject: (error: Refused) => void;
}

export class Connection {
	/** What the extension wrote into the page. */
	readonly start: PanelStart = readStart();
	private readonly api = acquireVsCodeApi();
	private readonly waiting = new Map<number, Waiting>();
	private readonly changeListeners = new Set<(topics: ReadonlySet<Topic>) => void>();
	private readonly routeListeners = new Set<(route: Route) => void>();
	private next = 0;

	constructor() {
		window.addEventListener('message', ({ data }: MessageEvent<HostMessage>) => this.receive(data));
	}

	/** @throws {Refused} */
	ask<Name extends CallName>(name: Name, params: Params<Name>): Promise<Answer<Name>> {
		const number = this.next++;
		return new Promise<Answer<Name>>((resolve, reject) => {
			// The host answers call `name` with what `PanelCalls` says; its handlers are checked against the same table.
			this.waiting.set(number, { resolve: resolve as (answer: unknown) => void, reject });
			this.api.postMessage({ kind: 'ask', number, name, params });
		});
	}

	/** Calls `listener` when something changed that it may show. Returns what ends it. */
	onChange(listener: (topics: ReadonlySet<Topic>) => void): () => void {
		this.changeListeners.add(listener);
		return () => this.changeListeners.delete(listener);
	}

	onRoute(listener: (route: Route) => void): () => void {
		this.routeListeners.add(listener);
		return () => this.routeListeners.delete(listener);
	}

	/** What `keep` was given last under this name, also before a reload or a restart; `fallback` where that is nothing. */
	kept<T>(name: string, fallback: T): T {
		// Written by `keep`, under the same name.
		const value = this.state()[name] as T | null | undefined;
		return value ?? fallback;
	}

	keep(name: string, value: unknown): void {
		const state = { ...this.state(), [name]: value, at: Date.now() };
		this.api.setState(state);
		void this.ask('keep', { state }).catch(() => {});
	}

	/** False at the first time that this page is shown; a page that was hidden is made anew when it is seen again. */
	get shownBefore(): boolean {
		return isRecord(this.api.getState());
	}

	/** VS Code's memory, or that of the extension: after a window that ended suddenly VS Code's may be the older one. */
	private state(): Readonly<Record<string, unknown>> {
		const [own, kept] = [this.api.getState(), this.start.state];
		const states = [own, kept].filter(isRecord);
		return states.toSorted((a, b) => Number(b.at ?? 0) - Number(a.at ?? 0))[0] ?? {};
	}

	private receive(message: HostMessage): void {
		if (message.kind === 'answer') this.take(message.number)?.resolve(message.answer);
		if (message.kind === 'refused') this.take(message.number)?.reject(new Refused(message.message));
		if (message.kind === 'changed') for (const listener of [...this.changeListeners]) listener(new Set(message.topics));
		if (message.kind === 'go') for (const listener of [...this.routeListeners]) listener(message.route);
	}

	private take(number: number): Waiting | undefined {
		const waiting = this.waiting.get(number);
		this.waiting.delete(number);
		return waiting;
	}
}

/** The one line of this page. */
export const connection = new Connection();

function readStart(): PanelStart {
	const text = document.getElementById('start')?.textContent;
	return text ? JSON.parse(text) : { route: null, state: null, texts: {}, language: 'en' };
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
	return typeof value === 'object' && value !== null;
}
