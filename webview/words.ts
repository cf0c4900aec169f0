/** The panel's texts: written in English where they are shown, read from the editor's language. */

let texts: Readonly<Record<string, string>> = {};
let language = 'en';

/** Called once, before anything is shown. */
export function useTexts(translated: Readonly<Record<string, string>>, tag: string): void {
	texts = translated;
	language = tag;
}

/** The text in the editor's language, `{0}` replaced by the first of `values`, and so on. */
export function t(english: string, ...values: readonly (string | number)[]): string {
	const text = texts[english] ?? english;
	return text.replace(/\{(\d+)\}/gu, (found, index) => String(values[Number(index)] ?? found));
}

/** A whole number with its thousands set apart. */
export function count(value: number): string {
	return value.toLocaleString(language);
}

/** 1234 → 1.2k: for places where a number's size tells enough. */
export function brief(value: number): string {
	return Intl.NumberFormat(language, { notation: 'compact', maximumFractionDigits: 1 }).format(value);
}

/** 0.714 → 71 %. */
export function percent(share: number): string {
	return `${Math.round(share * 100)}\u00a0%`;
}

/** 0.21 → +0.21, and a true minus sign. */
export function signed(value: number, digits = 2): string {
	const rounded = Number(value.toFixed(digits));
	if (rounded === 0) return '±0';
	return `${rounded > 0 ? '+' : '−'}${Math.abs(rounded).toFixed(digits)}`;
}

/** Milliseconds as a person says them. */
export function duration(ms: number): string {
	const seconds = Math.round(ms / 1000);
	if (seconds < 60) return t('{0} s', seconds);
	const minutes = Math.round(seconds / 60);
	return minutes < 60 ? t('{0} min', minutes) : t('{0} h {1} min', Math.floor(minutes / 60), minutes % 60);
}

/** A moment, the day alone where that tells enough. @param at ISO 8601 */
export function moment(at: string): string {
	const time = new Date(at);
	if (Number.isNaN(time.getTime())) return '';
	const today = new Date().toDateString() === time.toDateString();
	return today
		? time.toLocaleTimeString(language, { hour: '2-digit', minute: '2-digit' })
		: time.toLocaleDateString(language, { year: 'numeric', month: 'short', day: 'numeric' });
}

/** How long ago something was, roughly. @param at ISO 8601 */
export function ago(at: string, now = Date.now()): string {
	const seconds = Math.round((now - Date.parse(at)) / 1000);
	if (Number.isNaN(seconds)) return '';
	if (seconds < 5) return t('now');
	return seconds < 24 * 3600 ? t('{0} ago', duration(seconds * 1000)) : moment(at);
}
