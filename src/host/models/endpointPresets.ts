/** The endpoints that people use most, and the checks of what they type for another one. */

export interface EndpointPreset {
	/** What the endpoint is called in the settings, unless the user says otherwise. */
	readonly name: string;
	/** Its name for people. */
	readonly title: string;
	/** Up to and with `/v1`; left out where each user has another. */
	readonly baseUrl?: string;
	/** What such a URL looks like. */
	readonly example?: string;
	readonly key: 'none' | 'needed' | 'maybe';
	/** Whether it runs on this machine and can be looked for. */
	readonly local: boolean;
}

export const endpointPresets: readonly EndpointPreset[] = [
	{ name: 'ollama', title: 'Ollama', baseUrl: 'http://127.0.0.1:11434/v1', key: 'none', local: true },
	{ name: 'lmstudio', title: 'LM Studio', baseUrl: 'http://127.0.0.1:1234/v1', key: 'none', local: true },
	{ name: 'openrouter', title: 'OpenRouter', baseUrl: 'https://openrouter.ai/api/v1', key: 'needed', local: false },
	{
		name: 'azure',
		title: 'Azure OpenAI',
		example: 'https://<resource>.openai.azure.com/openai/v1',
		key: 'needed',
		local: false,
	},
	{ name: 'openai', title: 'OpenAI', baseUrl: 'https://api.openai.com/v1', key: 'needed', local: false },
];

/** The last row of the list: any other endpoint. */
export const otherEndpoint: EndpointPreset = {
	name: 'my-endpoint',
	title: '',
	example: 'http://127.0.0.1:8000/v1',
	key: 'maybe',
	local: false,
};

/** What is wrong with the name of an endpoint: it is part of model ids. */
export function nameTrouble(name: string): 'form' | undefined {
	return /^[\w][\w.-]{0,63}$/.test(name) ? undefined : 'form';
}

/** What is wrong with a base URL. */
export function urlTrouble(text: string): 'no-url' | 'placeholder' | 'credentials' | undefined {
	if (/[<>]/.test(text)) return 'placeholder';
	if (!URL.canParse(text)) return 'no-url';
	const url = new URL(text);
	if (!/^https?:$/.test(url.protocol)) return 'no-url';
	return url.username || url.password || url.search ? 'credentials' : undefined;
}

/** A key travels unencrypted over plain HTTP, except within this machine. */
export function leaksKey(baseUrl: string): boolean {
	const { protocol, hostname } = new URL(baseUrl);
	const local = hostname === 'localhost' || hostname === '[::1]' || /^127\./.test(hostname);
	return protocol === 'http:' && !local;
}
