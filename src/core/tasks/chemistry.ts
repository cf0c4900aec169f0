/** The port to a chemistry library: what a SMILES text denotes, whatever its writing, and how it looks. */
import type { MoleculeDrawing } from './moleculeDrawing.js';

/** One connected molecule. */
export interface Molecule {
	/**
	 * The one writing of it: the same for every order of atoms, kekulé or aromatic form, writing of stereochemistry and
	 * explicit hydrogens. Isotopes, charges and stereochemistry count; atom maps do not.
	 */
	readonly smiles: string;
	/** 2,048 bits of its circular environments (Morgan, radius 2), eight a byte. */
	readonly fingerprint: Uint8Array;
}

/** The molecules of a text, in the order of their writing; or why it denotes none, in a few words. */
export type Reading =
	| { readonly molecules: readonly Molecule[]; readonly error?: undefined }
	| { readonly error: string };

/** A longer text is not read, in characters: the longest set of reactants in USPTO-50k has about 200. */
export const longestSmiles = 1_000;

export interface Chemistry {
	/** Puts what is missing on this machine, after asking where that is wanted. @throws where it can't be had */
	prepare(): Promise<void>;
	/** One reading for each text; no text can spoil that of another one. @throws the signal's reason */
	read(smiles: readonly string[], signal: AbortSignal): Promise<readonly Reading[]>;
	/** One drawing for each text, undefined where there is nothing to draw. @throws the signal's reason */
	draw(smiles: readonly string[], signal: AbortSignal): Promise<readonly (MoleculeDrawing | undefined)[]>;
	close(): Promise<void>;
}
