/** The tool `record_experience`: an agent proposes what it learned; a person decides whether that is kept. */
import * as v from 'valibot';
import { zones } from '../../experience/experience.js';
import type { LessonProposal, LibraryDesk, ProposalAnswer } from './libraryDesk.js';
import { type LibraryTool, ToolCallError } from './tool.js';

/** Sizes of a lesson that somebody will read and many prompts will hold; in characters, and entries of a list. */
const most = {
	title: 120,
	when: 400,
	strategy: 1_200,
	rule: 400,
	rules: 8,
	example: 4_000,
	tag: 60,
	tags: 10,
} as const;

const text = (longest: number) => v.pipe(v.string(), v.trim(), v.nonEmpty(), v.maxLength(longest));
const list = (longest: number, entries: number) => v.optional(v.pipe(v.array(text(longest)), v.maxLength(entries)), []);

const argumentsSchema = v.object({
	title: text(most.title),
	when: text(most.when),
	strategy: text(most.strategy),
	zone: v.optional(v.picklist(zones), 'golden'),
	rules: list(most.rule, most.rules),
	example: v.optional(v.object({ problem: text(most.example), solution: text(most.example) })),
	domains: list(most.tag, most.tags),
	languages: list(most.tag, most.tags),
	globs: list(most.tag * 2, most.tags),
	folder: v.optional(text(most.tag * 2)),
});

export function recordExperience(desk: LibraryDesk, name: (plain: string) => string): LibraryTool {
	const own = name('record_experience');
	return {
		title: 'Record experience',
		readsOnly: false,
		definition: { name: own, description: descriptionOf(name), parameters },
		async run(args, signal) {
			const proposal = proposalFrom(args, own);
			signal.throwIfAborted();
			return resultText(await desk.propose(proposal));
		},
	};
}

/** What the arguments propose. @throws {ToolCallError} where they can't be used */
export function proposalFrom(args: unknown, tool: string): LessonProposal {
	const given = v.safeParse(argumentsSchema, args, { abortEarly: true });
	if (given.success) {
		const { languages, globs, ...proposal } = given.output;
		const scope = {
			...(languages.length > 0 ? { languages } : {}),
			...(globs.length > 0 ? { globs } : {}),
		};
		return { ...proposal, ...(Object.keys(scope).length > 0 ? { scope } : {}) };
	}
	const [issue] = given.issues;
	const field = v.getDotPath(issue) ?? 'its arguments';
	throw new ToolCallError(`${tool} can't use ${field}: ${faultOf(issue)}. Mend that and call it again.`);
}

function faultOf({ type, received, requirement }: v.BaseIssue<unknown>): string {
	if (received === 'undefined') return 'it is missing';
	if (type === 'max_length') return `it is longer than ${String(requirement)}`;
	if (type === 'non_empty') return 'it is empty';
	if (type === 'picklist') return `it is none of ${zones.join(', ')}`;
	return `it is ${received}`;
}

function resultText({ id, written, alike, redacted, library }: ProposalAnswer): string {
	if (!written) return `[${id}] in the library of ${library} says this already, or nearly, so nothing was added.`;
	return [
		`Proposed as [${id}] to the library of ${library}. It waits for a person; no search finds it until it is accepted.`,
		alike === undefined ? '' : `It is much like [${alike}].`,
		redacted === 0 ? '' : 'What looked like a password or key was taken out of it.',
	]
		.filter((sentence) => sentence !== '')
		.join(' ');
}

function descriptionOf(name: (plain: string) => string): string {
	return `Proposes one lesson to the experience library of this workspace, where it waits until a person accepts, edits or rejects it. Until then nobody's search finds it.
Use it after a task taught something that will hold again here and is not obvious: a convention of this code base, the cause behind an error message and its fix, a trap, a way of solving a kind of problem. Search first with ${name('search_experience')}: what is known already needs no second entry.
Do not use it for a summary of what you did, for general knowledge, for guesses that nothing confirmed, or for anything that holds passwords, keys or private data.
One lesson a call, in general words: when it applies, then what to do. Do not name the one problem that taught it; that is what the example is for.
What comes back: the id of the proposal, and the id of an entry that says nearly the same, if there is one. Nothing is written where the workspace is not trusted.`;
}

const parameters = {
	type: 'object',
	properties: {
		title: { type: 'string', maxLength: most.title, description: 'The lesson in a few words, as a heading.' },
		when: {
			type: 'string',
			maxLength: most.when,
			description:
				'When it applies, so that it can be told from cases where it does not: "a test that mocks the clock".',
		},
		strategy: {
			type: 'string',
			maxLength: most.strategy,
			description: 'What to do then, or what to avoid, and why: one to three sentences.',
		},
		zone: {
			type: 'string',
			enum: zones,
			description:
				'golden: it worked (default); warning: it went wrong, and this says how to avoid it; mixed: it failed first and then worked.',
		},
		rules: {
			type: 'array',
			maxItems: most.rules,
			items: { type: 'string', maxLength: most.rule },
			description: 'Single rules under the strategy, each true by itself. Leave out where the strategy says it all.',
		},
		example: {
			type: 'object',
			properties: {
				problem: { type: 'string', maxLength: most.example, description: 'What was asked, or what failed.' },
				solution: { type: 'string', maxLength: most.example, description: 'What answered or mended it.' },
			},
			required: ['problem', 'solution'],
			additionalProperties: false,
			description: 'The case that taught it.',
		},
		domains: {
			type: 'array',
			maxItems: most.tags,
			items: { type: 'string', maxLength: most.tag },
			description: 'Topics to file it under, such as "build" or "dates".',
		},
		languages: {
			type: 'array',
			maxItems: most.tags,
			items: { type: 'string', maxLength: most.tag },
			description: 'Language ids of VS Code that it is limited to, such as "typescript". Leave out where it is not.',
		},
		globs: {
			type: 'array',
			maxItems: most.tags,
			items: { type: 'string', maxLength: most.tag * 2 },
			description: 'Files that it is limited to, as patterns such as "src/api/**". Leave out where it is not.',
		},
		folder: {
			type: 'string',
			description: 'Name of the workspace folder whose library it is for, where several are open.',
		},
	},
	required: ['title', 'when', 'strategy'],
	additionalProperties: false,
} as const;
