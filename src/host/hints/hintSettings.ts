/** The settings `flex.hints.*`, as they are for a document or for the whole window. */
import * as vscode from 'vscode';
import type { Zone } from '../../core/experience/experience.js';
import { matchesGlob } from '../../core/hints/globPattern.js';

/** The ways in which hints can be shown; each has a setting of its own. */
export type HintSurface = 'hover' | 'codeLens' | 'gutter' | 'endOfLine' | 'problemFiles';
const surfaces: readonly HintSurface[] = ['hover', 'codeLens', 'gutter', 'endOfLine', 'problemFiles'];

function configuration(uri?: vscode.Uri): vscode.WorkspaceConfiguration {
	return vscode.workspace.getConfiguration('flex.hints', uri ?? null);
}

/** Whether anything has to be there for a surface: some folder of the window wants it. */
export function isWanted(surface: HintSurface): boolean {
	const places = [undefined, ...(vscode.workspace.workspaceFolders ?? []).map(({ uri }) => uri)];
	return places.some((uri) => isOn(surface, uri));
}

export function wantedSurfaces(): readonly HintSurface[] {
	return surfaces.filter(isWanted);
}

/** Whether a surface is on for a file. */
export function isOn(surface: HintSurface, uri: vscode.Uri | undefined): boolean {
	const settings = configuration(uri);
	return settings.get('enabled', true) && settings.get(surface, surface === 'hover' || surface === 'problemFiles');
}

/** 0–1: how strong a match must be. */
export function leastStrength(uri: vscode.Uri): number {
	return Math.max(defaultStrength, Math.min(1, configuration(uri).get('minimumMatch', defaultStrength)));
}

/** Below it too many hints are wrong (docs/decisions/0018). */
const defaultStrength = 0.5;

export function showsZone(zone: Zone, uri: vscode.Uri): boolean {
	const zones: Readonly<Record<string, unknown>> = configuration(uri).get('zones', {});
	return zones[zone] !== false;
}

/** Whether hints are wanted in a file of this language. @param path relative to its workspace folder */
export function isWantedIn({ uri, languageId }: vscode.TextDocument, path: string): boolean {
	const settings = configuration(uri);
	const languages = textsOf(settings.get('languages'));
	const excluded = textsOf(settings.get('exclude')).some((glob) => matchesGlob(path, glob));
	return !excluded && (languages.length === 0 || languages.includes(languageId));
}

/** Settings can hold anything. */
function textsOf(value: unknown): readonly string[] {
	return Array.isArray(value) ? value.filter((one) => typeof one === 'string') : [];
}
