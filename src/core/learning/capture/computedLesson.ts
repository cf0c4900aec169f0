/** The lesson of a change that no model wrote: what failed, what was changed, and the names by which both are found again. */

import { shortTitle } from '../../experience/shortTitle.js';
import type { ChangeMaterial, ShownFile } from './changeMaterial.js';
import { headline } from './failureText.js';
import type { CapturedLesson } from './lesson.js';

const mostNames = 8;
/** Characters of a case's answer. */
const longestChange = 4_000;

/** Undefined where nothing is left to show of the change. */
export function computedLesson(material: ChangeMaterial): CapturedLesson | undefined {
	const [first] = material.files;
	if (!first) return undefined;
	const names = changedNames(material.files);
	const places = material.files.map(({ path }) => path).slice(0, 3);
	const failed = material.failure && headline(material.failure.text);
	const about = names.length > 0 ? names.slice(0, 4).join(', ') : placeOf(first);
	const patterns = names.length > 0 ? [{ rule: `Names that it is about: ${names.join(', ')}.`, examples: [] }] : [];
	const common = { patterns, scope: material.scope };
	if (failed === undefined) {
		return {
			...common,
			zone: 'golden',
			title: shortTitle(`How ${about} was changed in ${first.path}`),
			when: `working on ${about} in ${places.join(', ')}`,
			strategy: `Look at how it was done before: the case shows the change in ${places.join(', ')}.`,
			cases: [changeCase(`How was ${about} changed in ${places.join(', ')}?`, material, 'correct')],
		};
	}
	return {
		...common,
		zone: 'mixed',
		title: shortTitle(failed === '' ? `A failure of ${material.failure?.command}` : failed),
		when: `"${failed}" comes up, or ${about} in ${places.join(', ')} is changed`,
		strategy: `The cause was in ${places.join(', ')}: the case shows what failed and the change after which it passed.`,
		cases: [failureCase(material)],
	};
}

/** What failed, with the change after which it passed: the case of a model's lesson, too. */
export function failureCase(material: ChangeMaterial): CapturedLesson['cases'][number] {
	const { command = '', text = '' } = material.failure ?? {};
	return changeCase(`${command} failed:\n${text}`.trim(), material, 'mixed');
}

function changeCase(
	question: string,
	{ files }: ChangeMaterial,
	outcome: 'mixed' | 'correct',
): CapturedLesson['cases'][number] {
	const texts = files.map(({ path, hunks }) => [path, ...hunks].join('\n'));
	let answer = '';
	for (const text of texts) {
		if (answer !== '' && answer.length + text.length > longestChange) break;
		answer += `${answer === '' ? '' : '\n\n'}${text.slice(0, longestChange)}`;
	}
	return { question, answer, outcome };
}

function placeOf({ path, hunks }: ShownFile): string {
	const section = /^@@ (.*)$/mu.exec(hunks[0] ?? '')?.[1] ?? '';
	return section.startsWith('line ') || section === '' ? path : shortTitle(section);
}

/** Names that stand in changed lines, those that only one side has first: they are what the change is about. */
export function changedNames(files: readonly ShownFile[]): readonly string[] {
	const sides: Readonly<Record<'+' | '-', Map<string, number>>> = { '+': new Map(), '-': new Map() };
	for (const line of files.flatMap(({ hunks }) => hunks).flatMap((hunk) => hunk.split('\n').slice(1))) {
		const sign = line.charAt(0);
		if (sign !== '+' && sign !== '-') continue;
		for (const [name] of withoutTexts(line.slice(1)).matchAll(/[\p{L}_$][\p{L}\p{N}_$]*/gu)) {
			if (name.length >= 3 && !keywords.has(name)) sides[sign].set(name, (sides[sign].get(name) ?? 0) + 1);
		}
	}
	const weight = (name: string): number => {
		const [added = 0, removed = 0] = [sides['+'].get(name), sides['-'].get(name)];
		return (added > 0 && removed > 0 ? 0 : 2) + (/\p{Ll}\p{Lu}|_/u.test(name) ? 1 : 0);
	};
	const all = [...new Set([...sides['+'].keys(), ...sides['-'].keys()])];
	return all
		.map((name, at) => ({ name, at }))
		.sort((a, b) => weight(b.name) - weight(a.name) || a.at - b.at)
		.slice(0, mostNames)
		.map(({ name }) => name);
}

/** Names within texts and comments name nothing. */
function withoutTexts(line: string): string {
	return line.replace(/(["'`])(?:\\.|(?!\1).)*\1/gu, '""').replace(/(?:\/\/|#(?!\w)|--).*$/u, '');
}

/** Of many languages: they name nothing of a project. */
const keywords: ReadonlySet<string> = new Set(
	(
		'and any args assert async await bool boolean break case catch char class const continue def default defer delete do ' +
		'double elif else end enum except export extends false final finally float fmt fn for from func function if impl ' +
		'implements import in include int interface is lambda let long match mod module mut namespace new nil none None not ' +
		'null number object or override package pass private protected public pub raise readonly ref return self short ' +
		'static str string struct super switch then this throw throws trait true True False try type typedef typeof ' +
		'undefined unsigned use using val var void when where while with yield'
	).split(' '),
);
