/** Where the panel begins: its texts, its controls, and a page that says so when something breaks. */
import './app.js';
import { App } from './app.js';
import { connection } from './connection.js';
import { useToolkit } from './toolkit.js';
import { t, useTexts } from './words.js';

const { start } = connection;
useTexts(start.texts, start.language);
useToolkit();
document.documentElement.lang = start.language;
window.addEventListener('error', ({ error, message }) => {
	// Browsers tell in this way, too, that a size was measured one frame later: nothing broke.
	if (error || !message.startsWith('ResizeObserver loop')) showBroken(error ?? message);
});
window.addEventListener('unhandledrejection', ({ reason }) => showBroken(reason));
const first = !connection.shownBefore;
const app = new App();
document.body.append(app);
if (start.route && first) app.go(start.route);

/** A page that broke is no page to work on: what happened, and the way on. Nothing is lost, for the extension has it all. */
function showBroken(error: unknown): void {
	if (error instanceof Error && error.name === 'Refused') return;
	const notice = document.createElement('div');
	notice.setAttribute('role', 'alert');
	notice.style.cssText = 'padding: 24px; max-width: 60ch';
	const text = document.createElement('p');
	text.textContent = t(
		'This page broke: {0}. Nothing is lost.',
		error instanceof Error ? error.message : String(error),
	);
	const reload = document.createElement('button');
	reload.textContent = t('Reload the page');
	reload.addEventListener('click', () => window.location.reload());
	const log = document.createElement('button');
	log.textContent = t('Show log');
	log.addEventListener('click', () => void connection.ask('open', { what: 'log' }));
	notice.append(text, reload, ' ', log);
	document.body.replaceChildren(notice);
}
