/**
 * Whether the grader of `retrosynthesis` knows equal sets of reactants from unequal ones: pairs that are equal or unequal
 * by how they were made, from USPTO-50k. Needs FLEX_DATASETS; fetches RDKit where it is missing. No model.
 */
import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { hashSeed, seededRandom, shuffled } from '../src/core/random.js';
import type { Chemistry } from '../src/core/tasks/chemistry.js';
import { retrosynthesis } from '../src/core/tasks/retrosynthesis.js';
import type { Grade, Problem, ProblemSet, Verdict } from '../src/core/tasks/task.js';
import { openChemistry } from '../src/providers/chemistry.js';
import { ensureComponent, flexHome } from '../src/providers/components.js';
import { loadRdkit } from '../src/providers/rdkit.js';
import { Rewriter } from './support/rewriter.js';
import { type Change, changes } from './support/smilesChanges.js';

const each = 1_000;
const wantedAgreement = 0.995;
const seed = 1;

interface Pair {
	readonly kind: string;
	readonly expected: string;
	readonly given: string;
	readonly equal: boolean;
}

interface Disagreement extends Pair {
	readonly verdict: Verdict;
	readonly detail: string;
}

const problemSet: ProblemSet = {
	...{ name: 'pairs', kind: 'retrosynthesis', description: '', levels: 'flat', source: '' },
	...{ grader: {}, exploration: {}, rendering: {}, splits: {}, sha256: {} },
};

async function main(): Promise<number> {
	const texts = readTexts(process.env.FLEX_DATASETS);
	if (!texts) {
		console.error('Set FLEX_DATASETS to a folder that has uspto50k/train_500.jsonl and uspto50k/test_500.jsonl.');
		return 2;
	}
	const component = await ensureComponent('rdkit', {
		home: flexHome(process.env),
		componentsFolder: resolve('components'),
		onProgress: (text) => console.error(text),
	});
	const rewriter = new Rewriter(await loadRdkit(component));
	const chemistry = openChemistry({
		workerFile: join(process.cwd(), 'dist/chemistryWorker.js'),
		component: async () => component,
	});
	const pairs = [...equalPairs(texts, rewriter), ...unequalPairs(texts, rewriter)];
	const disagreements: Disagreement[] = [];
	const started = performance.now();
	for (const pair of pairs) {
		const { verdict, detail } = await graded(pair, chemistry);
		if (verdict !== (pair.equal ? 'correct' : 'incorrect')) disagreements.push({ ...pair, verdict, detail });
	}
	const msPerPair = (performance.now() - started) / pairs.length;
	await chemistry.close();
	const agreement = 1 - disagreements.length / pairs.length;
	show(pairs, disagreements, agreement, msPerPair);
	return agreement < wantedAgreement ? 1 : 0;
}

/** The reactants and the product of each reaction; undefined where the data is not there. */
function readTexts(folder = ''): readonly string[] | undefined {
	const files = ['train_500.jsonl', 'test_500.jsonl'].map((name) => join(folder, 'uspto50k', name));
	if (!files.every((file) => existsSync(file))) return undefined;
	return files.flatMap((file) => readFileSync(file, 'utf8').split('\n').filter(Boolean).flatMap(textsOf));
}

function textsOf(line: string): readonly string[] {
	const { question, answer }: { readonly question: string; readonly answer: string } = JSON.parse(line);
	return [answer, question];
}

/** The same molecules, written anew by one way or another, in another order. */
function equalPairs(texts: readonly string[], rewriter: Rewriter): readonly Pair[] {
	const made: Pair[] = [];
	for (let at = 0; made.length < each; at++) {
		const expected = texts[at % texts.length] ?? '';
		const random = seededRandom(hashSeed(seed, 'equal', at));
		const way = rewriter.ways[at % rewriter.ways.length];
		const parts = shuffled(expected.split('.'), random).map((part) => way?.write(part, random));
		if (!way || parts.includes(undefined)) continue;
		made.push({ kind: way.name, expected, given: parts.join('.'), equal: true });
	}
	return made;
}

/** One thing changed in one molecule, and then written anew, so that no text gives it away; as many of each kind as there are. */
function unequalPairs(texts: readonly string[], rewriter: Rewriter): readonly Pair[] {
	const byKind = changes.map((change) => pairsOf(change, texts, rewriter));
	const made: Pair[] = [];
	while (made.length < each) {
		const found = byKind.map((kind) => kind.next()).filter(({ done }) => done !== true);
		if (found.length === 0) throw new RangeError('The data has too few molecules.');
		for (const { value } of found) if (value) made.push(value);
	}
	return made.slice(0, each);
}

function* pairsOf(change: Change, texts: readonly string[], rewriter: Rewriter): Generator<Pair> {
	const random = seededRandom(hashSeed(seed, change.name));
	for (const expected of shuffled(texts, random)) {
		const changed = change.make(expected, random, rewriter);
		const given = changed && rewriter.rooted(changed, random);
		if (given) yield { kind: change.name, expected, given, equal: false };
	}
}

function graded({ expected, given }: Pair, chemistry: Chemistry): Promise<Grade> {
	const problem: Problem = { id: 'pair', question: 'C', answer: expected, extra: {} };
	const text = `Answer: ${given}`;
	const attempt = { text, answer: retrosynthesis.extract(text, problemSet) };
	return retrosynthesis.grade(problem, attempt, problemSet, { chemistry }, new AbortController().signal);
}

function show(
	pairs: readonly Pair[],
	disagreements: readonly Disagreement[],
	agreement: number,
	msPerPair: number,
): void {
	const kinds = [...new Set(pairs.map(({ kind }) => kind))].map((kind) => {
		const own = pairs.filter((pair) => pair.kind === kind);
		const wrong = disagreements.filter((pair) => pair.kind === kind).length;
		return { kind, equal: own[0]?.equal, pairs: own.length, agree: own.length - wrong };
	});
	if (process.argv.includes('--json')) {
		console.log(JSON.stringify({ agreement, seed, msPerPair, kinds, disagreements }));
	} else {
		for (const { kind, equal, pairs: count, agree } of kinds) {
			console.log(`${equal ? 'equal  ' : 'unequal'}  ${kind.padEnd(34)} ${agree} of ${count}`);
		}
		for (const { kind, expected, given, verdict, detail } of disagreements) {
			console.log(`\n${kind}: graded ${verdict}. ${detail}\n  expected ${expected}\n  given    ${given}`);
		}
		console.log(
			`\n${(agreement * 100).toFixed(2)} % of ${pairs.length} pairs agree (seed ${seed}; ${msPerPair.toFixed(1)} ms a pair).`,
		);
	}
}

void main().then((code) => {
	process.exitCode = code;
});
