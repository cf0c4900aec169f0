/** Reads expressions, and numbers with what stands beside them: units, currencies, per cent, words. */
import { variablesOf } from './expression.js';
import type { Form } from './form.js';
import { parseExpression } from './parseExpression.js';

export function expression(text: string): Form | undefined {
	if (/[$€£%°]/u.test(text) && !/sin|cos|tan|cot|sec|csc/u.test(text)) return undefined;
	const value = parseExpression(withoutThousands(mixedNumbers(text)));
	if (!value) return undefined;
	const plain: Form = { kind: 'expression', text: text.replace(/\s+/gu, ''), value };
	// "5 cm" could be a product, too.
	return unitAfter(text) === undefined ? plain : quantityOf(text, plain);
}

export function quantity(text: string): Form | undefined {
	return quantityOf(text, undefined);
}

function quantityOf(text: string, also: Form | undefined): Form | undefined {
	const money = /^([+-]?)\s*([$€£])\s*([+-]?.*)$/u.exec(text);
	const [body, unit] = money ? [`${money[1]}${money[3]}`, money[2] ?? ''] : (unitAfter(text) ?? []);
	if (body === undefined || unit === undefined) return also;
	const value = parseExpression(withoutThousands(mixedNumbers(body)));
	if (!value || variablesOf(value).length > 0) return also;
	return { kind: 'quantity', value: { kind: 'expression', text: body.replace(/\s+/gu, ''), value }, unit, also };
}

/** The number and what stands behind it: a sign, a unit written onto it, or words after a space. */
function unitAfter(text: string): readonly [string, string] | undefined {
	const sign = /^(.*\S)\s*([%°€£¢])$/u.exec(text);
	if (sign) return [sign[1] ?? '', sign[2] ?? ''];
	const after =
		/^(.*?[\d)}!π]|.*?\\pi|.*?\dpi)(\s+|(?=(?:[cdkm]m|[mk]?g|ml|min|hr?s?|am|pm)\b))([A-Za-z][A-Za-z.-]*(?:[\s^{}/]+[A-Za-z\d.-]+)*\}?)$/u.exec(
			text,
		);
	if (!after) return undefined;
	const [, body = '', , words = ''] = after;
	if (/^degrees?$/iu.test(words)) return [body, '°'];
	if (/^percent$/iu.test(words)) return [body, '%'];
	return /^(?:pi|e|i|[xyzn]|sqrt|sin|cos|tan|log|ln)\b/u.test(words) ? undefined : [body, words];
}

const fraction = /\\frac\s*\{\s*(\d+)\s*\}\s*\{\s*(\d+)\s*\}/u.source;

/** "2 1/3" and "2\frac{1}{3}" are two and a third. */
function mixedNumbers(text: string): string {
	return text
		.replace(new RegExp(`(?<![\\d.^_\\w{*/])(\\d+)\\s*${fraction}`, 'gu'), '($1+$2/$3)')
		.replace(/(?<![\d.^*/])(\d+)\s+(\d+)\s*\/\s*(\d+)(?![\d/])/gu, '($1+$2/$3)');
}

/** Separators of thousands, commas or spaces, outside of brackets. */
export function withoutThousands(text: string): string {
	if (/^[([{⦃]/u.test(text)) return text;
	return text.replace(
		/(?<![\d.,])[1-9]\d{0,2}(?:,\d{3})+(?![\d,])|(?<![\d.,] ?)[1-9]\d{0,2}(?: \d{3})+(?! ?[\d,/])/gu,
		(digits) => digits.replace(/[, ]/gu, ''),
	);
}
