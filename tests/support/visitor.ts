import { setTimeout as pause } from 'node:timers/promises';
import * as contract from '@wijk/contracts';
import {
  type Contract,
  createClient,
  type Outcome,
  type ParamsOf,
  type QueryOf,
} from '@wijk/contracts';
import type { z } from 'zod';

/** Somebody who calls the running application over the network, as a page would. */
export interface Visitor {
  call<C extends Contract>(
    operation: C,
    input: {
      params?: Partial<ParamsOf<C>>;
      query?: Partial<QueryOf<C>>;
      body?: z.input<C['body']>;
      key?: string;
    },
  ): Promise<Outcome<C>>;
  cookie: string;
}

export const WIJK = 'elzenhof';

/** A visitor without a session; `signIn` gives one. Network errors are thrown, refusals returned. */
export function visit(url: string): Visitor {
  const visitor: Visitor = {
    cookie: '',
    call: (operation, { params, query, body, key }) =>
      createClient(async (path, init) => {
        const response = await fetch(url + path, {
          ...init,
          headers: {
            ...(init.headers as Record<string, string>),
            origin: url,
            ...(visitor.cookie ? { cookie: visitor.cookie } : {}),
          },
        });
        const [session] = response.headers.getSetCookie();
        if (session) visitor.cookie = session.split(';')[0] ?? '';
        return response;
      })(operation, {
        params: { wijk: WIJK, ...(params as object) } as never,
        query: query as never,
        body: body as never,
        ...(key ? { idempotencyKey: key } : {}),
      }),
  };
  return visitor;
}

/** Waits for the newest mail to this address that matches; its text. */
export async function mailTo(
  visitor: Visitor,
  address: string,
  wanted: RegExp,
  withinMs = 30_000,
): Promise<string> {
  const until = Date.now() + withinMs;
  while (Date.now() < until) {
    const list = await visitor.call(contract.listMail, { query: { to: address } });
    for (const { id } of list.ok ? list.data.items : []) {
      const mail = await visitor.call(contract.readMail, { params: { mail: id } });
      if (mail.ok && wanted.test(mail.data.text)) return mail.data.text;
    }
    await pause(50);
  }
  throw new Error(`no mail to ${address} that matches ${wanted}`);
}

/** The six digits in a mail. */
export const codeIn = (text: string): string =>
  (/\b(\d{3})\s?(\d{3})\b/.exec(text)?.slice(1) ?? []).join('');

/** Signs in by the code in the demonstration's mailbox. */
export async function signIn(url: string, email: string): Promise<Visitor> {
  const visitor = visit(url);
  const before = await visitor.call(contract.listMail, { query: { to: email, limit: 100 } });
  const known = new Set(before.ok ? before.data.items.map((m) => m.id) : []);
  const asked = await visitor.call(contract.requestCode, { body: { email } });
  if (!asked.ok) throw new Error(`no code for ${email}: ${asked.problem.code}`);
  const until = Date.now() + 30_000;
  while (Date.now() < until) {
    const list = await visitor.call(contract.listMail, { query: { to: email, limit: 10 } });
    // other letters may come in at the same time
    for (const { id } of list.ok ? list.data.items.filter((m) => !known.has(m.id)) : []) {
      const mail = await visitor.call(contract.readMail, { params: { mail: id } });
      if (!mail.ok || !/ code /.test(mail.data.subject)) continue;
      const code = codeIn(mail.data.text);
      const done = await visitor.call(contract.signIn, {
        body: { challenge: asked.data.challenge, code },
      });
      if (!done.ok) throw new Error(`not signed in as ${email}: ${done.problem.code}`);
      return visitor;
    }
    await pause(50);
  }
  throw new Error(`no code arrived for ${email}`);
}
