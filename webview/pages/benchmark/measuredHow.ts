/** What stands behind a result for those who want to check it: what each arm is, seeds, the library, what was left out. */
import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { Report } from '../../../src/core/evaluation/report.js';
import type { BenchArm } from '../../../src/protocol/benchmarks.js';
import { base } from '../../styles.js';
import { count, percent, t } from '../../words.js';
import { inOrder, nameOf } from './outcomes.js';

@customElement('flex-measured-how')
export class MeasuredHow extends LitElement {
	static override styles = [
		base,
		css`
			:host {
				display: block;
			}
			summary {
				cursor: pointer;
			}
			dl {
				display: grid;
				grid-template-columns: minmax(8em, 14em) minmax(0, 1fr);
				gap: 5px 18px;
				margin-top: 10px;
			}
			dt {
				color: var(--quiet);
			}
			dd {
				overflow-wrap: anywhere;
			}
		`,
	];

	@property({ attribute: false }) accessor report: Report | null = null;
	@property({ attribute: false }) accessor names: Readonly<Record<string, string>> = {};
	@property({ attribute: false }) accessor arms: readonly BenchArm[] = [];

	override render(): TemplateResult | typeof nothing {
		const { report } = this;
		if (!report) return nothing;
		return html`<details>
			<summary>${t('How it was measured')}</summary>
			<dl>
				${this.facts(report).map(([name, value]) => html`<dt>${name}</dt><dd class="number">${value}</dd>`)}
			</dl>
		</details>`;
	}

	private facts(report: Report): readonly (readonly [name: string, value: string])[] {
		const { library, excluded, lint, seeds, smallestGap, models, versions, set } = report;
		const sorted = inOrder(report.arms, ({ arm }) => arm);
		const about = new Map(this.arms.map(({ arm, description }) => [arm, description]));
		return [
			...sorted.flatMap(({ arm }) => {
				const text = about.get(arm);
				return text ? [[nameOf(this.names, arm), text] as const] : [];
			}),
			[t('Library'), t('{0} experiences, {1} patterns', count(library.experiences), count(library.patterns))],
			[
				t('Left out'),
				excluded.length === 0
					? t('Nothing: no evaluated problem had taught any of it.')
					: t('{0} parts, because the evaluated problem itself had taught them.', count(excluded.length)),
			],
			[
				t('Answers in the library'),
				t(
					'{0} lessons hold an answer together with its problem; by chance it would be {1} of experiences.',
					...[count(lint.counts['answer-leak']), percent(lint.chanceRate)],
				),
			],
			[
				t('Words of the test'),
				t(
					'{0} parts of {1} experiences speak of the test itself.',
					...[count(lint.counts['harness-words']), count(lint.experiences['harness-words'])],
				),
			],
			...imported(lint),
			[
				t('Smallest gap that shows'),
				smallestGap >= 1 ? t('None: too few problems.') : t('about {0} points', Math.round(smallestGap * 100)),
			],
			...(seeds.length > 1 ? bySeed(report, this.names) : []),
			...models.map(({ role, id, identity }) => [t('Model ({0})', role), `${id}, ${identity}`] as const),
			[t('Source of the problems'), set.source],
			[
				t('Versions'),
				Object.entries(versions)
					.map((pair) => pair.join(' '))
					.join(', '),
			],
		];
	}
}

/** Both findings for each imported file: of its entries as they were published, and of the parts that they were cut into. */
function imported({ origins = [] }: Report['lint']): readonly (readonly [string, string])[] {
	return origins.flatMap(({ imported: file, entries, experiences, entriesWith, experiencesWith }) => {
		if (file === null) return [];
		const found = (['answer-leak', 'harness-words'] as const).map((code) => {
			const counts = [entriesWith[code], entries, experiencesWith[code], experiences].map(count);
			return code === 'answer-leak'
				? t('answers in {0} of {1} published entries and {2} of {3} parts', ...counts)
				: t('words of the test in {0} of {1} published entries and {2} of {3} parts', ...counts);
		});
		return [[t('Imported from {0}', file), found.join('; ')] as const];
	});
}

/** One training or draw is one sample of many: each stands for itself. */
function bySeed({ arms }: Report, names: Readonly<Record<string, string>>): readonly (readonly [string, string])[] {
	return inOrder(arms, ({ arm }) => arm).map(({ arm, bySeed: own }) => [
		t('{0}, by seed', nameOf(names, arm)),
		own.map(({ seed, accuracy }) => t('seed {0}: {1}', seed, percent(accuracy))).join(', '),
	]);
}
