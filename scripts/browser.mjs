import { existsSync } from 'node:fs';

export const browserPackages = ['chromium-headless-shell', 'chromium'];

export function browserPath() {
	const { CHROMIUM_PATH: wanted } = process.env;
	const paths = wanted ? [wanted] : browserPackages.map((name) => `/usr/bin/${name}`);
	return paths.find((path) => existsSync(path));
}
