/** Which endpoints and models may be used where the workspace is not trusted: only those of the user's own settings. */

export type Endpoints = Readonly<Record<string, { readonly baseUrl: string }>>;

export interface ModelSettings {
	readonly endpoints: Endpoints;
	/** The ids that the roles have, those without one left out. */
	readonly ids: readonly string[];
}

export type Objection =
	| { readonly kind: 'unknown-endpoint'; readonly name: string }
	| { readonly kind: 'untrusted-endpoint'; readonly name: string }
	| { readonly kind: 'untrusted-model'; readonly id: string };

/**
 * Why the models that are wanted may not be opened; undefined where they may.
 * @param own what the user's own settings say, which no workspace can change
 */
export function objectionTo(wanted: ModelSettings, own: ModelSettings, trusted: boolean): Objection | undefined {
	for (const id of wanted.ids) {
		const name = endpointOf(id);
		if (name !== undefined) {
			const endpoint = entry(wanted.endpoints, name);
			if (!endpoint) return { kind: 'unknown-endpoint', name };
			if (!trusted && entry(own.endpoints, name)?.baseUrl !== endpoint.baseUrl) {
				return { kind: 'untrusted-endpoint', name };
			}
		} else if (!trusted && isPath(id) && !own.ids.includes(id)) {
			return { kind: 'untrusted-model', id };
		}
	}
	return undefined;
}

/** The endpoint's name in `openai:<endpoint>/<model>`. */
function endpointOf(id: string): string | undefined {
	if (!id.startsWith('openai:')) return undefined;
	const path = id.slice('openai:'.length);
	return path.slice(0, Math.max(0, path.indexOf('/')));
}

/** Ids that name a file on this machine. */
function isPath(id: string): boolean {
	return id.endsWith('.gguf') || id.startsWith('replay:') || /^embedded:.*[\\/]/.test(id);
}

function entry(endpoints: Endpoints, name: string): { readonly baseUrl: string } | undefined {
	return Object.hasOwn(endpoints, name) ? endpoints[name] : undefined;
}
