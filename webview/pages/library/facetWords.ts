/** Facets and their values in words, and the signs of zones, which differ by shape as well as by colour. */
import type { BrowseSort, FacetName } from '../../../src/core/experience/browse.js';
import type { Zone } from '../../../src/core/experience/experience.js';
import { t } from '../../words.js';

export function facetTitle(name: FacetName): string {
	const titles: Readonly<Record<FacetName, string>> = {
		zone: t('Zone'),
		status: t('Status'),
		utility: t('Utility'),
		mark: t('Marks'),
		part: t('Has'),
		domain: t('Domain'),
		set: t('Problem set'),
		model: t('Model'),
		run: t('Run'),
	};
	return titles[name];
}

export function valueWord(name: FacetName, value: string, runNames: Readonly<Record<string, string>>): string {
	if (name === 'run') return runNames[value] ?? value;
	const words: Readonly<Partial<Record<FacetName, Readonly<Record<string, string>>>>> = {
		zone: zoneWords(),
		status: statusWords(),
		utility: {
			helps: t('Helps'),
			hurts: t('Hurts'),
			'no evidence': t('No evidence'),
			unknown: t('Not yet known'),
		},
		mark: {
			starred: t('Starred'),
			pinned: t('Pinned'),
			unread: t('Not read yet'),
			imported: t('Imported'),
			used: t('Used'),
		},
		part: { strategy: t('Strategy'), patterns: t('Patterns'), cases: t('Cases') },
	};
	return words[name]?.[value] ?? value;
}

export function zoneWords(): Readonly<Record<Zone, string>> {
	return { golden: t('Golden'), warning: t('Warning'), mixed: t('Mixed') };
}

export function statusWords(): Readonly<Record<string, string>> {
	return {
		active: t('In use'),
		proposed: t('Proposed'),
		quarantined: t('Quarantined'),
		retired: t('Retired'),
	};
}

export const zoneSigns: Readonly<Record<Zone, string>> = { golden: '●', warning: '▲', mixed: '◆' };

export function sortWords(): Readonly<Record<BrowseSort, string>> {
	return {
		relevance: t('Relevance'),
		newest: t('Newest'),
		changed: t('Last changed'),
		title: t('Title'),
		used: t('Most used'),
		utility: t('Utility'),
		priority: t('Priority'),
	};
}
