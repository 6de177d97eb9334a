import { randomUUID } from 'node:crypto';
import { answerQuestion, askQuestion, followQuestion, listMail } from '@wijk/contracts';
import { mailTo, type Visitor } from './visitor.ts';

/** What came of it that a member's questions were answered. */
export interface Letters {
  /** a mail in the mailbox */
  id: string;
  /** reference of the private question that was asked and answered */
  own: string;
  /** ids of the editor's answers to it and to the question that is followed */
  ownAnswer: string;
  followedAnswer: string;
  /** the unsubscribe page of an asker, and of a follower */
  asker: string;
  follower: string;
}

/** The member asks something and follows something, and the editor answers both. */
export async function receiveLetters(
  people: ReadonlyMap<string, Visitor>,
  followed: string,
  address: string,
): Promise<Letters> {
  const [member, editor] = [people.get('member'), people.get('editor')];
  if (!member || !editor) throw new Error('nobody is there');
  const own = await member.call(askQuestion, {
    body: {
      title: 'Waar haal ik incontinentiemateriaal op?',
      body: '',
      theme: 'zorg-regelen',
      visibility: 'private',
    },
    key: randomUUID(),
  });
  await member.call(followQuestion, { params: { question: followed } });
  const answers: string[] = [];
  for (const question of [own.ok ? own.data.ref : '', followed]) {
    const given = await editor.call(answerQuestion, {
      params: { question },
      body: { body: 'Bij de apotheek op het plein.' },
      key: randomUUID(),
    });
    answers.push(given.ok ? given.data.id : '');
  }
  const [ownAnswer = '', followedAnswer = ''] = answers;
  const unsubscribe = async (wanted: RegExp) =>
    /\/afmelden\/\S+/.exec(await mailTo(member, address, wanted))?.[0] ?? '';
  const asker = await unsubscribe(/Iemand heeft uw vraag beantwoord/);
  const follower = await unsubscribe(/beantwoord die u volgt/);
  const box = await member.call(listMail, { query: { to: address } });
  const mail = box.ok ? box.data.items.find((one) => /die u volgt/.test(one.subject)) : undefined;
  return {
    id: mail?.id ?? '',
    own: own.ok ? own.data.ref : '',
    ownAnswer,
    followedAnswer,
    asker,
    follower,
  };
}
