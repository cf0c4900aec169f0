/** API keys of endpoints, in VS Code's secret storage and nowhere else. */
import type * as vscode from 'vscode';
import { belongsTo, readKey, writeKey } from './storedKey.js';

/** Names of the endpoints that have a key (never the keys): the oldest supported VS Code can't list its secrets. */
const indexKey = 'flex.keys';

export type KeyState = 'none' | 'set' | 'for another address';

/** The part of the extension's context that is needed here. */
export interface KeyStore {
	readonly secrets: Pick<vscode.SecretStorage, 'get' | 'store' | 'delete'>;
	readonly globalState: Pick<vscode.Memento, 'update'> & { get<T>(key: string, otherwise: T): T };
}

export class Keys {
	constructor(private readonly context: KeyStore) {}

	/** Endpoints that have a key. */
	names(): readonly string[] {
		return this.context.globalState.get<readonly string[]>(indexKey, []);
	}

	/** Keeps the key, for the server of `baseUrl` alone. */
	async set(name: string, baseUrl: string, key: string): Promise<void> {
		await this.context.secrets.store(secretName(name), writeKey(baseUrl, key));
		await this.remember([...this.names().filter((known) => known !== name), name].sort());
	}

	async clear(name: string): Promise<void> {
		await this.context.secrets.delete(secretName(name));
		await this.remember(this.names().filter((known) => known !== name));
	}

	async state(name: string, baseUrl: string): Promise<KeyState> {
		const stored = readKey((await this.context.secrets.get(secretName(name))) ?? '');
		if (!stored) return 'none';
		return belongsTo(stored, baseUrl) ? 'set' : 'for another address';
	}

	/** The key for the server of `baseUrl`; undefined where none was given for it. */
	async get(name: string, baseUrl: string): Promise<string | undefined> {
		const stored = readKey((await this.context.secrets.get(secretName(name))) ?? '');
		return stored && belongsTo(stored, baseUrl) ? stored.key : undefined;
	}

	private async remember(names: readonly string[]): Promise<void> {
		await this.context.globalState.update(indexKey, names);
	}
}

function secretName(endpoint: string): string {
	return `flex.key.${endpoint}`;
}
