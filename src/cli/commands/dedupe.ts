/** `flex-learn dedupe`: finds experiences that repeat each other; joins them when told to, and takes that back. */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { type Command, InvalidArgumentError } from 'commander';
import {
	type AppliedPlan,
	applyConsolidation,
	undoConsolidation,
} from '../../core/learning/consolidation/applyPlan.js';
import { planConsolidation } from '../../core/learning/consolidation/makePlan.js';
import type { ConsolidationPlan } from '../../core/learning/consolidation/plan.js';
import { PlanError, parsePlan } from '../../core/learning/consolidation/planFile.js';
import { UsageError } from '../exitCodes.js';
import { number, withSession } from '../options.js';
import type { Terminal } from '../output.js';
import { counted } from '../page.js';
import { showPlan } from '../planPage.js';
import { commandLine } from '../program.js';
import type { Session } from '../session.js';

interface DedupeFlags {
	readonly plan?: string;
	/** True: the plan made just now; else a file. */
	readonly apply?: true | string;
	readonly undo?: string;
	readonly threshold?: number;
	readonly limit: number;
	readonly force?: boolean;
}

export function registerDedupe(program: Command): void {
	program
		.command('dedupe')
		.description('Find experiences that repeat or contradict each other; join them with --apply.')
		.option('--plan <file>', 'write the plan to a file, to be read and thinned out')
		.option('--apply [file]', 'do the steps of this plan, or of one that was written before')
		.option('--undo <plan>', 'take back what a plan did, by its id')
		.option('--threshold <share>', 'similarity from 0 to 1 for review (default: updater.nearDuplicate)', share)
		.option('--limit <n>', 'steps of each kind that are shown; --plan and --json have all', number, 10)
		.option('--force', 'write the plan over a file that is there')
		.addHelpText(
			'after',
			`
Nothing changes without --apply, and no model is called. Only what says the same in the same words is joined by itself;
what is merely alike or contradicts itself is shown for review. In a plan file, delete the steps that you do not want,
or make a "review" a "merge" where you find a duplicate. What was joined is retired, never deleted.

Examples:
  flex-learn dedupe
  flex-learn dedupe --plan plan.json     read it; then: flex-learn dedupe --apply plan.json`,
		)
		.action(withSession(dedupe));
}

async function dedupe(session: Session, flags: DedupeFlags): Promise<number> {
	if ([flags.plan, flags.apply, flags.undo].filter((flag) => flag !== undefined).length > 1) {
		throw new UsageError('Give one of --plan, --apply and --undo.');
	}
	if (flags.undo !== undefined) return undo(session, flags.undo);
	if (typeof flags.apply === 'string' && flags.threshold !== undefined) {
		throw new UsageError('A plan that was written before has its threshold; leave --threshold out.');
	}
	const plan = typeof flags.apply === 'string' ? readPlan(flags.apply) : await makePlan(session, flags);
	if (flags.apply !== undefined) return apply(session, plan, flags.limit);
	if (flags.plan !== undefined) return write(plan, flags.plan, flags.force === true, session.terminal);
	session.terminal.data(plan);
	showPlan(plan, flags.limit, session.terminal);
	if (plan.steps.some(({ kind }) => kind !== 'review')) {
		session.terminal.note('Nothing was changed. Join them with --apply, or write the plan with --plan <file> first.');
	}
	return 0;
}

async function makePlan(session: Session, { threshold, apply: applies }: DedupeFlags): Promise<ConsolidationPlan> {
	const store = await session.library(undefined, applies === undefined);
	const library = await store.list();
	if (applies !== undefined) await store.close();
	return planConsolidation(library, { threshold: threshold ?? session.config({}).updater.nearDuplicate });
}

function write(plan: ConsolidationPlan, path: string, force: boolean, terminal: Terminal): number {
	const file = resolve(path);
	if (existsSync(file) && !force) throw new UsageError(`${file} is there already; write over it with --force.`);
	mkdirSync(dirname(file), { recursive: true });
	writeFileSync(file, `${JSON.stringify(plan, null, 2)}\n`);
	terminal.data({ file, plan: plan.id, steps: plan.steps.length });
	terminal.say(`Wrote ${counted(plan.steps.length, 'step')} to ${path}. Read it, delete what you do not want, then:`);
	terminal.say(`  ${commandLine(['dedupe', '--apply', path])}`);
	return 0;
}

async function apply(session: Session, plan: ConsolidationPlan, limit: number): Promise<number> {
	const { terminal } = session;
	const applied = await applyConsolidation(await session.library(), plan);
	terminal.data({ plan: plan.id, ...applied });
	showApplied(applied, plan, limit, terminal);
	return 0;
}

function showApplied(applied: AppliedPlan, plan: ConsolidationPlan, limit: number, terminal: Terminal): void {
	const { done, skipped, retired, grown } = applied;
	const changed = `${counted(retired.length, 'experience')} retired, ${grown.length} of those that stay grew`;
	terminal.say(done.length === 0 ? 'Nothing was to be joined.' : `${counted(done.length, 'step')} done: ${changed}.`);
	for (const { step, why } of skipped.slice(0, limit)) terminal.warn(`Step ${step} was skipped: ${why}.`);
	if (skipped.length > limit) terminal.warn(`${skipped.length - limit} more were skipped; --json has all.`);
	const reviews = plan.steps.filter(({ kind }) => kind === 'review').length;
	if (reviews > 0) terminal.note(`${counted(reviews, 'pair')} to review stayed as they are; "dedupe" shows them.`);
	if (done.length > 0) terminal.say(`Take it back with: ${commandLine(['dedupe', '--undo', plan.id])}`);
}

async function undo(session: Session, plan: string): Promise<number> {
	const { terminal } = session;
	const { restored, changedSince } = await undoConsolidation(await session.library(), plan);
	if (restored.length + changedSince.length === 0) {
		throw new UsageError(
			`There is nothing of plan ${plan} to take back; "show <id> --history" names plans as plan:<id>.`,
		);
	}
	terminal.data({ plan, restored, changedSince });
	terminal.say(`${counted(restored.length, 'experience')} as they were before plan ${plan}.`);
	for (const id of changedSince) {
		terminal.warn(`${id} was changed since and stays as it is; "show ${id} --history" has what it was.`);
	}
	return 0;
}

function readPlan(path: string): ConsolidationPlan {
	if (!existsSync(path))
		throw new UsageError(`There is no file ${path}; "flex-learn dedupe --plan <file>" writes one.`);
	let text: string;
	try {
		text = readFileSync(path, 'utf8');
	} catch (cause) {
		throw new UsageError(`The plan ${path} can't be read: ${cause instanceof Error ? cause.message : String(cause)}`, {
			cause,
		});
	}
	try {
		return parsePlan(text);
	} catch (error) {
		if (error instanceof PlanError) throw new UsageError(`${path}: ${error.message}`, { cause: error });
		throw error;
	}
}

/** A number above 0 up to 1. */
function share(text: string): number {
	const value = Number(text);
	if (!(value > 0 && value <= 1)) throw new InvalidArgumentError('Give a number above 0 and up to 1, such as 0.6.');
	return value;
}
