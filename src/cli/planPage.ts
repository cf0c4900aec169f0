/** A consolidation plan on the page of a terminal: what would be joined, side by side, and why. */
import type { ConsolidationPlan, PlanStep, Preview, StepKind } from '../core/learning/consolidation/plan.js';
import { percent, type Terminal } from './output.js';
import { counted, oneLine, printable, wrapped } from './page.js';

const headings: Readonly<Record<StepKind, (count: number) => string>> = {
	discard: (count) => `Exact duplicates: ${counted(count, 'step')}; one stays, the others are retired`,
	merge: (count) => `The same lesson: ${counted(count, 'step')}; patterns, cases and sources are united`,
	review: (count) => `To review: ${counted(count, 'pair')}; left as they are`,
};

const shownDrops = 5;

/** What the reason does not say itself. */
function likenessOf({ reason, similarity }: PlanStep): string {
	return reason === 'similar' || reason === 'same-content' ? '' : ` (similarity ${percent(similarity)})`;
}

export function showPlan(plan: ConsolidationPlan, limit: number, terminal: Terminal): void {
	const { basis, steps, unlisted, threshold } = plan;
	terminal.say(`Plan ${plan.id} for ${counted(basis.experiences, 'experience')}:`);
	for (const kind of ['discard', 'merge', 'review'] as const) {
		const ofKind = steps.filter((step) => step.kind === kind);
		if (ofKind.length === 0) continue;
		terminal.say();
		terminal.say(terminal.bold(headings[kind](ofKind.length)));
		for (const step of ofKind.slice(0, limit)) showStep(step, terminal);
		if (ofKind.length > limit)
			terminal.note(`  … and ${ofKind.length - limit} more; --limit ${ofKind.length} shows them.`);
	}
	if (steps.length === 0) terminal.say(`  Nothing repeats or contradicts itself (threshold ${threshold}).`);
	if (unlisted > 0) terminal.note(`${counted(unlisted, 'further pair')} of the same groups are alike, too.`);
}

function showStep(step: PlanStep, terminal: Terminal): void {
	const { id, kind, before, after, why } = step;
	terminal.say(`  ${id}. ${printable(why)}${likenessOf(step)}`);
	const [keep, ...drop] = before;
	if (!keep) return;
	showSide(kind === 'review' ? 'a' : 'keep', keep, kind === 'review', terminal);
	for (const other of drop.slice(0, shownDrops))
		showSide(kind === 'review' ? 'b' : 'drop', other, kind === 'review', terminal);
	if (drop.length > shownDrops) terminal.say(`    … and ${drop.length - shownDrops} more`);
	if (after && kind === 'merge') {
		terminal.say(`    then  ${sizes(after)} (it had ${sizes(keep)})`);
	}
}

function showSide(label: string, preview: Preview, inWords: boolean, terminal: Terminal): void {
	const { id, zone, status, title, when, strategy } = preview;
	const marks = [zone, ...(status === 'active' ? [] : [status])].join(', ');
	terminal.say(`    ${label.padEnd(4)}  ${id}  ${oneLine(title, 60)} (${marks})`);
	if (!inWords) return;
	const words = oneLine([when, strategy].filter((text) => text !== '').join(': '), 240);
	for (const line of wrapped(words, '          ')) terminal.say(terminal.dim(line));
}

function sizes({ patterns, cases, sources }: Preview): string {
	return `${counted(patterns.length, 'pattern')}, ${counted(cases, 'case')}, ${counted(sources, 'source')}`;
}
