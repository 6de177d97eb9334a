import { randomUUID } from 'node:crypto';
import * as contract from '@wijk/contracts';
import { DAY_MS, HOUR_MS } from '@wijk/domain/kernel';
import { sql } from 'drizzle-orm';
import PostalMime from 'postal-mime';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Guest, type House, ok, openHouse } from '../../../../../tests/support/house.ts';
import { linkOf, openPost, type Post, summaryOf } from '../../../../../tests/support/post.ts';

let house: House;
let post: Post;
let fatima: Guest;
let henk: Guest;
let els: Guest;
let noor: Guest;
let johan: Guest;
let wim: Guest;
let anil: Guest;

beforeAll(async () => {
  house = await openHouse();
  post = await openPost(house, (raw) => PostalMime.parse(raw));
  fatima = await house.guest('Fatima Amrani');
  henk = await house.guest('Henk Brouwer');
  els = await house.guest('Els Wagenaar');
  noor = await house.guest('Noor van der Horst', ['editor']);
  wim = await house.guest('Wim de Graaf', ['editor']);
  johan = await house.guest('Johan Terpstra', ['editor', 'chief-editor']);
  anil = await house.guest('Anil Ramdin', ['expert']);
});

beforeEach(async () => {
  await post.settle();
  for (const table of ['kernel.delivery', 'vraagbaak.promise_step', 'vraagbaak.duty'])
    await house.owner.execute(sql`delete from ${sql.raw(table)}`);
  await house.owner.execute(sql`delete from notifications.notice`);
});

afterAll(() => Promise.all([house.close(), post.stop()]));

const WORDS = /traplift|Mijn man|hulpmiddel|geheim/i;
type Visibility = 'public' | 'anonymous' | 'private';

/** A question whose own post is over; its id is the house's alone. */
async function ask(visibility: Visibility = 'public', who = fatima) {
  const body = {
    title: 'Wie betaalt een traplift?',
    body: 'Mijn man komt de trap niet op.',
    theme: 'zorg-regelen',
    visibility,
  };
  const { ref } = ok(await house.call(contract.askQuestion, who, { body }));
  await post.settle();
  // steps are reached by hand here
  for (const table of ['notifications.notice', 'vraagbaak.promise_step'])
    await house.owner.execute(sql`delete from ${sql.raw(table)}`);
  const { rows } = await house.owner.execute<{ id: string }>(
    sql`select id from vraagbaak.question where ref = ${ref}`,
  );
  return { ref, id: rows[0]?.id ?? '' };
}
const notices = async (who: Guest) => ok(await house.call(contract.listNotices, who, {})).items;
const kinds = async (who: Guest) => (await notices(who)).map((n) => n.kind);
const now = () => house.clock.now();

async function askBack(questionId: string): Promise<string> {
  const id = randomUUID();
  await house.owner.execute(sql`insert into vraagbaak.ask_back
    (wijk_id, id, question_id, asked_by, asked_at, body) values (${house.wijk.id}, ${id},
    ${questionId}, ${noor.membershipId}, ${now()}, 'Welk hulpmiddel hebt u nu?')`);
  return id;
}

describe('asking back', () => {
  it.each(['public', 'private'] as const)(
    'reaches the asker of a question that is %s, without a word of it',
    async (how) => {
      const { id, ref } = await ask(how);
      await post.emit('question.asked-back.v1', { questionId: id, askBackId: await askBack(id) });
      const [mail, ...more] = await post.settle();
      expect(more).toEqual([]);
      expect(mail).toMatchObject({
        to: fatima.email,
        subject: 'De redactie vraagt u iets over uw vraag',
      });
      expect(mail && linkOf(mail)).toBe(`/w/elzenhof/vragen/${ref}`);
      expect(`${mail?.raw}${mail?.text}${mail?.html}`).not.toMatch(/hulpmiddel|Mijn man/);
      if (how === 'private') expect(`${mail?.text}${mail?.html}`).not.toMatch(WORDS);
      expect(await kinds(fatima)).toEqual(['asked-back']);
    },
  );

  it('that is over when the post goes out is not mentioned', async () => {
    const { id } = await ask();
    const askBackId = await askBack(id);
    await post.emit('question.asked-back.v1', { questionId: id, askBackId });
    await house.owner.execute(sql`update vraagbaak.ask_back set ended_at = ${now()},
      end_reason = 'undone' where id = ${askBackId}`);
    expect(await post.settle()).toEqual([]);
  });

  it('ends for whoever asked, and for the expert who waited', async () => {
    const { id, ref } = await ask();
    const body = { expert: anil.membershipId, note: '' };
    ok(await house.call(contract.assignQuestion, noor, { params: { question: ref }, body }));
    await post.settle();
    const askBackId = await askBack(id);
    await post.emit('question.ask-back-ended.v1', { questionId: id, askBackId, reason: 'replied' });
    const sent = await post.settle();
    expect(summaryOf(sent)).toEqual([
      `${anil.email}: U kunt verder met een vraag`,
      `${noor.email}: De vrager heeft u geantwoord`,
    ]);
    expect(sent.map(linkOf).some((path) => path.includes('/antwoord/'))).toBe(true);
    await post.emit('question.ask-back-ended.v1', { questionId: id, askBackId, reason: 'expired' });
    await post.emit('question.ask-back-ended.v1', { questionId: id, askBackId, reason: 'undone' });
    expect(summaryOf(await post.settle())).toContain(
      `${noor.email}: De vrager heeft niet geantwoord`,
    );
    expect((await kinds(noor)).toSorted()).toEqual(['ask-back-expired', 'ask-back-replied']);
  });
});

describe('a change of the text', () => {
  const revise = async (questionId: string, kind: string) => {
    const id = randomUUID();
    await house.owner.execute(sql`insert into vraagbaak.question_revision
      (wijk_id, id, question_id, kind, editor_id, title, body, theme, at) values (${house.wijk.id},
      ${id}, ${questionId}, ${kind}, ${noor.membershipId}, 'Oud', '', 'zorg-regelen', ${now()})`);
    await post.emit('question.edited.v1', { questionId, revisionId: id });
  };

  it('is told to the asker, but for their own and for a redaction, which has its statement', async () => {
    const { id } = await ask('anonymous');
    for (const kind of ['by-asker', 'redacted']) await revise(id, kind);
    expect(await post.settle()).toEqual([]);
    await revise(id, 'edited');
    expect(summaryOf(await post.settle())).toEqual([
      `${fatima.email}: De redactie heeft uw vraag aangepast`,
    ]);
    expect(await kinds(fatima)).toEqual(['edited']);
  });
});

describe('a duplicate', () => {
  const link = async (duplicate: string, original: string) => {
    await house.owner.execute(sql`update vraagbaak.question
      set status = 'duplicate', duplicate_of = ${original} where id = ${duplicate}`);
    await post.emit('question.marked-duplicate.v1', {
      questionId: duplicate,
      originalId: original,
    });
  };

  it('leads asker and followers to the original', async () => {
    const original = await ask('public', els);
    const copy = await ask();
    await house.call(contract.followQuestion, henk, { params: { question: copy.ref } });
    await link(copy.id, original.id);
    const sent = await post.settle();
    expect(summaryOf(sent)).toEqual([
      `${fatima.email}: Uw vraag hoort bij een andere vraag`,
      `${henk.email}: Een vraag die u volgt, hoort bij een andere vraag`,
    ]);
    for (const mail of sent) expect(linkOf(mail)).toBe(`/w/elzenhof/vragen/${original.ref}`);
    expect(await notices(fatima)).toMatchObject([
      { kind: 'duplicate', question: { ref: original.ref } },
    ]);
  });

  it('hears of the answers of the original from then on, each asker once, and is named nowhere', async () => {
    const original = await ask('public', els);
    const [one, two] = [await ask(), await ask('anonymous', henk)];
    // who asked a duplicate may follow the original as well
    await house.call(contract.followQuestion, henk, { params: { question: original.ref } });
    await link(one.id, original.id);
    await link(two.id, original.id);
    await post.settle();
    const body = { body: 'De Wmo vergoedt dit hulpmiddel.' };
    await house.call(contract.answerQuestion, anil, { params: { question: original.ref }, body });
    await house.work();
    const { rows } = await house.owner.execute<{ row: string }>(sql`
      select row_to_json(m)::text as row from notifications.mail m where status = 'pending'
      union all select row_to_json(n)::text from notifications.notice n where audience = 'asker'`);
    for (const who of [fatima, henk, els])
      for (const { row } of rows) expect(row).not.toContain(who.membershipId);
    const sent = await post.settle();
    expect(summaryOf(sent)).toEqual([
      `${els.email}: Er is een antwoord op uw vraag`,
      `${fatima.email}: Er is een antwoord op een vraag als die van u`,
      `${henk.email}: Er is een antwoord op een vraag als die van u`,
    ]);
    for (const mail of sent) {
      expect(linkOf(mail)).toBe(`/w/elzenhof/vragen/${original.ref}`);
      expect(mail.text).not.toContain('hulpmiddel');
    }
    expect((await notices(henk)).filter((n) => n.kind === 'answer')).toHaveLength(1);
  });

  it('whose asker answers the original hears nothing of that', async () => {
    const original = await ask('public', els);
    await link((await ask()).id, original.id);
    await post.settle();
    const body = { body: 'Ik weet het zelf al.' };
    await house.call(contract.answerQuestion, fatima, { params: { question: original.ref }, body });
    expect(summaryOf(await post.settle())).toEqual([
      `${els.email}: Er is een antwoord op uw vraag`,
    ]);
  });
});

describe('the ladder', () => {
  const reach = (questionId: string, step: string) =>
    post.emit('promise.step-reached.v1', { questionId, step });
  const alerted = async () =>
    (await post.settle())
      .map(({ to }) => to)
      .filter((to) => to !== fatima.email)
      .sort();
  const plan = (who: Guest, date: string, started: Date | null = null, ended: Date | null = null) =>
    house.owner.execute(sql`insert into vraagbaak.duty values
      (${house.wijk.id}, ${date}, ${who.membershipId}, ${started}, ${ended})`);

  it('alerts whoever began the duty of today, else who is planned, else everybody', async () => {
    const { id } = await ask();
    await reach(id, 'alert-editors');
    expect(await alerted()).toEqual([johan.email, noor.email, wim.email].sort());
    const today = new Intl.DateTimeFormat('sv', { timeZone: 'Europe/Amsterdam' }).format(now());
    await plan(noor, today);
    await plan(wim, '2026-01-01', now());
    await plan(anil, today, now());
    await reach(id, 'alert-editors');
    expect(await alerted()).toEqual([noor.email]);
    await plan(wim, today, now());
    await reach(id, 'alert-editors');
    expect(await alerted()).toEqual([wim.email]);
    await house.owner.execute(sql`update vraagbaak.duty set ended_at = ${now()}`);
    await reach(id, 'alert-editors');
    expect(await alerted()).toHaveLength(3);
    await reach(id, 'alert-chief-editor');
    expect(await alerted()).toEqual([johan.email]);
  });

  it('says sorry to the asker when it is late, and what happens next', async () => {
    const { id } = await ask('private');
    house.clock.advance(25 * HOUR_MS);
    await reach(id, 'overdue');
    const [mail, ...more] = await post.settle();
    expect(more).toEqual([]);
    expect(mail).toMatchObject({
      to: fatima.email,
      subject: 'Uw antwoord komt later dan we beloofden',
    });
    expect(mail?.text).toMatch(/We beloofden u een antwoord voor (vandaag|gisteren|afgelopen)/);
    expect(mail?.text).toContain('Dat spijt ons.');
    expect(mail?.text).not.toMatch(WORDS);
    expect(await kinds(fatima)).toEqual(['sorry']);
    for (const editor of [noor, wim, johan]) expect(await kinds(editor)).toEqual(['overdue']);
  });

  it('thanks the expert whom it passed over, and leaves the redactie alone when it asked another', async () => {
    const { id, ref } = await ask();
    const body = { expert: anil.membershipId, note: '' };
    ok(await house.call(contract.assignQuestion, noor, { params: { question: ref }, body }));
    await post.settle();
    const { rows } = await house.owner.execute<{ id: string }>(sql`update vraagbaak.assignment
      set ended_at = ${now()}, end_reason = 'passed-on' where question_id = ${id} returning id`);
    await house.owner.execute(sql`insert into vraagbaak.assignment
      (wijk_id, id, question_id, membership_id, assigned_at, link_expires_at) values
      (${house.wijk.id}, ${randomUUID()}, ${id}, ${els.membershipId}, ${now()}, ${now()})`);
    const assignmentId = rows[0]?.id ?? '';
    await post.emit('assignment.ended.v1', { questionId: id, assignmentId });
    await reach(id, 'second-expert');
    const sent = await post.settle();
    expect(summaryOf(sent)).toEqual([`${anil.email}: U hoeft een vraag niet meer te beantwoorden`]);
    expect(sent[0]?.text).not.toMatch(WORDS);
    expect(await kinds(anil)).toContain('passed-on');
    expect(await kinds(noor)).toEqual([]);
  });
});

describe('distress', () => {
  it('goes to whoever has the duty at once, cannot be refused and tells nothing', async () => {
    const { id, ref } = await ask();
    const today = new Intl.DateTimeFormat('sv', { timeZone: 'Europe/Amsterdam' }).format(now());
    await house.owner.execute(sql`insert into vraagbaak.duty values
      (${house.wijk.id}, ${today}, ${wim.membershipId}, ${now()}, null)`);
    const body = { wanted: [] };
    ok(await house.call(contract.changeMailChoices, wim, { body }));
    await post.emit('question.urgent.v1', { questionId: id });
    const [mail, ...more] = await post.settle();
    expect(more).toEqual([]);
    expect(mail?.to).toBe(wim.email);
    expect(mail && linkOf(mail)).toBe(`/w/elzenhof/redactie/${ref}`);
    expect(`${mail?.text}${mail?.html}`).not.toMatch(WORDS);
    expect(mail?.headers.has('list-unsubscribe')).toBe(false);
    expect(mail?.text).toMatch(/kunt u zich niet afmelden, omdat iemand misschien nu hulp/);
    expect(await notices(wim)).toMatchObject([{ kind: 'urgent', desk: true }]);
    ok(await house.call(contract.changeMailChoices, wim, { body: { wanted: ['desk'] } }));
  });
});

describe('people', () => {
  const invite = async (email: string | null) => {
    const id = randomUUID();
    await house.owner.execute(sql`insert into identity.invitation
      (wijk_id, id, email, name, roles, invited_by, invited_at, expires_at) values (${house.wijk.id},
      ${id}, ${email}, 'Nieuwe Buur', '["editor", "expert"]', ${noor.personId}, ${now()},
      ${new Date(now().getTime() + 7 * DAY_MS)})`);
    await post.emit('invitation.made.v1', { invitationId: id });
    return id;
  };

  it('are invited at the address of the invitation, which stands nowhere else', async () => {
    const id = await invite('nieuw@voorbeeld.example');
    await house.work();
    const { rows } = await house.owner.execute<{ row: string }>(
      sql`select row_to_json(m)::text as row from notifications.mail m where template = 'invitation'`,
    );
    expect(rows).toHaveLength(1);
    expect(rows[0]?.row).not.toContain('nieuw@');
    const [mail] = await post.settle();
    expect(mail).toMatchObject({
      to: 'nieuw@voorbeeld.example',
      subject: 'Doet u mee met Elzenhof?',
    });
    expect(mail?.text).toContain('U bent gevraagd als deskundige en redacteur.');
    expect(mail?.text).toContain('De uitnodiging geldt tot');
    expect(mail && linkOf(mail)).toBe(`/w/elzenhof/uitnodiging/${id}`);
    expect(mail?.headers.has('list-unsubscribe')).toBe(false);
    expect(mail?.text).toContain('U krijgt deze mail één keer.');
  });

  it('are not invited any more once it was taken back', async () => {
    const id = await invite('terug@voorbeeld.example');
    await house.owner.execute(
      sql`update identity.invitation set revoked_at = ${now()} where id = ${id}`,
    );
    expect(await post.settle()).toEqual([]);
  });

  it('read in the app which role they were given, and which has ended', async () => {
    await post.emit('role.changed.v1', { personId: anil.personId, role: 'expert' });
    await post.emit('role.changed.v1', { personId: anil.personId, role: 'editor' });
    expect(await post.settle()).toEqual([]);
    const told = (await notices(anil)).map(({ kind, role, question }) => ({
      kind,
      role,
      question,
    }));
    expect(told).toHaveLength(2);
    expect(told).toContainEqual({ kind: 'role-given', role: 'expert', question: null });
    expect(told).toContainEqual({ kind: 'role-ended', role: 'editor', question: null });
  });
});
