/** Changes of a SMILES text after which it denotes other molecules: by what is counted, not by comparing canonical forms. */
import { smilesSkeleton } from '../../src/core/tasks/smilesSkeleton.js';
import type { Rewriter } from './rewriter.js';

type Random = () => number;

export interface Change {
	readonly name: string;
	/** Undefined where the text has no place for it, or what comes of it is no molecule. */
	make(smiles: string, random: Random, rewriter: Rewriter): string | undefined;
}

export const changes: readonly Change[] = [
	// Another element, or an atom or two hydrogens more or less: the formula differs.
	swap('another halogen', (token) => nextHalogen[token]),
	swap('sulfur for oxygen', (token) => (token === 'O' ? 'S' : undefined)),
	swap('nitrogen for carbon', (token) => (token === 'C' ? 'N' : undefined)),
	swap('one carbon more', (token, next) => (token === 'C' && next === 'C' ? 'CC' : undefined)),
	swap('a double bond made single', (token, next) => (token === '=' && next === 'O' ? '' : undefined)),
	swap('a single bond made double', (token, next) => (token === 'C' && next === 'C' ? 'C=' : undefined)),
	// The same atoms at other places: the skeletons differ.
	{ name: 'two halogens exchanged', make: exchanged },
	// The label of the only stereocentre, or of the only double bond with one, turns round.
	stereo('the mirror image', /@@?/gu, (found) => (found === '@' ? '@@' : '@'), /[/\\]/u),
	stereo('the other double bond isomer', /[/\\]/gu, (found) => (found === '/' ? '\\' : '/'), /@/u),
	{
		name: 'one reactant left out',
		make: (smiles, random) => {
			const parts = smiles.split('.');
			const left = Math.floor(random() * parts.length);
			return parts.length > 1 ? parts.filter((_, index) => index !== left).join('.') : undefined;
		},
	},
];

const nextHalogen: Readonly<Record<string, string>> = { F: 'Cl', Cl: 'Br', Br: 'I', I: 'F' };

/** Atoms in brackets are one token, and are left alone. */
function tokensOf(smiles: string): readonly string[] {
	return smiles.match(/\[[^\]]*\]|Cl|Br|./gu) ?? [];
}

/** @param by what stands there instead of a token, undefined where it stays */
function swap(name: string, by: (token: string, next: string | undefined) => string | undefined): Change {
	return {
		name,
		make(smiles, random, rewriter) {
			const tokens = tokensOf(smiles);
			const places = tokens.flatMap((token, at) => (by(token, tokens[at + 1]) === undefined ? [] : [at]));
			const chosen = places[Math.floor(random() * places.length)];
			if (chosen === undefined) return undefined;
			const changed = tokens.map((token, at) => (at === chosen ? by(token, tokens[at + 1]) : token)).join('');
			return rewriter.reads(changed) ? changed : undefined;
		},
	};
}

function exchanged(smiles: string, _: Random, rewriter: Rewriter): string | undefined {
	const tokens = tokensOf(smiles);
	const [one, other] = [tokens.indexOf('F'), tokens.indexOf('Cl')];
	if (one < 0 || other < 0) return undefined;
	const changed = tokens.map((token, at) => (at === one ? 'Cl' : at === other ? 'F' : token)).join('');
	return rewriter.reads(changed) && skeletons(smiles) !== skeletons(changed) ? changed : undefined;
}

function skeletons(smiles: string): string {
	return smiles.split('.').map(smilesSkeleton).sort().join();
}

/** @param without what the text must not have, so that the mark is the only stereochemistry in it */
function stereo(name: string, mark: RegExp, by: (found: string) => string, without: RegExp): Change {
	return {
		name,
		make(smiles, _random, rewriter) {
			if (without.test(smiles)) return undefined;
			const before = rewriter.labels(smiles);
			const first = [...smiles.matchAll(mark)][0];
			if (!first || before.length !== 1) return undefined;
			const after = first.index + first[0].length;
			const changed = smiles.slice(0, first.index) + by(first[0]) + smiles.slice(after);
			const now = rewriter.labels(changed);
			return now.length === 1 && now[0] !== before[0] ? changed : undefined;
		},
	};
}
