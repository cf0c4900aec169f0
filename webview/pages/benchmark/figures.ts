/** Figures of a benchmark as a person reads them: points, chances, answers, money. */
import type { ArmResult, Claim } from '../../../src/core/evaluation/report.js';
import { brief, count, t } from '../../words.js';

/** 0.52 → +52, with a true minus sign. */
export function points(share: number): string {
	return signedPoints(share * 100);
}

/** 52.4 → +52. */
export function signedPoints(value: number): string {
	const rounded = Math.round(value);
	if (rounded === 0) return '±0';
	return `${rounded > 0 ? '+' : '−'}${Math.abs(rounded)}`;
}

/** How often so large a gap appears where nothing differs. @param p adjusted */
export function chance(p: number): string {
	if (p < 0.0005) return t('fewer than 1 of 2,000');
	return p >= 0.5 ? t('more than 1 of 2') : t('1 of {0}', count(Math.round(1 / p)));
}

export function exactP(p: number): string {
	return p < 0.0005 ? 'p < 0.0005' : `p = ${p.toFixed(p < 0.01 ? 4 : 2)}`;
}

/** The sign stands for those to whom colour says nothing. */
export function claimSign(claim: Claim): string {
	return { improved: '▲', worse: '▼', 'no evidence': '○' }[claim];
}

export function claimWord(claim: Claim): string {
	return { improved: t('improved'), worse: t('worse'), 'no evidence': t('no evidence') }[claim];
}

/** Answers that an arm gave, over all seeds and samples. */
export function answersOf({ n, bySeed, samples = 1 }: ArmResult): number {
	return Math.max(1, n * Math.max(1, bySeed.length) * samples);
}

export function tokensPerAnswer(arm: ArmResult): number {
	return (arm.tokensIn + arm.tokensOut) / answersOf(arm);
}

export function secondsPerAnswer(arm: ArmResult): string {
	const seconds = arm.seconds / answersOf(arm);
	if (seconds === 0) return '0';
	return seconds < 0.05 ? '< 0.1' : seconds.toFixed(seconds < 100 ? 1 : 0);
}

/** Mean right answers over seeds: whole where they are. */
export function solvedOf({ solved }: ArmResult): string {
	return Math.abs(solved - Math.round(solved)) < 0.05 ? count(Math.round(solved)) : solved.toFixed(1);
}

/** @param currency ISO 4217; empty where it is not known */
export function money(value: number, currency: string): string {
	const digits = value !== 0 && Math.abs(value) < 0.1 ? { maximumSignificantDigits: 2 } : { maximumFractionDigits: 2 };
	const language = document.documentElement.lang || 'en';
	if (!/^[A-Z]{3}$/u.test(currency)) return `${value.toLocaleString(language, digits)} ${currency}`.trim();
	return value.toLocaleString(language, { style: 'currency', currency, ...digits });
}

/** A number of tokens, short where it is long. */
export function tokens(value: number): string {
	return value < 100_000 ? count(Math.round(value)) : brief(value);
}
