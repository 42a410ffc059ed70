import { describe, expect, it } from 'vitest';
import { readPage } from './files.ts';
import { buildPage, isPageStale } from './page.ts';

const textOf = (body: Uint8Array): string => new TextDecoder().decode(body);

describe('the built page', () => {
  it('is built once, and needs nothing from elsewhere', async () => {
    const folder = await buildPage();
    expect(isPageStale()).toBe(false);
    expect(await buildPage()).toBe(folder);
    const files = readPage(folder);
    const html = textOf(files.get('/index.html')?.body ?? new Uint8Array());
    const wanted = [...html.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, path = '']) => path);
    expect(wanted.length).toBeGreaterThan(1);
    for (const path of wanted) expect(files.has(path), path).toBe(true);
    // The policy of the site refuses these.
    expect(html).not.toMatch(/<script>|<style|style="|\son\w+="/);
  });

  it('is built for people, not for developers of it', async () => {
    for (const [path, { body }] of readPage(await buildPage())) {
      if (path.endsWith('.js')) expect(textOf(body).includes('React DevTools'), path).toBe(false);
    }
  });

  it('keeps hashed files for ever, and asks for the others each time', async () => {
    const files = readPage(await buildPage());
    for (const [path, { cacheControl, type }] of files) {
      expect(cacheControl.includes('immutable'), path).toBe(path.startsWith('/assets/'));
      expect(type, path).not.toBe('application/octet-stream');
    }
  });
});
