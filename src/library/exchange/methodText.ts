/** Finds in the reference's `method` text what it is about and what to do, and puts the two together again. */

export interface MethodParts {
	/** What stands before the strategy, word for word, so that the whole can be restored. */
	readonly lead: string;
	/** What the problems have in common; empty where the text does not say. */
	readonly when: string;
	readonly strategy: string;
	readonly title: string;
}

const titleLength = 80;

/** "Problem Category: … General Method: …", in bold or not, on lines of their own or in one. */
const labelled =
	/^\s*\**\s*Problem\s+Category\s*\**\s*:\s*\**\s*(?<when>[\s\S]*?)\s*\**\s*\b(?:Correct\s+)?(?:General\s+)?Method(?:ology)?\s*\**\s*:\s*\**[ \t]*\n?/i;

const label = /^Problem\s+Category\s*:\s*/i;

/** A category is a sentence or two; where the label comes later than this, it is not the category's. */
const longestWhen = 1_500;

/** `lead + strategy` is the text. */
export function splitMethod(text: string): MethodParts {
	const match = labelled.exec(text);
	const when = match?.groups?.when?.replace(/\s+/g, ' ').trim() ?? '';
	if (!match || when === '' || when.length > longestWhen || match[0].length === text.length) {
		return { lead: '', when: '', strategy: text, title: titleOf(text) };
	}
	const [lead] = match;
	return { lead, when: when.replace(/\.$/, ''), strategy: text.slice(lead.length), title: titleOf(when) };
}

/** The method text of an experience that was not imported from the reference's form. */
export function joinMethod(title: string, when: string, strategy: string): string {
	const category = when === '' ? title : when;
	return category === '' ? strategy : `Problem Category: ${category}\nGeneral Method:\n${strategy}`;
}

/** The first line that says something, without its markup, cut at a word. */
export function titleOf(text: string): string {
	const lines = text.split('\n').map(plainLine);
	const first = lines.find((line) => /\p{L}{2}/u.test(line)) ?? '';
	const sentence = (first.split(/(?<=\p{L}{2})\.\s/u)[0] ?? '').replace(/[.:;,]+$/, '');
	if (sentence.length <= titleLength) return sentence;
	const cut = sentence.slice(0, titleLength - 1);
	const space = cut.lastIndexOf(' ');
	return `${(space > titleLength / 2 ? cut.slice(0, space) : cut).trimEnd()}…`;
}

/** A line without list marks, heading marks, emphasis and the label of the category. */
function plainLine(line: string): string {
	const bare = line.replace(/^[\s#>*-]+/, '').replace(/^\d+[.)]\s+/, '');
	return bare
		.replace(/[*_`]+/g, '')
		.replace(label, '')
		.trim();
}
