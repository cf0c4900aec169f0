/** What a model reads that is to say what a change of code, and the failure before it, teach about a project. */
import type { ChatMessage } from '../../models/chatModel.js';

export const capturePromptVersion = 1;

export interface CapturePromptInput {
	/** Failure and diff in short, without secrets. */
	readonly material: string;
	/** Whether something failed before the change. */
	readonly failed: boolean;
	readonly mostLessons: number;
}

const rules = [
	'You read a change that a developer made to a project and write down what the next developer should know.',
	'Each lesson is one of three kinds: "fix" (a mistake that was made, and what to do instead),',
	'"pitfall" (something to avoid in this code base), "convention" (how things are done in this code base).',
	'"title" names it in a few words. "when" says in which situation it helps, in general words.',
	'"advice" is one or two sentences: what to do and why, with the names of the functions, options or types that matter.',
	'Write only what the change shows. Do not describe the change itself, do not copy its lines, do not give advice that',
	'holds for every project ("write tests", "handle errors").',
];

const exampleMaterial = `What failed: make check
\`\`\`
Error: reading past the end of the frame (offset 512)
    at Frame.byteAt
\`\`\`

The change after which it passed:

codec/packets.ts (changed)
\`\`\`
@@ export function readPackets(frame: Frame): Packet[] {
-	while (offset < frame.capacity) {
+	while (offset < frame.filled) {
\`\`\``;

const exampleAnswer = {
	lessons: [
		{
			kind: 'fix',
			title: 'A frame is filled only in part',
			when: 'the bytes of a Frame are read in a loop',
			advice: 'Stop at filled, not at capacity: behind it lies what an earlier packet left there.',
		},
	],
};

/** One worked example of another project: small models take the form from it. */
export function capturePrompt({ material, failed, mostLessons }: CapturePromptInput): readonly ChatMessage[] {
	const many = mostLessons === 1 ? 'Write one lesson.' : `Write 1 to ${mostLessons} lessons, the most useful first.`;
	const about = failed ? 'Begin with the mistake behind the failure.' : '';
	return [
		{ role: 'system', content: [...rules, many, about, 'Answer with JSON.'].filter((line) => line !== '').join(' ') },
		{ role: 'user', content: exampleMaterial },
		{ role: 'assistant', content: JSON.stringify(exampleAnswer) },
		{ role: 'user', content: material },
	];
}
