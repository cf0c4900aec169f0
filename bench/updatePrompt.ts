/** How large one update's prompt is as the library grows; the peer's prompt holds every entry of the partition. */
import { ruleLines } from '../src/core/experience/rendering.js';
import { updatePrompt } from '../src/core/learning/prompts/update.js';
import { estimatePrompt, estimateTokens } from '../src/core/models/tokenEstimate.js';
import { MemoryStore } from '../src/core/retrieval/memoryStore.js';
import { growLibrary, readCorpus } from './support/corpus.js';
import { quantile, reporter } from './support/measure.js';

const sizes = [10, 100, 1000];
const candidates = 10;
const neighbours = 8;
const budgetTokens = 4000;

const report = reporter(process.argv.slice(2));
const grown = growLibrary(readCorpus(), Math.max(...sizes) + candidates);
const fresh = grown.slice(-candidates);
let smallest: number | undefined;

void measure();

async function measure(): Promise<void> {
	for (const size of sizes) {
		const store = new MemoryStore({ clock: () => '2026-01-01T00:00:00.000Z' });
		const stored = grown.slice(0, size);
		await store.apply(stored.map((experience) => ({ change: { op: 'insert', experience }, by: 'user' })));
		const prompts: number[] = [];
		for (const candidate of fresh) {
			const found = await store.neighbours(candidate, neighbours);
			const shown = found.map((neighbour) => neighbour.experience);
			prompts.push(estimatePrompt(updatePrompt(candidate, shown, budgetTokens)));
		}
		const value = quantile(prompts, 0.5);
		smallest ??= value;
		// All grown experiences are in one zone, and the peer's prompt holds all entries of a zone.
		const whole = stored.reduce((sum, experience) => sum + estimateTokens(ruleLines(experience).join('\n')), 0);
		report({
			name: `update prompt at ${size} experiences`,
			value,
			unit: 'tokens',
			peer: whole,
			ratio: whole / value,
			n: candidates,
		});
		report({ name: `growth since ${sizes[0]} experiences`, value: value / smallest, unit: '×', n: candidates });
	}
}
