/** How long a provider asks to wait, in the several ways in which it may say so. */

/** Milliseconds from `now` (epoch), or undefined where the headers don't say. */
export function retryAfterMs(headers: Headers, now: number): number | undefined {
	const asked = fromMilliseconds(headers.get('retry-after-ms')) ?? fromRetryAfter(headers.get('retry-after'), now);
	return asked ?? fromResets(headers);
}

function fromMilliseconds(text: string | null): number | undefined {
	const ms = Number(text ?? '');
	return text && Number.isFinite(ms) && ms >= 0 ? ms : undefined;
}

/** Seconds or a date (RFC 9110, 10.2.3). */
function fromRetryAfter(text: string | null, now: number): number | undefined {
	if (!text) return undefined;
	const seconds = Number(text);
	if (Number.isFinite(seconds)) return Math.max(0, seconds * 1000);
	const at = Date.parse(text);
	return Number.isNaN(at) ? undefined : Math.max(0, at - now);
}

/** OpenAI's `x-ratelimit-reset-*` of what is used up; of both where it is not said which. */
function fromResets(headers: Headers): number | undefined {
	const kinds = ['requests', 'tokens'];
	const usedUp = kinds.filter((kind) => headers.get(`x-ratelimit-remaining-${kind}`) === '0');
	const waits = (usedUp.length > 0 ? usedUp : kinds)
		.map((kind) => fromDuration(headers.get(`x-ratelimit-reset-${kind}`)))
		.filter((ms) => ms !== undefined);
	return waits.length > 0 ? Math.max(...waits) : undefined;
}

const unitMs: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 };

/** A duration such as `6m0s`, `1.5s`, `120ms`. */
function fromDuration(text: string | null): number | undefined {
	if (!text || !/^(\d+(\.\d+)?(ms|s|m|h|d))+$/.test(text)) return undefined;
	let ms = 0;
	for (const [, amount, unit = ''] of text.matchAll(/(\d+(?:\.\d+)?)(ms|s|m|h|d)/g)) {
		ms += Number(amount) * (unitMs[unit] ?? 0);
	}
	return ms;
}
