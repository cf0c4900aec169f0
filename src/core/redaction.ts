/** Takes secrets out of text before it is shown to a model, kept in a library, or written to a log. */

/** What stands in the place of a secret. */
export const redactedMark = '[redacted]';

export interface RedactedText {
	readonly text: string;
	/** How many secrets were taken out. */
	readonly found: number;
}

/** Takes out secrets that are known by their value, e.g. the key of an endpoint that echoes it in an error. */
export function redactKnown(text: string, secrets: readonly string[]): string {
	return secrets.reduce((rest, secret) => (secret === '' ? rest : rest.replaceAll(secret, redactedMark)), text);
}

/**
 * Takes out what looks like a secret: keys of known makers, private keys, passwords in addresses and assignments, and
 * long random strings. It errs towards taking out: a lesson loses nothing by a string that nobody can remember. Names of
 * variables, calls, hashes of commits and files, UUIDs and placeholders stay.
 */
export function redactSecrets(text: string): RedactedText {
	let found = 0;
	const hide = (secret: string): string => {
		if (secret === redactedMark) return secret;
		found++;
		return redactedMark;
	};
	let rest = text;
	for (const pattern of makers) rest = rest.replace(pattern, hide);
	for (const pattern of carriers) {
		rest = rest.replace(pattern, (whole: string, before: string, secret: string) => {
			return isPlaceholder(secret) ? whole : `${before}${hide(secret)}`;
		});
	}
	rest = rest.replace(assignment, (whole: string, ...groups: readonly (string | number | undefined)[]) => {
		const [name = '', quote = '', quoted, bare, at, all] = groups;
		if (typeof quoted === 'string') {
			return isPlaceholder(quoted) ? whole : `${name}${quote}${hide(quoted)}${quote}`;
		}
		if (typeof bare !== 'string' || typeof at !== 'number' || typeof all !== 'string') return whole;
		const before = nameBefore(all, at) + name;
		return isBareSecret(before, bare) ? `${name}${hide(bare)}` : whole;
	});
	rest = rest.replace(longWord, (word: string) => (isRandom(word) ? hide(word) : word));
	return { text: rest, found };
}

/** Secrets that tell by their own form what they are. */
const makers: readonly RegExp[] = [
	// Private keys; one that a diff or an output cut off, too.
	/-----BEGIN [A-Z0-9 ]*PRIVATE KEY(?: BLOCK)?-----[\s\S]*?(?:-----END [A-Z0-9 ]*PRIVATE KEY(?: BLOCK)?-----|$)/gu,
	/\b(?:AKIA|ASIA|ABIA|ACCA)[A-Z0-9]{16}\b/gu,
	/\bgh[oprsu]_[A-Za-z0-9]{20,}\b/gu,
	/\bgithub_pat_\w{20,}\b/gu,
	/\bgl(?:pat|ptt|dt|rt|cbt|soat)-[\w-]{16,}/gu,
	/\bxox[abceoprs]-[\w-]{10,}/gu,
	/\bxapp-[\w-]{10,}/gu,
	/https:\/\/hooks\.slack\.com\/(?:services|workflows)\/[\w/+-]+/gu,
	/https:\/\/(?:\w+\.)?discord(?:app)?\.com\/api\/webhooks\/[\w/-]+/gu,
	/\bAIza[\w-]{30,}/gu,
	/\bya29\.[\w-]{20,}/gu,
	/\b[rs]k_(?:live|test)_[A-Za-z0-9]{10,}\b/gu,
	/\bwhsec_[A-Za-z0-9+/=]{16,}/gu,
	/\bsk-[A-Za-z0-9][\w-]{16,}/gu,
	/\bnpm_[A-Za-z0-9]{30,}\b/gu,
	/\bpypi-[\w-]{16,}/gu,
	/\bhf_[A-Za-z0-9]{20,}\b/gu,
	/\bdo[opr]_v1_[a-f0-9]{32,}\b/gu,
	/\bSG\.[\w-]{16,}\.[\w-]{16,}/gu,
	/\bsq0[a-z]{3}-[\w-]{20,}/gu,
	/\beyJ[\w-]{8,}\.eyJ[\w-]{8,}\.[\w-]+/gu,
	/\b\d{8,10}:AA[\w-]{32,}/gu,
];

/** Secrets that tell by what stands before them, which stays. */
const carriers: readonly RegExp[] = [
	// The user may stay, and the host; the password may not.
	/(\b[a-z][a-z0-9+.-]{0,20}:\/\/[^\s:@/'"`]{0,200}:)([^\s@/'"`]{1,500})(?=@)/giu,
	/(\b(?:authorization|proxy-authorization)["']?\s*[:=]\s*["'`]?(?:bearer|basic|token|digest)\s+)([^\s"'`,;]+)/giu,
	/(\bbearer\s+)([\w.~+/-]{16,}=*)/giu,
	/((?:^|\s)--?(?:password|passwd|pass|token|secret|api-?key|access-?key|auth-?token|client-?secret)[ =])(?!-)([^\s"'`]+)/gimu,
	/(\b(?:AccountKey|SharedAccessKey|SharedAccessSignature|sig)=)([^\s;&"'`]{8,})/gu,
];

/**
 * A name that says "secret", a sign of assignment, and a value: `DB_PASSWORD=…`, `"apiKey": "…"`, `secret := '…'`. In
 * quotes the value is taken whole.
 */
const assignment =
	/((?:passwords?|passwd|passphrase|pwd|secrets?|tokens?|api[_-]?keys?|access[_-]?keys?|secret[_-]?keys?|private[_-]?keys?|signing[_-]?keys?|encryption[_-]?keys?|credentials?|auth[_-]?keys?|client[_-]?secrets?|connection[_-]?strings?)(?:[_-]?\d+)?["'`]?\]?[ \t]*(?::=|=>|[:=])[ \t]*)(?:(["'`])((?:\\.|(?!\2)[^\\\n]){0,2000})\2|([^\s"'`,;(){}[\]<>]{1,2000})(?![(\w.[]))/giu;

/** What a name such as `DB_PASSWORD` has before the part that was found. */
function nameBefore(text: string, at: number): string {
	return /[\w.-]*$/u.exec(text.slice(Math.max(0, at - 60), at))?.[0] ?? '';
}

/** Values that stand for a secret and are none. */
function isPlaceholder(value: string): boolean {
	const plain = value.trim();
	if (plain.length < 3 || plain === redactedMark) return true;
	if (/^(?:\$\{?|\{\{|<|%|process\.env|os\.environ|env\.|ENV\[|\*+$|\.{3}|x{3,}$|\[)/iu.test(plain)) return true;
	// A sentence or a label in quotes, as in `password: "Enter your password"`.
	if (/\s/u.test(plain) && /^[\p{L}\s'’.,:!?-]+$/u.test(plain)) return true;
	return /^(?:null|none|nil|undefined|true|false|string|number|password|passwd|secret|token|api[_-]?key|text|hidden|required|optional|invalid|missing|expired|your[-_ ].*|change[-_ ]?me|example.*|placeholder|dummy|todo)$/iu.test(
		plain,
	);
}

/** Without quotes a value is code more often than not; a secret has what a name or a type has not. */
function isBareSecret(before: string, value: string): boolean {
	if (isPlaceholder(value) || value.length < 4) return false;
	// `DB_PASSWORD=hunter`: as in an environment file or on a command line, where nothing else can stand there.
	if (/^[A-Z0-9_]+=$/u.test(before)) return true;
	if (/^[\p{L}_$][\p{L}_$]*(?:\.[\p{L}\p{N}_$]+)*[!?]?$/u.test(value)) {
		// A bare word: only where no blank stands beside the sign, as in `password=hunter`, and not `key=key`.
		return /(?:password|passwd|pwd)=$/iu.test(before) && !/[.A-Z_$]/u.test(value) && !echoes(before, value);
	}
	return /\d/u.test(value) && /[\p{L}!#%&*+/@^~-]/u.test(value) && value.length >= 6 && !/^[\d.,:]+$/u.test(value);
}

/** `password=password`, `token=newToken`: an argument that is handed on. */
function echoes(before: string, value: string): boolean {
	const name = before.replace(/[^\p{L}]/gu, '').toLowerCase();
	return name.includes(value.toLowerCase()) || value.toLowerCase().includes(name);
}

const longWord = /(?<![\w+/=-])[A-Za-z0-9+/_-]{24,}={0,2}(?![\w+/-])/gu;

/** Whether a long word looks drawn by chance: all kinds of signs, often changing, none of them often. */
function isRandom(word: string): boolean {
	// The hash of a file, as lockfiles and pages give it, is no secret.
	if (/^sha(?:1|256|384|512)-/u.test(word)) return false;
	const classes = [...word].map(classOf);
	const count = (kind: string): number => classes.filter((one) => one === kind).length;
	if (count('digit') < 2 || count('upper') < 2 || count('lower') < 2) return false;
	const changes = classes.filter((kind, at) => at > 0 && kind !== classes[at - 1]).length;
	return changes / (word.length - 1) >= 0.4 && entropy(word) >= 3.8;
}

function classOf(sign: string): 'digit' | 'upper' | 'lower' | 'other' {
	if (/\d/u.test(sign)) return 'digit';
	if (/[A-Z]/u.test(sign)) return 'upper';
	return /[a-z]/u.test(sign) ? 'lower' : 'other';
}

/** Shannon's, in bits a sign. */
function entropy(word: string): number {
	const counts = new Map<string, number>();
	for (const sign of word) counts.set(sign, (counts.get(sign) ?? 0) + 1);
	let bits = 0;
	for (const count of counts.values()) bits -= (count / word.length) * Math.log2(count / word.length);
	return bits;
}
