/** How a desktop VS Code is started for the host tests. */
import { describe, expect, it } from 'vitest';
import { desktopPlan, noDisplay } from '../../desktop/arguments.js';

const request = { root: '/project', folder: '/tmp/run', engine: '^1.104.0', grep: 'activation' };

describe('a desktop VS Code for the host tests', () => {
	it('is the oldest that the manifest allows', () => {
		expect(desktopPlan(request).version).toBe('1.104.0');
		expect(() => desktopPlan({ ...request, engine: '*' })).toThrow('names no version');
	});

	it('opens the workspace and keeps its settings and extensions in the folder of the run', () => {
		const { launchArgs } = desktopPlan(request);
		expect(launchArgs[0]).toBe('/tmp/run/workspace');
		expect(launchArgs[launchArgs.indexOf('--user-data-dir') + 1]).toBe('/tmp/run/user');
		expect(launchArgs[launchArgs.indexOf('--extensions-dir') + 1]).toBe('/tmp/run/extensions');
	});

	it('asks nobody for trust and sends nothing', () => {
		const { launchArgs } = desktopPlan(request);
		expect(launchArgs).toEqual(expect.arrayContaining(['--disable-workspace-trust', '--disable-telemetry']));
	});

	it('holds our extension and the fake model, and tells the tests where to report', () => {
		const { extensionDevelopmentPath, extensionTestsEnv, report } = desktopPlan(request);
		expect(extensionDevelopmentPath).toEqual(['/project', '/project/test/vscode/fakeModel']);
		expect(extensionTestsEnv).toMatchObject({
			FLEX_TEST_REPORT: report,
			FLEX_TEST_GREP: 'activation',
			FLEX_TEST_ROOT: '/project',
			FLEX_TEST_EXTENSION: '/project',
		});
	});
});

describe('a display', () => {
	it.each([
		['linux', {}, true],
		['linux', { DISPLAY: ':1' }, false],
		['linux', { WAYLAND_DISPLAY: 'wayland-0' }, false],
		['darwin', {}, false],
		['win32', {}, false],
	] as const)('on %s with %j is missing: %s', (platform, environment, missing) => {
		expect(noDisplay(platform, environment) !== undefined).toBe(missing);
	});
});
