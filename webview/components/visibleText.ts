/** Makes characters visible that would show nothing, or would change how the text around them is read. */

/**
 * Controls but tab and line feed; marks that turn the direction of text, that show nothing, or hide text in “tags”.
 * The joiners U+200C and U+200D stay: scripts and emoji need them.
 */
const hidden =
	/(?![\t\n])[\p{Cc}\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb\u{e0000}-\u{e007f}]/gu;

/** Every hidden character of the text replaced: ESC becomes ␛, U+202E becomes ⟦U+202E⟧. Lines end with a line feed. */
export function visible(text: string): string {
	return text.replace(/\r\n?/gu, '\n').replace(hidden, signOf);
}

/** Unicode has pictures of the old controls; of the others there is but the number. */
function signOf(char: string): string {
	const code = char.codePointAt(0) ?? 0;
	if (code < 0x20) return String.fromCodePoint(0x2400 + code);
	return code === 0x7f ? '␡' : `⟦U+${code.toString(16).toUpperCase().padStart(4, '0')}⟧`;
}
