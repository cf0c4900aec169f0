/**
 * How sure hints are, and how fast: what is found at labelled places, what is shown in files that have nothing to do
 * with the library, and the time of a hover, of a whole file and of a change at 10,000 experiences.
 */
import { blankExperience, type Experience } from '../src/core/experience/experience.js';
import { experienceId } from '../src/core/experience/ids.js';
import { codeWords } from '../src/core/hints/codeWords.js';
import type { CodeDocument } from '../src/core/hints/fileHints.js';
import { hintsAround, hintsOfRange } from '../src/core/hints/fileHints.js';
import { HintIndex } from '../src/core/hints/hintIndex.js';
import { seededRandom } from '../src/core/random.js';
import { type Half, halves, linesOf, readLibrary, readPlaces } from './hints/labelled.js';
import { readUnrelated } from './hints/unrelated.js';
import { newWord } from './support/corpus.js';
import { cpuTimed, quantile, reporter } from './support/measure.js';

/** Hints that a hover shows. */
const mostShown = 3;
const experiences = 10_000;
const longFile = 5000;
/** Words that a made-up project has names of. */
const vocabulary = 4000;

/** By how ordinary they are: each row is as frequent as the next one, and twice as long. */
const ordinary = Object.values(codeWords).map((row) => row.split(' ').filter((word) => /^[a-z]{3,}$/u.test(word)));

const report = reporter(process.argv.slice(2));
const library = readLibrary();

function measureLabelled(half: Half): void {
	const index = indexOf(library);
	let [wanted, found, shown, right] = [0, 0, 0, 0];
	for (const place of readPlaces().filter((one) => one.half === half)) {
		const ids = hintsAround(index, place.document, place.line)
			.slice(0, mostShown)
			.map(({ experience }) => experience.id);
		const hits = ids.filter((id) => place.expected.includes(id)).length;
		wanted += place.expected.length;
		found += hits;
		shown += ids.length;
		right += hits;
	}
	report({ name: `recall at labelled places, ${half}`, value: (100 * found) / wanted, unit: '%', n: wanted });
	report({ name: `precision at labelled places, ${half}`, value: (100 * right) / shown, unit: '%', n: shown });
}

/** Scopes are taken by their languages alone: other people's folders are called otherwise. */
function measureUnrelated(half: Half): void {
	const { documents, missing } = readUnrelated(half);
	for (const name of missing) console.error(`skipped: ${name} can't be had; check the network or FLEX_REPOS.`);
	if (documents.length === 0) return;
	const index = indexOf(library.map(withoutGlobs));
	const hints = documents.reduce((sum, document) => sum + new Set(hintsOf(index, document)).size, 0);
	const value = (50 * hints) / documents.length;
	report({ name: `hints in 50 unrelated files, ${half}`, value, unit: 'hints', n: documents.length });
}

function hintsOf(index: HintIndex, document: CodeDocument): readonly string[] {
	const range = { first: 0, last: document.lines.count - 1 };
	return hintsOfRange(index, document, range).map(({ experience }) => experience.id);
}

function withoutGlobs(experience: Experience): Experience {
	const { scope } = experience;
	return scope?.languages?.length ? { ...experience, scope: { ...scope, globs: [] } } : experience;
}

function measureTime(): void {
	const random = seededRandom('hints');
	const project = Array.from({ length: experiences }, (_, at) => projectExperience(at, random));
	const index = new HintIndex();
	const built = cpuTimed(() => {
		for (const experience of project) index.put(experience);
	});
	report({ name: `build, ${experiences} experiences`, value: built.ms, unit: 'ms CPU', n: 1 });
	const document = projectFile(random);
	hintsAround(index, document, 0);
	const hovers = Array.from({ length: 500 }, () => {
		const line = Math.floor(random() * longFile);
		return cpuTimed(() => hintsAround(index, document, line)).ms;
	});
	const screens = Array.from({ length: 200 }, () => {
		const first = Math.floor(random() * (longFile - 60));
		return cpuTimed(() => hintsOfRange(index, document, { first, last: first + 60 })).ms;
	});
	const pieces = Array.from({ length: longFile / 150 }, (_, at) => {
		const first = at * 150;
		return cpuTimed(() => hintsOfRange(index, document, { first, last: first + 149 })).ms;
	});
	const files = Array.from({ length: 30 }, () => cpuTimed(() => hintsOf(index, document)).ms);
	const changes = project.slice(0, 200).map((experience) => cpuTimed(() => index.put(experience)).ms);
	const kinds = [
		['hover', hovers],
		['marks of a screen', screens],
		['lenses, one piece of 150 lines', pieces],
		['lenses of a whole file, all pieces', files],
		['a changed experience', changes],
	] as const;
	for (const [name, times] of kinds) {
		for (const p of [0.5, 0.99]) {
			const value = quantile(times, p);
			report({ name: `${name}, ${experiences} experiences, p${p * 100}`, value, unit: 'ms CPU', n: times.length });
		}
	}
}

/** Of a large project: a pitfall of a function or two, in words that come again in others. */
function projectExperience(at: number, random: () => number): Experience {
	const word = (): string => wordOf(random);
	const name = (): string => nameOf(random);
	const sources = [{ set: 'captured', problem: String(at) }];
	return blankExperience(experienceId('hints', String(at), 'warning', 0), {
		title: `${word()} ${word()} loses the ${word()}`,
		when: { text: `Calling \`${name()}\` for a ${word()} before the ${word()} is written`, sources },
		strategy: {
			text: `Use \`${name()}\` instead, and wait for the ${word()}; the ${word()} ${word()} otherwise.`,
			sources,
		},
		scope: { languages: ['typescript'], ...(at % 3 === 0 ? { globs: [`src/${word()}/**`] } : {}) },
	});
}

function projectFile(random: () => number): CodeDocument {
	const name = (): string => nameOf(random);
	const body = (line: number): string =>
		line % 25 === 0
			? `export function ${name()}(${wordOf(random)}: string): void {`
			: line % 25 === 23
				? '}'
				: line % 25 === 24
					? ''
					: `\tconst ${wordOf(random)} = await ${name()}(${wordOf(random)}, ${wordOf(random)});`;
	const text = Array.from({ length: longFile }, (_, line) => body(line)).join('\n');
	return { file: { language: 'typescript', path: 'src/project.ts' }, lines: linesOf(text), findings: [] };
}

/** Seven of ten words of a project are those of all code. */
function wordOf(random: () => number): string {
	if (random() < 0.3) return newWord(Math.floor(vocabulary ** random()));
	const words = ordinary[Math.floor(random() * ordinary.length)] ?? [];
	return words[Math.floor(random() * words.length)] ?? 'value';
}

function nameOf(random: () => number): string {
	const [first, ...rest] = Array.from({ length: 3 }, () => wordOf(random));
	return [first, ...rest.map((word) => word.charAt(0).toUpperCase() + word.slice(1))].join('');
}

function indexOf(some: readonly Experience[]): HintIndex {
	const index = new HintIndex();
	for (const experience of some) index.put(experience);
	return index;
}

for (const half of halves) measureLabelled(half);
for (const half of halves) measureUnrelated(half);
measureTime();
