/** The process that runs llama.cpp: loads one model, answers its parent's requests, and ends when the parent does. */
import * as v from 'valibot';
import { LlamaEngine } from './llamaEngine.js';
import {
	type FromChild,
	LlamaError,
	type LlamaFailure,
	type LlamaRequest,
	startSchema,
	toChildSchema,
} from './llamaProtocol.js';

// The parent is gone or wants this process no longer: nothing here is worth saving.
process.on('disconnect', () => process.exit(0));
// Ctrl-C reaches every process of the terminal; what to do about it is for the parent to say.
process.on('SIGINT', () => {});

const running = new Map<number, AbortController>();
let turn: Promise<void> = Promise.resolve();

void start();

async function start(): Promise<void> {
	const started = performance.now();
	const options = v.safeParse(startSchema, JSON.parse(process.argv[2] ?? '{}'));
	if (!options.success) return leave('bad-request', 'llamaProcess.js is started by flex-learn, not by hand.');
	const { file, componentFolder } = options.output;
	try {
		const engine = await LlamaEngine.load(options.output);
		process.on('message', (message) => receive(engine, message));
		send({ type: 'ready', contextTokens: engine.contextTokens, loadMs: performance.now() - started });
	} catch (error) {
		leave('bad-request', `The model ${file} can't be loaded by llama.cpp in ${componentFolder}: ${messageOf(error)}`);
	}
}

function receive(engine: LlamaEngine, message: unknown): void {
	const order = v.parse(toChildSchema, message);
	if (order.type === 'cancel') {
		running.get(order.id)?.abort();
		return;
	}
	const controller = new AbortController();
	running.set(order.id, controller);
	turn = turn.then(() => serve(engine, order.id, order.request, controller.signal));
}

async function serve(engine: LlamaEngine, id: number, request: LlamaRequest, signal: AbortSignal): Promise<void> {
	try {
		send({ type: 'done', id, completion: await engine.complete(request, signal) });
	} catch (error) {
		const reason: LlamaFailure = error instanceof LlamaError ? error.reason : 'server';
		send({ type: 'failed', id, reason, message: messageOf(error) });
	} finally {
		running.delete(id);
	}
}

function leave(reason: LlamaFailure, message: string): void {
	if (!process.send) process.exit(2);
	process.send({ type: 'unusable', reason, message } satisfies FromChild, undefined, {}, () => process.exit(1));
}

function send(message: FromChild): void {
	process.send?.(message);
}

function messageOf(error: unknown): string {
	return error instanceof Error ? error.message : String(error);
}
