/** Model ids taken apart, as people read them. */

export interface ModelDescription {
	readonly kind: 'vscode' | 'endpoint' | 'embedded' | 'file' | 'replay' | 'unknown';
	/** The model's name, without what leads to it. */
	readonly name: string;
	/** The vendor, the endpoint, or nothing. */
	readonly provider: string;
	/** What its use is counted in: models of VS Code are metered by the request. */
	readonly countedIn: 'requests' | 'tokens';
}

/** What an id says by itself; nothing is looked up. */
export function describeModel(id: string): ModelDescription {
	const path = id.slice(id.indexOf(':') + 1);
	const slash = path.indexOf('/');
	const provider = path.slice(0, Math.max(0, slash));
	const name = path.slice(slash + 1);
	if (id.startsWith('vscode:')) return { kind: 'vscode', name, provider, countedIn: 'requests' };
	if (id.startsWith('openai:')) return { kind: 'endpoint', name, provider, countedIn: 'tokens' };
	if (id.endsWith('.gguf')) return plain('file', id.split(/[\\/]/).at(-1) ?? id);
	if (id.startsWith('embedded:')) return plain('embedded', path);
	if (id.startsWith('replay:')) return plain('replay', path);
	return plain('unknown', id);
}

function plain(kind: ModelDescription['kind'], name: string): ModelDescription {
	return { kind, name, provider: '', countedIn: 'tokens' };
}
