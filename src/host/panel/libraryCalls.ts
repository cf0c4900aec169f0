/** What the library browser reads: pages of the list, one experience, its history and its neighbours, and growth. */
import { formDifference } from '../../core/experience/difference.js';
import { type Experience, sourcesOf } from '../../core/experience/experience.js';
import type { Revision } from '../../core/experience/store.js';
import { similarityThresholds } from '../../core/retrieval/nearDuplicates.js';
import type {
	BrowsePage,
	DiffLine,
	EvidenceInfo,
	ExperiencePage,
	RevisionInfo,
	SourceInfo,
} from '../../protocol/library.js';
import type { Evidence } from '../evidence.js';
import { authorText } from '../revisionTexts.js';
import type { Services } from '../services.js';
import { cutExperience } from './cutTexts.js';
import { hasMolecules } from './moleculeCalls.js';
import type { Handlers } from './panel.js';
import type { RunNames } from './runNames.js';
import { type Shelf, shelfInfos, shelfOf } from './shelves.js';

type Reading = 'shelves' | 'browse' | 'experience' | 'neighbours' | 'history' | 'growth';

/** Neighbours that are shown. */
const mostNeighbours = 8;

export function libraryHandlers(services: Services, names: RunNames, evidence: Evidence): Pick<Handlers, Reading> {
	return {
		shelves: () => shelfInfos(services),
		browse: async (params) => {
			const shelf = await shelfOf(services, params.shelf);
			const utility = await evidence.summary(shelf.folder);
			const answer = await shelf.library.browse({ ...params, utility });
			return { ...answer, runNames: await runNames(names, shelf, answer) };
		},
		experience: async ({ shelf: key, id }) => {
			const shelf = await shelfOf(services, key);
			const [experience] = await shelf.library.get([id]);
			return experience ? pageOf(services, names, evidence, shelf, experience) : null;
		},
		neighbours: async ({ shelf: key, id }) => {
			const { library } = await shelfOf(services, key);
			const [experience] = await library.get([id]);
			if (!experience) return [];
			const found = await library.neighbours(experience, mostNeighbours);
			return found.map(({ experience: { id: other, title, zone, status, rev }, similarity }) => {
				const duplicate = similarity >= similarityThresholds.nearDuplicate;
				return { id: other, title, zone, status, rev, similarity, duplicate };
			});
		},
		history: async ({ shelf: key, id }) => {
			const { library } = await shelfOf(services, key);
			const revisions = await library.history(id);
			return revisions.map((revision, at) => revisionInfo(revision, revisions[at - 1])).reverse();
		},
		growth: async ({ shelf: key }) => {
			const shelf = await shelfOf(services, key);
			const { growthOf } = await import('../../runs/growth.js');
			const { points, runs } = growthOf(await shelf.library.list());
			const named = runs.map(async ({ run, count, to }) => ({
				run: names.isHere(shelf.folder, run) ? run : '',
				name: await names.of(shelf.folder, run),
				count,
				at: to,
			}));
			return { points, runs: await Promise.all(named) };
		},
	};
}

async function runNames(
	names: RunNames,
	{ folder }: Shelf,
	{ facets }: Pick<BrowsePage, 'facets'>,
): Promise<BrowsePage['runNames']> {
	const entries = facets.run.map(async ({ value }) => [value, await names.of(folder, value)] as const);
	return Object.fromEntries(await Promise.all(entries));
}

async function pageOf(
	services: Services,
	names: RunNames,
	evidence: Evidence,
	shelf: Shelf,
	experience: Experience,
): Promise<ExperiencePage> {
	const uses = (await shelf.library.uses([experience.id])).get(experience.id);
	const { shown, cut } = cutExperience(experience);
	const { run } = experience.origin;
	return {
		experience: shown,
		cut,
		uses: uses ?? { used: 0, solved: 0, helpful: 0, unhelpful: 0 },
		evidence: await evidenceInfo(evidence, shelf, experience.id),
		sources: await sourceInfos(services, experience),
		runName: run === '' ? '' : await names.of(shelf.folder, run),
		runHere: names.isHere(shelf.folder, run),
		readOnly: shelf.readOnly,
		molecules: await hasMolecules(services.problemSets, experience.origin.set),
	};
}

async function evidenceInfo(evidence: Evidence, { folder }: Shelf, id: string): Promise<EvidenceInfo | undefined> {
	const found = (await evidence.of(folder)).get(id);
	if (!found) return undefined;
	const { basis, utility, effect, verdict, pairs, withheld } = found;
	const { helped, hurt } = utility;
	const interval = basis === 'withheld' ? withheld?.interval : utility.interval;
	const drawn = withheld ?? null;
	return { basis, effect, verdict, helped, hurt, pairs: utility.pairs, interval, drawn, list: pairs };
}

/** More are not looked up: an experience of so many problems is read for what it says. */
const mostSources = 200;

async function sourceInfos({ problemSets }: Services, experience: Experience): Promise<readonly SourceInfo[]> {
	const sets = await problemSets.list();
	const known = new Map<string, ReadonlySet<string>>();
	for (const found of sets) {
		// A set that can't be read now has no problems that could be opened.
		const loaded = await problemSets.load(found).catch(() => undefined);
		const problems = [...(loaded?.splits.train ?? []), ...(loaded?.splits.dev ?? [])];
		if (loaded) known.set(loaded.name, new Set(problems.map(({ id }) => id)));
	}
	return sourcesOf(experience)
		.slice(0, mostSources)
		.map(({ set, problem }) => ({ set, problem, here: known.get(set)?.has(problem) ?? false }));
}

function revisionInfo(
	{ rev, op, by, at, reason = '', experience }: Revision,
	before: Revision | undefined,
): RevisionInfo {
	const diff = before ? diffLines(before.experience, experience) : [];
	return { rev, op, by: authorText(by), at, reason, diff };
}

/** The edit forms of both, line by line. */
export function diffLines(before: Experience, after: Experience): readonly DiffLine[] {
	const kinds = { ' ': 'same', '+': 'added', '-': 'removed' } as const;
	return formDifference(cutExperience(before).shown, cutExperience(after).shown).map(({ sign, text }) => ({
		kind: kinds[sign],
		text,
	}));
}
