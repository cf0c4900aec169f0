/** What a workbench in a browser has written of its own state: it does so every few seconds, and not when its page goes. */
import type { Page } from 'playwright-core';

/** What all of its databases hold under the key, as one text. */
export function storedState(page: Page, key: string): Promise<string> {
	return page.evaluate<string>(`(async () => {
		const databases = (await indexedDB.databases()).filter(({ name }) => name.startsWith('vscode-web-state-db-'));
		const settled = (request) => new Promise((resolve, reject) => {
			request.onsuccess = () => resolve(request.result);
			request.onerror = () => reject(request.error);
		});
		const texts = databases.map(async ({ name }) => {
			const database = await settled(indexedDB.open(name));
			try {
				return (await settled(database.transaction('ItemTable').objectStore('ItemTable').get(${JSON.stringify(key)}))) ?? '';
			} finally {
				database.close();
			}
		});
		return (await Promise.all(texts)).join('');
	})()`);
}
