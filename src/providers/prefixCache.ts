/** Chooses which of a few cached prompts a new prompt continues, so that a fixed beginning is read only once. */

/** What is known of one cached prompt; `Slot` is whatever holds it. */
export interface CachedPrompt {
	/** Tokens that are cached, in order. */
	readonly tokens: readonly number[];
	/** How many of its first tokens are expected to come again. */
	readonly worth: number;
	/** Number of the request that used it last; 0 where none has. */
	readonly usedAt: number;
}

/** A prompt that nobody continued for so many requests is worth nothing any more. */
const staleAfter = 32;

/** How many of its first tokens `cached` and `tokens` share; at most all but the last, which must be read to go on. */
export function sharedPrefix(cached: readonly number[], tokens: readonly number[]): number {
	const longest = Math.min(cached.length, tokens.length - 1);
	let length = 0;
	while (length < longest && cached[length] === tokens[length]) length++;
	return length;
}

/**
 * The index of the prompt to continue: where most is gained, counting what is lost when a longer proven beginning is
 * written over. Among equals the one that was used the longest time ago.
 * @param request number of this request, counted from 1
 */
export function choosePrompt(prompts: readonly CachedPrompt[], tokens: readonly number[], request: number): number {
	const ranked = prompts
		.map((prompt, index) => ({ index, gain: gainOf(prompt, tokens, request), usedAt: prompt.usedAt }))
		.sort((a, b) => b.gain - a.gain || a.usedAt - b.usedAt);
	return ranked[0]?.index ?? 0;
}

/**
 * What the prompt is worth after `tokens` were put in, of which `shared` were there already: as much as came again, or
 * half of a beginning that nobody has asked for a second time.
 */
export function worthOf(tokens: readonly number[], shared: number, before: CachedPrompt): number {
	return before.usedAt === 0 || shared < before.worth / 2 ? Math.floor(tokens.length / 2) : shared;
}

function gainOf({ tokens: cached, worth, usedAt }: CachedPrompt, tokens: readonly number[], request: number): number {
	const shared = sharedPrefix(cached, tokens);
	const lost = request - usedAt > staleAfter ? 0 : Math.max(0, worth - shared);
	return shared - lost;
}
