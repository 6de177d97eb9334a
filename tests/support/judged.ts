import { randomUUID } from 'node:crypto';
import {
  askQuestion,
  getQuestion,
  hideQuestion,
  makeAppeal,
  readStatement,
  removeQuestion,
} from '@wijk/contracts';
import type { Visitor } from './visitor.ts';

export interface Judged {
  /** paths of questions of the asker, and of what was decided about the removed ones */
  hidden: string;
  removed: string;
  urgent: string;
  decision: string;
  appealed: string;
}

/** Questions of a member that the redactie took from view, and one in distress. */
export async function judge(asker: Visitor, editor: Visitor): Promise<Judged> {
  const ask = async (title: string, body: string) => {
    const asked = await asker.call(askQuestion, {
      body: { title, body, theme: 'wonen', visibility: 'public' },
      key: randomUUID(),
    });
    if (!asked.ok) throw new Error(asked.problem.code);
    return asked.data;
  };
  const path = ({ ref, slug }: { ref: string; slug: string }) => `/vragen/${ref}/${slug}`;
  const because = {
    reason: 'off-topic',
    message: 'Verkopen kan op het prikbord van het buurthuis.',
  } as const;
  const decisionOf = async (question: string) => {
    const page = await asker.call(getQuestion, { params: { question } });
    return page.ok ? (page.data.decisions[0]?.id ?? '') : '';
  };

  const hidden = await ask('Wie wil mijn oude bank?', 'Hij is nog goed.');
  await editor.call(hideQuestion, { params: { question: hidden.ref }, body: because });
  const removed = await ask('Bakfiets te koop', 'Voor 300 euro, ophalen in de Elzenhof.');
  await editor.call(removeQuestion, { params: { question: removed.ref }, body: because });
  const other = await ask('Kastje te koop', 'Voor 20 euro.');
  await editor.call(removeQuestion, { params: { question: other.ref }, body: because });
  const appealed = await decisionOf(other.ref);
  await asker.call(makeAppeal, {
    params: { decision: appealed },
    body: { body: 'Ik wilde alleen vragen waar ik het kwijt kan.' },
  });
  const made = await asker.call(readStatement, { params: { decision: appealed } });
  if (!made.ok || !made.data.appeal) throw new Error('no appeal was made');
  const urgent = await ask('Ik zie het niet meer zitten', 'Ik wil niet meer leven.');
  return {
    hidden: path(hidden),
    removed: path(removed),
    urgent: path(urgent),
    decision: `/besluit/${await decisionOf(removed.ref)}`,
    appealed: `/besluit/${appealed}`,
  };
}
