/** `flex-learn model`: the models that run on this machine, and a try of any model. */
import { join } from 'node:path';
import type { Command } from 'commander';
import { ensureComponent, flexHome, removeComponent } from '../../providers/components.js';
import { ensureModel, type ListedModel, listModels, removeModel } from '../../providers/modelFetcher.js';
import { size } from '../../runs/diskUse.js';
import { type ModelTest, testModel, testQuestion } from '../../runs/modelTest.js';
import { UsageError } from '../exitCodes.js';
import { withSession } from '../options.js';
import { duration } from '../output.js';
import { printable, wrapped } from '../page.js';
import type { Session } from '../session.js';

interface RemoveFlags {
	readonly llama?: boolean;
	readonly rdkit?: boolean;
}

export function registerModel(program: Command): void {
	const model = program
		.command('model')
		.description('Models that run on this machine: list, get, remove; and test any model with one call.');
	model
		.command('list')
		.description('List the models that are here or can be fetched, and the endpoints of your settings.')
		.action(withSession(list));
	model
		.command('get')
		.argument('<name>', 'of "model list", or the path of a .gguf file to check')
		.description('Fetch a model, and llama.cpp which runs it; each once, checked by its hash.')
		.action(withSession(get));
	model
		.command('remove')
		.argument('[name]', 'of a model that was fetched')
		.option('--llama', 'remove llama.cpp, which runs embedded models')
		.option('--rdkit', 'remove RDKit, which reads molecules')
		.description('Delete a fetched model, llama.cpp or RDKit. Files in other folders are left alone.')
		.action(withSession(remove));
	model
		.command('test')
		.argument('<id>', 'embedded:<name>, <file>.gguf, openai:<endpoint>/<model> or replay:<file>')
		.description('Ask a model one short question, and show its answer, the time and the tokens.')
		.action(withSession(test));
}

async function list(session: Session): Promise<number> {
	const { terminal } = session;
	const home = flexHome(process.env);
	const models = await listModels({ home, environment: process.env });
	const { endpoints, default: chosen } = session.config({}).models;
	terminal.data({ default: chosen, home, models: models.map(asData), endpoints });
	terminal.table(
		['model', 'size', 'licence', 'where'],
		models.map(({ name, bytes, licence, file }) => [
			`embedded:${name}`,
			size(bytes),
			licence ?? '–',
			file ?? `fetched at first use, or with "flex-learn model get ${name}"`,
		]),
	);
	terminal.say();
	for (const [name, { baseUrl }] of Object.entries(endpoints)) terminal.say(`  openai:${name}/<model>  ${baseUrl}`);
	terminal.say(`  Used where no other is named: ${chosen}`);
	return 0;
}

function asData({ name, file, bytes, licence }: ListedModel): unknown {
	return { id: `embedded:${name}`, name, present: file !== undefined, file, bytes, licence };
}

async function get(session: Session, name: string): Promise<number> {
	const { terminal, signal } = session;
	const home = flexHome(process.env);
	const onProgress = (text: string): void => terminal.status(text);
	const model = await ensureModel(withoutPrefix(name), { home, environment: process.env, onProgress, signal });
	const componentsFolder = join(__dirname, '..', 'components');
	const llama = await ensureComponent('llama', { home, componentsFolder, onProgress, signal });
	terminal.data({ ...model, llama });
	terminal.say(`${model.name} is ready: ${model.file} (${model.source}, sha256 ${model.sha256}).`);
	terminal.say(`Try it: flex-learn model test ${idOf(name)}`);
	return 0;
}

async function remove(session: Session, name: string | undefined, { llama, rdkit }: RemoveFlags): Promise<number> {
	if (name === undefined && !llama && !rdkit) {
		throw new UsageError('Say what to remove: the name of a model, --llama or --rdkit.');
	}
	const home = flexHome(process.env);
	const removed: string[] = [];
	if (name !== undefined) {
		if (!(await removeModel(withoutPrefix(name), { home }))) {
			throw new UsageError(`No model "${name}" was fetched into ${join(home, 'models')}; see "flex-learn model list".`);
		}
		removed.push(name);
	}
	if (llama && (await removeComponent('llama', { home }))) removed.push('llama.cpp');
	if (rdkit && (await removeComponent('rdkit', { home }))) removed.push('RDKit');
	session.terminal.data({ removed });
	session.terminal.say(
		removed.length > 0 ? `Removed ${removed.join(' and ')}.` : `${rdkit ? 'RDKit' : 'llama.cpp'} was not installed.`,
	);
	return 0;
}

async function test(session: Session, id: string): Promise<number> {
	const result = await testModel(session.pool(session.config({})), id, session.signal);
	session.terminal.clearStatus();
	showTest(session, result);
	return 0;
}

function showTest({ terminal }: Session, { opened, answer, openMs, answerMs }: ModelTest): void {
	const { model, source, sha256 } = opened;
	const { id, contextTokens, supports } = model;
	const { usage, text, finish } = answer;
	const figures = { answer: text, finish, usage, openMs, answerMs };
	terminal.data({ id, source, sha256, contextTokens, supports, question: testQuestion, ...figures });
	terminal.say(`${terminal.bold(printable(id))} (${printable(source)})`);
	terminal.say(`  Asked:    ${testQuestion}`);
	const [first = '(nothing)', ...others] = wrapped(text, ' '.repeat(12));
	terminal.say(`  Answered: ${first.trimStart()}`);
	for (const line of others) terminal.say(line);
	const estimated = usage.estimated ? ' (estimated)' : '';
	terminal.say(
		`  Time:     ${seconds(answerMs)}, after ${seconds(openMs)} to get ready; ${usage.tokensIn} tokens in, ${usage.tokensOut} out${estimated}`,
	);
	const abilities = Object.entries(supports).filter(([, able]) => able);
	terminal.say(
		`  Context:  ${contextTokens} tokens; supports ${abilities.map(([name]) => name).join(', ') || 'plain text only'}`,
	);
}

function seconds(ms: number): string {
	return ms < 10_000 ? `${(ms / 1000).toFixed(2)} s` : duration(ms);
}

/** People may type the id that they see in lists. */
function withoutPrefix(name: string): string {
	return name.replace(/^embedded:/u, '');
}

function idOf(name: string): string {
	return name.endsWith('.gguf') ? name : `embedded:${withoutPrefix(name)}`;
}
