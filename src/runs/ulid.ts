/** Ids of runs: ULIDs, which sort by time. */
import { randomBytes } from 'node:crypto';

const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/** A new ULID: 48 bits of time, 80 of chance, 26 characters of Crockford's base 32. */
export function newUlid(now: number = Date.now()): string {
	let value = (BigInt(now) << 80n) | BigInt(`0x${randomBytes(10).toString('hex')}`);
	let text = '';
	for (let i = 0; i < 26; i++) {
		text = alphabet.charAt(Number(value & 31n)) + text;
		value >>= 5n;
	}
	return text;
}

export function isUlid(text: string): boolean {
	return /^[0-7][0-9A-HJKMNP-TV-Z]{25}$/u.test(text);
}
