import type { PageTexts } from '@wijk/i18n';
import type { Context } from '#lib/server/context.ts';
import type { Flash } from '#lib/server/flash.ts';
import type { SiteNav } from '#lib/server/nav.ts';
import type { OpenPage } from '#lib/server/open/head.ts';

declare global {
  namespace App {
    interface Error {
      /** a key below `page.error` when the page has its own words for it */
      reason?: string;
      /** reference of the request, the same as in the log */
      reference?: string;
    }
    /** What the root layout gives to every page. */
    interface PageData {
      base: string;
      locale: 'nl' | 'en';
      theme: string;
      /** null when there is no such wijk, or the API is away */
      wijk: Context['wijk'] | null;
      actor: Context['actor'];
      /** a platform admin who is no member here */
      platform: Context['platform'];
      unread: number;
      /** null without a wijk */
      nav: SiteNav | null;
      flash: Flash | null;
      parts: PageTexts['parts'];
      /** a page that is a tool: wide, and it shows the flash message in its own place */
      tool?: true;
      /** without Svelte in the browser: `lib/plain` */
      plain?: true;
      /** what of the live connection a plain page is about */
      topic?: string;
    }
    interface Locals {
      /** slug of the wijk, from the path or the host name */
      slug: string;
      /** '' on a wijk's own host name, '/w/<slug>' on a shared one */
      base: string;
      locale: 'nl' | 'en';
      theme: '' | 'light' | 'dark' | 'contrast';
      requestId: string;
      /** the invitation whose link the visitor holds, '' for none */
      invitation: string;
      /** known once the context was asked for */
      signedIn: boolean;
      /** what this page tells machines, where it is open to readers; set at the end of a `load` */
      open: OpenPage | null;
      /** cookies that the API set during this request, copied to the response as they are */
      setCookies: string[];
      /** the wijk and who looks at it; asked once per request, throws when there is no such wijk */
      context: () => Promise<Context>;
    }
  }
}
