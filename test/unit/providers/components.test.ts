/** Installing components, with an npm of our own that does what the test says. */
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ComponentError } from '../../../src/providers/componentError.js';
import {
	type ComponentOptions,
	componentStatus,
	ensureComponent,
	flexHome,
	removeComponent,
} from '../../../src/providers/components.js';

let folder: string;
let options: ComponentOptions;
let calls: string;

beforeEach(() => {
	folder = mkdtempSync(path.join(tmpdir(), 'flex-components-'));
	calls = path.join(folder, 'calls');
	ship({ [`${process.platform}-${process.arch}`]: '@scope/program' });
	options = { home: path.join(folder, 'home'), componentsFolder: path.join(folder, 'shipped') };
});
afterEach(() => rmSync(folder, { recursive: true }));

/** Puts a manifest where the package has its components. */
function ship(platforms: Readonly<Record<string, string>>, version = '1.0.0'): void {
	const manifest = { name: 'x', version, flex: { title: 'llama.cpp', megabytes: 85, platforms } };
	mkdirSync(path.join(folder, 'shipped', 'llama'), { recursive: true });
	writeFileSync(path.join(folder, 'shipped', 'llama', 'package.json'), JSON.stringify(manifest));
	writeFileSync(path.join(folder, 'shipped', 'llama', 'package-lock.json'), '{}');
}

/** An npm that notes its call and then runs `body`, in the folder where it was called. */
function npm(body: string): ComponentOptions {
	const script = path.join(folder, 'npm.mjs');
	const note = `fs.appendFileSync(${JSON.stringify(calls)}, process.argv.slice(2).join(' ') + '\\n');`;
	writeFileSync(script, `import fs from 'node:fs';\n${note}\n${body}`);
	return { ...options, npm: [process.execPath, script] };
}

const installs = "fs.mkdirSync('node_modules/@scope/program', { recursive: true });";

async function reasonOf(promise: Promise<unknown>): Promise<string> {
	const error = await promise.catch((caught: unknown) => caught);
	if (!(error instanceof ComponentError)) throw new Error(`no ComponentError: ${error}`);
	return error.reason;
}

describe('a component', () => {
	it('is installed from its lockfile, once, without scripts', async () => {
		const working = npm(`if (!fs.existsSync('package-lock.json')) process.exit(1); ${installs}`);
		expect((await componentStatus('llama', working)).installed).toBe(false);
		const installed = await ensureComponent('llama', working);
		expect(existsSync(path.join(installed, 'node_modules', '@scope', 'program'))).toBe(true);
		expect(await ensureComponent('llama', npm('process.exit(1)'))).toBe(installed);
		expect(await componentStatus('llama', options)).toMatchObject({ installed: true, folder: installed });
	});

	it('is there once when two ask at the same time', async () => {
		const working = npm(installs);
		const [one, two] = await Promise.all([ensureComponent('llama', working), ensureComponent('llama', working)]);
		expect(one).toBe(two);
		expect(readdirSync(path.dirname(one))).toEqual([path.basename(one)]);
	});

	it('of a new version is installed beside the old one, and both are removed together', async () => {
		const old = await ensureComponent('llama', npm(installs));
		ship({ [`${process.platform}-${process.arch}`]: '@scope/program' }, '1.1.0');
		expect(await componentStatus('llama', options)).toMatchObject({ installed: false, otherVersions: [old] });
		expect(await ensureComponent('llama', npm(installs))).not.toBe(old);
		expect(await removeComponent('llama', options)).toBe(true);
		expect(existsSync(old)).toBe(false);
		expect(await removeComponent('llama', options)).toBe(false);
	});
});

describe('an installation that fails', () => {
	it.each([
		['network', "console.error('npm error code ENOTFOUND'); process.exit(1);"],
		['disk', "console.error('npm ERR! code ENOSPC'); process.exit(1);"],
		['install-failed', "console.error('npm error Something else'); process.exit(1);"],
		['incomplete', "fs.mkdirSync('node_modules');"],
	])('says that it was %s, and leaves nothing behind', async (reason, body) => {
		expect(await reasonOf(ensureComponent('llama', npm(body)))).toBe(reason);
		expect(readdirSync(path.join(options.home, 'components', 'llama'))).toEqual([]);
		expect((await componentStatus('llama', options)).installed).toBe(false);
	});

	it('for want of npm says so', async () => {
		const missing = { ...options, npm: [path.join(folder, 'no-such-npm')] };
		expect(await reasonOf(ensureComponent('llama', missing))).toBe('npm-missing');
	});

	it('when it is cancelled ends npm', async () => {
		const controller = new AbortController();
		const waiting = ensureComponent('llama', { ...npm('setInterval(() => {}, 1000);'), signal: controller.signal });
		controller.abort();
		expect(await reasonOf(waiting)).toBe('cancelled');
	});

	it('on a platform without a program does not even start', async () => {
		ship({ 'plan9-mips': '@scope/program' });
		expect((await componentStatus('llama', options)).supported).toBe(false);
		expect(await reasonOf(ensureComponent('llama', npm(installs)))).toBe('unsupported');
		expect(existsSync(calls)).toBe(false);
	});

	it('because the manifest is missing says that the package is damaged', async () => {
		rmSync(options.componentsFolder, { recursive: true });
		expect(await reasonOf(ensureComponent('llama', options))).toBe('damaged');
	});
});

describe('FLEX_HOME', () => {
	it('is what the environment says, else in the folder for user data', () => {
		expect(flexHome({ FLEX_HOME: folder })).toBe(folder);
		expect(path.basename(flexHome({}))).toBe('flex-learn');
	});
});
