/** The library as a handbook in Markdown, for people to read; whatever texts hold stays text. */
import { type Case, type Experience, sourcesOf, type Zone } from '../../core/experience/experience.js';

const zoneNames: Readonly<Record<Zone, string>> = {
	golden: 'What works',
	mixed: 'What went wrong first and right later',
	warning: 'What to beware of',
};

/** Chapters by first domain, in them by zone; retired, proposed and quarantined experiences are the caller's to leave out. */
export function writeMarkdown(experiences: readonly Experience[]): string {
	const byDomain = grouped(experiences, ({ domains }) => domains[0] ?? 'General');
	const chapters = [...byDomain].sort(([a], [b]) => (a < b ? -1 : 1)).map(([domain, items]) => chapter(domain, items));
	const count = experiences.length === 1 ? '1 experience' : `${experiences.length} experiences`;
	return `${['# Experience', `${count}.`, ...chapters].join('\n\n')}\n`;
}

function chapter(domain: string, experiences: readonly Experience[]): string {
	const byZone = grouped(experiences, ({ zone }) => zone);
	const sections = (['golden', 'mixed', 'warning'] as const).flatMap((zone) => {
		const items = byZone.get(zone) ?? [];
		return items.length === 0 ? [] : [`### ${zoneNames[zone]}`, ...items.map(page)];
	});
	return [`## ${inline(domain)}`, ...sections].join('\n\n');
}

function page(experience: Experience): string {
	const { id, title, when, strategy, patterns, cases } = experience;
	const taught = sourcesOf(experience).length;
	return [
		`#### ${inline(title === '' ? id : title)}`,
		...(when.text === '' ? [] : [`*When:* ${inline(when.text)}`]),
		...(strategy.text === '' ? [] : [block(strategy.text)]),
		...(patterns.length === 0 ? [] : [patterns.map(({ rule, examples }) => rules(rule, examples)).join('\n')]),
		...cases.filter(({ question, answer }) => question !== '' || answer !== '').map(worked),
		`<sub>${id}${taught === 0 ? '' : `, from ${taught === 1 ? '1 problem' : `${taught} problems`}`}</sub>`,
	].join('\n\n');
}

function rules(rule: string, examples: readonly string[]): string {
	return [`- ${inline(rule)}`, ...examples.map((example) => `  - For example: ${inline(example)}`)].join('\n');
}

function worked({ question, answer, outcome }: Case): string {
	const lead = outcome === 'correct' ? 'Right' : outcome === 'incorrect' ? 'Wrong' : 'Right after a wrong try';
	return [`> ${quoted(question)}`, `> *${lead}:* ${quoted(answer)}`].join('\n>\n');
}

/** On one line. */
function inline(text: string): string {
	return escaped(text.replace(/\s+/gu, ' ').trim());
}

function quoted(text: string): string {
	return escaped(text.trim()).replaceAll('\n', '\n> ');
}

/** Emphasis and lists of the text stay; headings, rules, HTML and links do not. */
function block(text: string): string {
	return escaped(text.trim());
}

function escaped(text: string): string {
	return text
		.replace(/\r\n?/gu, '\n')
		.replace(/\p{Bidi_Control}|[^\P{Cc}\n\t]/gu, '\ufffd')
		.replace(/&/gu, '&amp;')
		.replace(/</gu, '&lt;')
		.replace(/\]\(/gu, ']\\(')
		.replace(/^(\s*)(#{1,6}(?=\s|$)|>|[-=_*]{3,}\s*$|`{3,}|~{3,})/gmu, '$1\\$2');
}

function grouped<K, T>(items: readonly T[], keyOf: (item: T) => K): ReadonlyMap<K, readonly T[]> {
	const groups = new Map<K, T[]>();
	for (const item of items) {
		const group = groups.get(keyOf(item));
		if (group) group.push(item);
		else groups.set(keyOf(item), [item]);
	}
	return groups;
}
