/** Learning from real work as it ships: from a failure to its remedy, past a model, to an experience in use. */
import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { repository, type TestRepository } from '../builders/repositories.js';
import { type ScriptedServer, startScriptedServer } from '../fakes/scriptedServer.js';

const cli = join(import.meta.dirname, '../../dist/cli.js');
const wrong = 'export const dayOf = (y, m, d) => new Date(Date.UTC(y, m, d));\n';
const right = 'export const dayOf = (y, m, d) => new Date(Date.UTC(y, m - 1, d));\n';
const check = `import { dayOf } from './src/dayOf.mjs';
const got = dayOf(2026, 2, 28).toISOString().slice(0, 10);
if (got !== '2026-02-28') throw new Error('dayOf: expected 2026-02-28, got ' + got + ' in ' + process.cwd());
`;
const lesson = {
	kind: 'fix',
	title: 'Months of a Date count from zero',
	when: 'a Date is built from a month that people wrote',
	advice: 'Subtract one from the month in dayOf, because the constructor counts months from zero.',
};
/** Milliseconds: several processes, one after another. */
const limit = 120_000;

let project: TestRepository;
let server: ScriptedServer;
let answer = '';

beforeEach(async () => {
	answer = JSON.stringify({ lessons: [lesson] });
	server = await startScriptedServer(() => ({ text: answer }));
	project = repository({ 'src/dayOf.mjs': wrong, 'check.mjs': check, '.gitignore': '.flex/\nlocal/\n' });
	mkdirSync(join(project.folder, '.flex'));
	const models = { default: 'openai:local/writer', endpoints: { local: { baseUrl: server.baseUrl } } };
	writeFileSync(join(project.folder, '.flex/config.json'), JSON.stringify({ models }));
});

afterEach(async () => {
	await server.close();
	project.remove();
});

interface Ended {
	readonly code: number;
	readonly out: string;
	readonly err: string;
}

function flexLearn(...args: readonly string[]): Promise<Ended> {
	const env = { PATH: process.env.PATH, NO_COLOR: '1', FLEX_HOME: join(project.folder, 'local/home') };
	return new Promise((done) => {
		execFile(process.execPath, [cli, ...args], { cwd: project.folder, env }, (error, out, err) => {
			done({ code: typeof error?.code === 'number' ? error.code : error ? -1 : 0, out, err });
		});
	});
}

const sent = (): string => JSON.stringify(server.requests.map(({ body }) => body.messages));
const command = `"${process.execPath}" check.mjs`;

describe('a command that failed and passes', () => {
	it(
		'teaches what mended it: nothing hidden is sent, and it is used once it is accepted',
		async () => {
			const red = await flexLearn('learn', '--command', command);
			expect(red.code).toBe(1);
			expect(red.out).toContain('this is remembered');
			project.write({
				'src/dayOf.mjs': `${right}const password = 'hunter2-visible';\n`,
				'.env': 'SHOP_TOKEN=never-shown\n',
				'local/notes.txt': 'ignored-text\n',
				'private/plan.md': 'excluded-text\n',
			});
			project.git('add', '--force', 'local/notes.txt');
			const green = await flexLearn('learn', '--command', command, '--exclude', 'private/**', '--json');
			expect(green.code, green.err).toBe(0);
			expect(sent()).toContain('m - 1, d');
			expect(sent()).toContain('got 2026-03-28');
			for (const hidden of [
				'hunter2',
				'never-shown',
				'.env',
				'ignored-text',
				'excluded-text',
				'private',
				project.folder,
			]) {
				expect(sent()).not.toContain(hidden);
			}
			const { proposals, leftOut } = JSON.parse(green.out);
			expect(leftOut.map(({ path, reason }: { path: string; reason: string }) => `${path}: ${reason}`).sort()).toEqual([
				'.env: secrets',
				'local/notes.txt: ignored',
				'private/plan.md: excluded',
			]);
			expect(readdirSync(join(project.folder, '.flex/failures'))).toEqual([]);
			const { id } = proposals[0].experience;
			expect((await flexLearn('search', 'month of a Date')).out).not.toContain(lesson.title);
			expect((await flexLearn('accept', id)).code).toBe(0);
			expect((await flexLearn('search', 'month of a Date')).out).toContain(lesson.title);
			expect(project.git('stash', 'list')).toBe('');
		},
		limit,
	);

	it(
		'is only told where it had not failed before',
		async () => {
			const passing = await flexLearn('learn', '--command', 'exit 0');
			expect(passing).toMatchObject({ code: 0, out: expect.stringContaining('had not failed before') });
			expect(server.requests).toHaveLength(0);
		},
		limit,
	);
});

describe('a change', () => {
	it(
		'is kept as a case where the model writes nothing of use, and once only',
		async () => {
			answer = 'I would rather not.';
			project.write({ 'src/dayOf.mjs': right });
			const first = await flexLearn('learn');
			expect(first.err).toContain('one lesson was computed');
			const again = await flexLearn('learn', '--no-model', '--json');
			expect(JSON.parse(again.out)).toMatchObject({ by: 'computed', proposals: [{ written: false }] });
		},
		limit,
	);

	it(
		'is shown before anything is asked, with what it takes',
		async () => {
			project.write({ 'src/dayOf.mjs': right });
			const { err, out } = await flexLearn('learn', '--estimate');
			expect(err).toContain('src/dayOf.mjs');
			expect(out).toMatch(/1 to 2 model calls\. [\d,]+ to [\d,]+ tokens\./u);
			expect(server.requests).toHaveLength(0);
			expect(existsSync(join(project.folder, '.flex/library.sqlite'))).toBe(false);
		},
		limit,
	);
});

describe('what a person says', () => {
	it(
		'is kept in their words, and used at once where they want it',
		async () => {
			const args = ['Days are in UTC.', '--when', 'a day is read', '--files', 'src/dayOf.mjs', '--keep'];
			const { out } = await flexLearn('remember', ...args, '--json');
			expect(JSON.parse(out).experience).toMatchObject({
				status: 'active',
				title: 'Days are in UTC',
				scope: { languages: ['javascript'], globs: ['src/**'] },
			});
		},
		limit,
	);
});
