/** The tool `give_experience_feedback`: whether an experience helped, and how the task ended. */
import * as v from 'valibot';
import type { LibraryDesk } from './libraryDesk.js';
import { type LibraryTool, ToolCallError } from './tool.js';

/** Characters. */
const longestNote = 1_000;

const argumentsSchema = v.object({
	// Copied from a text in which it stands in brackets.
	id: v.pipe(
		v.string(),
		v.trim(),
		v.transform((id) => id.replace(/^\[(.*)\]$/su, '$1')),
		v.nonEmpty(),
		v.maxLength(128),
	),
	helpful: v.boolean(),
	solved: v.optional(v.boolean()),
	note: v.optional(v.pipe(v.string(), v.trim(), v.maxLength(longestNote))),
});

export function giveFeedback(desk: LibraryDesk, name: (plain: string) => string): LibraryTool {
	const own = name('give_experience_feedback');
	return {
		title: 'Give feedback on experience',
		readsOnly: false,
		definition: {
			name: own,
			description: descriptionOf(name),
			parameters: {
				type: 'object',
				properties: {
					id: { type: 'string', description: 'The id that stands in brackets before the experience.' },
					helpful: { type: 'boolean', description: 'True where it brought you forward, false where it misled you.' },
					solved: {
						type: 'boolean',
						description:
							'Whether the task was solved in the end, as a test, a check or a person said. Leave out where nobody knows.',
					},
					note: {
						type: 'string',
						maxLength: longestNote,
						description: 'In a sentence, what was right or wrong about it; a person reads it.',
					},
				},
				required: ['id', 'helpful'],
				additionalProperties: false,
			},
		},
		async run(args, signal) {
			const given = v.safeParse(argumentsSchema, args);
			if (!given.success) {
				throw new ToolCallError(
					`${own} takes {"id": "…", "helpful": true or false, "solved"?: true or false, "note"?: "…"} with a note of ${longestNote} characters at most; call it again like that.`,
				);
			}
			signal.throwIfAborted();
			const { id, helpful, solved } = given.output;
			await desk.feedback(given.output);
			const counted = solved === undefined ? '' : ` A use of it was counted, ${solved ? '' : 'not '}solved.`;
			return `Noted that [${id}] ${helpful ? 'helped' : 'did not help'}.${counted}`;
		},
	};
}

function descriptionOf(name: (plain: string) => string): string {
	return `Says whether an experience that ${name('search_experience')} gave you helped with the task, so that people see which entries earn their place.
Use it once for each experience that you really used, when the task is over. Do not use it for entries that you only read, or to praise the library.
An experience that misled you is worth more words than one that helped: say in the note what was wrong or out of date. Nothing is changed or removed by this; people do that.
What comes back is a sentence that it was noted, or that there is no such experience. Nothing is written where the workspace is not trusted.`;
}
