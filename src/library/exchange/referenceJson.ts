/** The reference implementation's library files, version "2.0" and the bare lists before it: read and written. */
import { type Experience, type Zone, zones } from '../../core/experience/experience.js';
import { ExperienceError } from '../../core/experience/validation.js';
import type { Oddity } from './entryReader.js';
import { ExchangeError } from './exchangeError.js';
import { parseJsonText } from './jsonText.js';
import { joinMethod, splitMethod } from './methodText.js';
import { readEntry } from './referenceEntry.js';
import { isObject, type Original, readOriginal } from './referenceOriginal.js';

export interface ReferenceImport {
	/** All quarantined; an entry that was cut is several. */
	readonly experiences: readonly Experience[];
	readonly report: ReferenceReport;
}

/** What the file held, counted as it stood there. */
export interface ReferenceReport {
	/** `list` for the older form. */
	readonly version: string;
	readonly entries: number;
	readonly patterns: number;
	/** Entries with more than 16 rules, cut in order into linked parts. */
	readonly cut: readonly { readonly entry: string; readonly patterns: number; readonly parts: number }[];
	readonly odd: readonly Oddity[];
	/** Entries that could not be used, and why. */
	readonly skipped: readonly { readonly entry: string; readonly why: string }[];
	/** What was missing or not kept on the level of the file. */
	readonly notes: readonly string[];
}

export interface ReferenceOptions {
	/** Shown in messages and kept as the origin. */
	readonly name: string;
	/** The time of import, ISO 8601 UTC. */
	readonly at: string;
}

interface Partition {
	readonly zone: Zone | undefined;
	readonly name: string;
	readonly entries: readonly unknown[];
}

/**
 * @param text the file's whole text
 * @throws {ExchangeError} where it is no JSON, or no library
 */
export function readReferenceJson(text: string, { name, at }: ReferenceOptions): ReferenceImport {
	const file = parseJsonText(text, name);
	const { version, partitions, notes } = partitionsOf(file, name);
	const set = name.replace(/^.*[\\/]/, '').replace(/\.json$/i, '');
	const experiences = new Map<string, Experience>();
	const report: Counts = { entries: 0, patterns: 0, cut: [], odd: [], skipped: [] };
	for (const { zone, name: partition, entries } of partitions) {
		for (const [index, entry] of entries.entries()) {
			const place = `${partition}[${index}]`;
			report.entries += 1;
			try {
				const read = readEntry(entry, { place, zone, file: name, set, at });
				report.patterns += read.rules;
				report.odd.push(...read.odd);
				if (read.experiences.some(({ id }) => experiences.has(id))) {
					report.skipped.push({ entry: place, why: 'says the same as an earlier entry' });
					continue;
				}
				if (read.experiences.length > 1) {
					report.cut.push({ entry: place, patterns: read.rules, parts: read.experiences.length });
				}
				for (const experience of read.experiences) experiences.set(experience.id, experience);
			} catch (error) {
				if (!(error instanceof ExperienceError)) throw error;
				report.skipped.push({ entry: place, why: error.message });
			}
		}
	}
	return { experiences: [...experiences.values()], report: { version, ...report, notes } };
}

interface Counts {
	entries: number;
	patterns: number;
	readonly cut: { entry: string; patterns: number; parts: number }[];
	readonly odd: Oddity[];
	readonly skipped: { entry: string; why: string }[];
}

function partitionsOf(
	file: unknown,
	name: string,
): { readonly version: string; readonly partitions: readonly Partition[]; readonly notes: readonly string[] } {
	if (Array.isArray(file)) {
		return { version: 'list', partitions: [{ zone: undefined, name: 'list', entries: file }], notes: [] };
	}
	if (!isObject(file) || !isObject(file.library)) {
		const message = `${name} is JSON, but no library: it has neither a field "library" with golden, warning and mixed nor a list of entries. Is it the right file?`;
		throw new ExchangeError('not-a-library', message);
	}
	const { library } = file;
	const notes: string[] = [];
	const partitions = zones.flatMap((zone): Partition[] => {
		const entries = library[zone];
		if (Array.isArray(entries)) return [{ zone, name: zone, entries }];
		notes.push(entries === undefined ? `There is no partition "${zone}".` : `Partition "${zone}" is not a list.`);
		return [];
	});
	const strange = Object.keys(library).filter((key) => !zones.some((zone) => zone === key));
	if (strange.length > 0) notes.push(`Unknown partitions were left out: ${strange.join(', ')}.`);
	const version = typeof file.version === 'string' ? file.version : 'unknown';
	if (version !== '2.0') notes.push(`The file says version ${version}; it was read as 2.0.`);
	return { version, partitions, notes };
}

/** An entry as it stands in a file. */
interface ReferenceEntry {
	readonly method: unknown;
	readonly rules: readonly { readonly rule: string; readonly examples: readonly string[] }[];
	readonly revised_trajectory: string;
	readonly memory_type: Zone;
	readonly problem_category: unknown;
	readonly priority: number;
	readonly created_at: unknown;
	readonly usage_count: unknown;
	readonly last_used: unknown;
}

/**
 * The library as the reference writes it. Parts of a cut entry become one entry again; an entry that was imported gets
 * back its own form, times and usage.
 * @param at ISO 8601 UTC
 */
export function writeReferenceJson(experiences: readonly Experience[], at: string): string {
	const byId = new Map(experiences.map((experience) => [experience.id, experience]));
	const library: Record<Zone, ReferenceEntry[]> = { golden: [], warning: [], mixed: [] };
	for (const experience of experiences) {
		const original = readOriginal(experience.origin.original);
		if ((original?.part ?? 0) > 0 && experience.links.some((link) => link.kind === 'part' && byId.has(link.id)))
			continue;
		library[experience.zone].push(entryOf(experience, partsOf(experience, original, byId), original));
	}
	const weights = { golden: 1.0, warning: 0.8, mixed: 0.9 };
	const file = { version: '2.0', created_at: localTime(at), library, config: { retrieval_weights: weights } };
	return `${JSON.stringify(file, undefined, 2)}\n`;
}

/** The experience and the later parts of its entry, in order. */
function partsOf(
	experience: Experience,
	original: Original | undefined,
	byId: ReadonlyMap<string, Experience>,
): readonly Experience[] {
	if (original?.part !== 0) return [experience];
	const later = experience.links.flatMap((link) => (link.kind === 'part' ? (byId.get(link.id) ?? []) : []));
	return [experience, ...later];
}

function entryOf(experience: Experience, parts: readonly Experience[], original: Original | undefined): ReferenceEntry {
	return {
		method: methodOf(experience, original),
		rules: parts.flatMap(({ patterns }) => patterns.map(({ rule, examples }) => ({ rule, examples }))),
		revised_trajectory: experience.cases.map(trajectoryOf).join('\n\n'),
		memory_type: experience.zone,
		problem_category: original?.problem_category ?? experience.domains[0] ?? '',
		priority: experience.priority,
		created_at: original?.created_at ?? localTime(experience.createdAt),
		usage_count: original?.usage_count ?? 0,
		last_used: original?.last_used ?? null,
	};
}

function methodOf({ title, when, strategy }: Experience, original: Original | undefined): unknown {
	const { methodFields, lead } = original ?? {};
	if (methodFields && 'whole' in methodFields) return methodFields.whole;
	if (methodFields) {
		const { problem_category: category } = methodFields.fields;
		const unchanged = typeof category !== 'string' || category.trim() === when.text;
		const fields = unchanged ? methodFields.fields : { ...methodFields.fields, problem_category: when.text };
		return { ...fields, general_method: strategy.text };
	}
	if (!original) return joinMethod(title, when.text, strategy.text);
	// An edited condition no longer fits the words that stood there.
	const unchanged = lead === undefined ? when.text === '' : splitMethod(`${lead}.`).when === when.text;
	return unchanged ? `${lead ?? ''}${strategy.text}` : joinMethod(title, when.text, strategy.text);
}

function trajectoryOf({ question, answer, solution }: Experience['cases'][number]): string {
	if (question === '' && answer === '') return solution ?? '';
	const parts = [`Question: ${question}`, ...(solution ? [solution] : []), `Answer: ${answer}`];
	return parts.join('\n');
}

/** As the reference writes times: without a zone. */
function localTime(at: string): string {
	return at.replace(/Z$/, '');
}
