/** The part of RDKit (MinimalLib, WebAssembly) that FLEX uses, loaded from the folder where the component was installed. */
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { longestSmiles, type Molecule, type Reading } from '../core/tasks/chemistry.js';
import { type MoleculeDrawing, readDrawing } from '../core/tasks/moleculeDrawing.js';

interface RdkitMolecule {
	/** @param details JSON of options; none: the canonical writing */
	get_smiles(details?: string): string;
	get_morgan_fp_as_uint8array(details: string): Uint8Array;
	get_svg_with_highlights(details: string): string;
	get_num_atoms(): number;
	/** JSON with the CIP labels of centres and double bonds. */
	get_stereo_tags(): string;
	convert_to_kekule_form(): void;
	add_hs_in_place(): boolean;
	delete(): void;
}

export interface RdkitModule {
	version(): string;
	/** Null where the text can't be read. */
	get_mol(text: string): RdkitMolecule | null;
	set_log_capture(name: string): { get_buffer(): string; clear_buffer(): void } | null;
}

interface RdkitBinding {
	readonly default: (options: object) => Promise<RdkitModule>;
}

/** The folder is known only at run time, so the bundler leaves it alone. */
export async function loadRdkit(componentFolder: string): Promise<RdkitModule> {
	const file = join(componentFolder, 'node_modules', '@rdkit', 'rdkit', 'dist', 'RDKit_minimal.js');
	const binding: RdkitBinding = await import(pathToFileURL(file).href);
	return binding.default({ print: () => undefined, printErr: () => undefined });
}

/** Nothing else reaches RDKit, which would read other formats as well. */
const smilesText = /^[\w@+\-[\]()=#$:./\\%*]+$/u;

/** Writing a molecule anew changes some writings once more; after so many times it has settled. */
const mostWritings = 4;

/** Reads texts with one RDKit; what a text does to it is the caller's to survive, for it may throw out of WebAssembly. */
export class Rdkit {
	private readonly log: ReturnType<RdkitModule['set_log_capture']>;

	constructor(private readonly module: RdkitModule) {
		this.log = module.set_log_capture('rdApp.error');
	}

	read(text: string): Reading {
		const smiles = text.trim();
		if (smiles.length > longestSmiles)
			return { error: `it is longer than ${longestSmiles.toLocaleString('en-US')} characters` };
		if (!smilesText.test(smiles)) return { error: smiles === '' ? 'it is empty' : 'it is no SMILES' };
		this.log?.clear_buffer();
		const whole = this.canonical(withoutMaps(smiles));
		if (whole === undefined || whole === '') return { error: this.complaint() };
		const molecules: Molecule[] = [];
		for (const part of whole.split('.')) {
			const molecule = this.molecule(part);
			if (!molecule) return { error: this.complaint() };
			molecules.push(molecule);
		}
		return { molecules };
	}

	draw(text: string): MoleculeDrawing | undefined {
		const smiles = text.trim();
		if (smiles.length > longestSmiles || !smilesText.test(smiles)) return undefined;
		return this.using(withoutMaps(smiles), (molecule) => readDrawing(molecule.get_svg_with_highlights(drawingOptions)));
	}

	private molecule(part: string): Molecule | undefined {
		let smiles = part;
		for (let i = 0; i < mostWritings; i++) {
			const again = this.canonical(smiles);
			if (again === undefined) return undefined;
			if (again === smiles) break;
			smiles = again;
		}
		const fingerprint = this.using(smiles, (molecule) => molecule.get_morgan_fp_as_uint8array(fingerprintOptions));
		return fingerprint && { smiles, fingerprint };
	}

	private canonical(smiles: string): string | undefined {
		return this.using(smiles, (molecule) => molecule.get_smiles());
	}

	private using<T>(smiles: string, use: (molecule: RdkitMolecule) => T): T | undefined {
		const molecule = this.module.get_mol(smiles);
		if (!molecule) return undefined;
		try {
			return use(molecule);
		} finally {
			molecule.delete();
		}
	}

	/** What RDKit said of the text, in a few words. */
	private complaint(): string {
		const [first = ''] = (this.log?.get_buffer() ?? '').split('\n');
		const words = first
			.replace(/^\[[\d:]+\]\s*/u, '')
			.replace(/^SMILES Parse Error:\s*/u, '')
			.replace(/\s*(?:while parsing|for input):.*$/su, '')
			.trim();
		return words === '' ? 'it denotes no molecule' : words.slice(0, 120);
	}
}

const fingerprintOptions = JSON.stringify({ radius: 2, nBits: 2048 });

/** Every molecule to the same scale, as large as it needs, without a ground of its own. */
const drawingOptions = JSON.stringify({
	width: -1,
	height: -1,
	scalingFactor: 22,
	clearBackground: false,
	bondLineWidth: 1.3,
	padding: 0.04,
});

/** In brackets a colon and a number at the end are an atom map, and nothing else. */
function withoutMaps(smiles: string): string {
	return smiles.replace(/:\d+\]/gu, ']');
}
