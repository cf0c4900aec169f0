/** `flex-learn edit`: an experience in your editor, as Markdown; what you save becomes its next revision. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline/promises';
import type { Command } from 'commander';
import { difference } from '../../core/experience/difference.js';
import { formatEditForm } from '../../core/experience/editForm.js';
import { EditFormError } from '../../core/experience/editFormError.js';
import { parseEditForm } from '../../core/experience/editFormParser.js';
import { blankExperience, type Experience } from '../../core/experience/experience.js';
import { experienceId } from '../../core/experience/ids.js';
import { LibraryError } from '../../core/experience/store.js';
import type { Library } from '../../library/library.js';
import { saveEdit } from '../../runs/saveEdit.js';
import { newUlid } from '../../runs/ulid.js';
import { UsageError } from '../exitCodes.js';
import { findExperiences } from '../ids.js';
import { withSession } from '../options.js';
import { oneLine } from '../page.js';
import type { Session } from '../session.js';

interface EditFlags {
	readonly from?: string;
	readonly new?: boolean;
}

export function registerEdit(program: Command): void {
	program
		.command('edit')
		.argument('[id]', 'of an experience, or its first 4 digits or more')
		.description('Change an experience in your editor ($VISUAL or $EDITOR), or write a new one.')
		.option('--from <file>', 'take the form from a file (-: standard input) instead of an editor')
		.option('--new', 'write a new experience')
		.addHelpText(
			'after',
			`
The form is Markdown with fields above it; "show <id> --form" prints it. What is wrong with it is named line by
line, and your text is never thrown away. The change is a revision: "undo" takes it back.

Examples:
  flex-learn edit ad1b
  flex-learn show ad1b --form > lesson.md; flex-learn edit ad1b --from lesson.md
  flex-learn edit --new`,
		)
		.action(withSession(edit));
}

async function edit(session: Session, id: string | undefined, flags: EditFlags): Promise<number> {
	if ((id === undefined) === (flags.new !== true))
		throw new UsageError('Name an experience, or give --new; one of the two.');
	const store = await session.library();
	const [known] = id === undefined ? [] : await findExperiences(store, [id]);
	const basis = known ?? emptyForm();
	if (flags.from !== undefined) {
		const form = readFileSync(flags.from === '-' ? 0 : flags.from, 'utf8');
		return save(session, store, basis, parsed(form, basis, flags.from), known === undefined);
	}
	return inEditor(session, store, basis, known === undefined);
}

/** Somebody wrote it by hand, so it is in use at once, as reviewed. */
function emptyForm(): Experience {
	const at = new Date().toISOString();
	const run = newUlid();
	const origin = { set: '', run: 'by hand', model: '' };
	return blankExperience(experienceId(run, '', 'golden', 0), { reviewed: true, origin, createdAt: at, updatedAt: at });
}

function parsed(form: string, basis: Experience, where: string): Experience {
	try {
		return parseEditForm(form, basis);
	} catch (error) {
		if (!(error instanceof EditFormError)) throw error;
		throw new UsageError(`The form in ${where} can't be used:\n${error.message}`, { cause: error });
	}
}

async function inEditor(session: Session, store: Library, basis: Experience, fresh: boolean): Promise<number> {
	const folder = mkdtempSync(join(tmpdir(), 'flex-edit-'));
	const file = join(folder, `${basis.id}.md`);
	const before = formatEditForm(basis);
	writeFileSync(file, before);
	for (;;) {
		openEditor(file);
		const form = readFileSync(file, 'utf8');
		if (form === before) {
			rmSync(folder, { recursive: true });
			session.terminal.data({ id: basis.id, changed: false });
			session.terminal.say('Nothing was changed.');
			return 0;
		}
		try {
			const after = parseEditForm(form, basis);
			const code = await save(session, store, basis, after, fresh);
			rmSync(folder, { recursive: true });
			return code;
		} catch (error) {
			const mine = error instanceof EditFormError || error instanceof LibraryError;
			if (!mine) throw error;
			session.terminal.error(error.message);
			if (error instanceof EditFormError && (await again())) continue;
			const how = fresh ? 'edit --new' : `edit ${basis.id}`;
			throw new UsageError(`Your text is kept in ${file}; mend it and run: flex-learn ${how} --from ${file}`);
		}
	}
}

/** @throws {UsageError} where there is no editor, or it ends with a failure */
function openEditor(file: string): void {
	const command = process.env['VISUAL'] || process.env['EDITOR'] || (process.platform === 'win32' ? 'notepad' : 'vi');
	const [program = '', ...args] = command.split(/\s+/u);
	const { status, error } = spawnSync(program, [...args, file], { stdio: 'inherit' });
	if (!error && status === 0) return;
	const why = error ? error.message : `it ended with code ${status}`;
	throw new UsageError(`The editor "${command}" failed (${why}); set VISUAL or EDITOR. The form is kept in ${file}.`);
}

async function again(): Promise<boolean> {
	if (!process.stdin.isTTY || !process.stderr.isTTY) return false;
	const asking = createInterface({ input: process.stdin, output: process.stderr });
	const answer = await asking.question('Open the editor again? [Y/n] ');
	asking.close();
	return !/^n/iu.test(answer.trim());
}

async function save(
	{ terminal }: Session,
	store: Library,
	basis: Experience,
	after: Experience,
	fresh: boolean,
): Promise<number> {
	const changes = difference(basis, after);
	const applied = fresh
		? (await store.apply([{ change: { op: 'insert', experience: after }, by: 'user' }]))[0]
		: await saveEdit(store, basis, after);
	if (!applied) {
		terminal.data({ id: basis.id, changed: false });
		terminal.say('Nothing was changed.');
		return 0;
	}
	terminal.data({ id: after.id, changed: true, rev: applied.rev, changes });
	terminal.say(`${after.id}  ${oneLine(after.title)}: ${fresh ? 'written' : `revision ${applied.rev}`}.`);
	if (!fresh && changes.length > 0) terminal.note(`  ${changes.join(', ')}`);
	return 0;
}
