/** Stable identifiers: content hashes for experiences and problems. */
import { sha256Hex } from '../hash.js';
import type { Zone } from './experience.js';

/** Id of the `ordinal`-th experience that `problem` taught in `zone` during `run`: 16 hex digits. */
export function experienceId(run: string, problem: string, zone: Zone, ordinal: number): string {
	return sha256Hex([run, problem, zone, ordinal].join('\u0000')).slice(0, 16);
}

/** Id of a part (pattern or case) of an experience: 8 hex digits. */
export function partId(experience: string, kind: 'pattern' | 'case', text: string): string {
	return sha256Hex([experience, kind, text].join('\u0000')).slice(0, 8);
}

/** Default id of a problem: 16 hex digits of the hash of its NFC-normalised, trimmed question. */
export function problemId(question: string): string {
	return sha256Hex(question.normalize('NFC').trim()).slice(0, 16);
}
