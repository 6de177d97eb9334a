import { DAY_MS, MINUTE_MS } from '@wijk/domain/kernel';
import type { comment, mention, replyRevision, useful } from '../src/vraagbaak/dialogue-tables.ts';
import { ASKERS } from './cast-tables.ts';
import { type Chance, chance as seededChance } from './random.ts';
import type { HistoryRows, House } from './rows.ts';

export interface DialogueRows {
  comments: (typeof comment.$inferInsert)[];
  mentions: (typeof mention.$inferInsert)[];
  revisions: (typeof replyRevision.$inferInsert)[];
  useful: (typeof useful.$inferInsert)[];
}
type Answer = HistoryRows['answers'][number];

/** Chance of its own: what is told here moves nothing of the rest of the history. */
const SEED = 8_2026;

const NEIGHBOUR = [
  'Bij ons ging het precies zo. Bel vooral op tijd, in de ochtend is het rustig.',
  'Dank, dit wist ik ook niet. Fijn dat het hier zo duidelijk staat.',
  'Weet iemand of dit ook ’s avonds kan? Overdag werk ik.',
  'Goed om te lezen. Mijn moeder kreeg binnen een week hulp.',
  'Ik heb het nagevraagd bij de balie en het klopt nog steeds.',
  'Neem iemand mee als u ernaartoe gaat. Twee horen meer dan een.',
];
const ASKER = [
  'Dank u wel, hier kan ik mee verder.',
  'Fijn dat u meedenkt. Ik ga het proberen en laat hier weten hoe het ging.',
  'Dat had ik nog niet bedacht. Dank!',
  'Het is gelukt! Het kostte een telefoontje en daarna ging het snel.',
];
const AUTHOR = [
  'Graag gedaan, @vragensteller. Laat gerust weten als het niet lukt.',
  'Succes, @vragensteller. Loopt u vast? Kom dan even langs bij het inloopuur.',
];
const ADDITION = [
  'Aanvulling: op vrijdagmiddag is het loket dicht.',
  'Aanvulling: u hebt uw identiteitsbewijs nodig.',
  'Aanvulling: het telefoonnummer is veranderd. Het nieuwe staat op de site van de gemeente.',
];
const MORE =
  '**Meer weten?** Lees dan ook:\n\n- [onze huisregels](/huisregels)\n- [hoe de redactie werkt](/over)';

/**
 * What residents said about the answers that are in view, what they found useful, and a few answers
 * that were changed later. Changes those answers in `rows` and gives the rows beside them.
 */
export function dialogueRows(rows: HistoryRows, house: House): DialogueRows {
  const chance = seededChance(SEED);
  const made: DialogueRows = { comments: [], mentions: [], revisions: [], useful: [] };
  const askers = new Map(rows.authors.map((row) => [row.questionId, row.membershipId]));
  const open = new Map(
    rows.questions
      .filter(({ status, moderation }) => status === 'answered' && moderation !== 'hidden')
      .map((row) => [row.id, row]),
  );
  let talked = 0;
  for (const answer of rows.answers) {
    const question = open.get(answer.questionId);
    if (!question) continue;
    const asker = askers.get(answer.questionId) ?? '';
    const isPrivate = question.visibility === 'private';
    if (chance.percent(40)) {
      talked += 1;
      // one of them goes on and on
      const many = talked === 7 && !isPrivate ? 12 : Math.ceil(chance.between(0, 3));
      addTalk(made, answer, { asker, isPrivate, many }, house, chance);
    }
    if (!isPrivate && chance.percent(55)) addUseful(made, answer, asker, house, chance);
    if (answer.capacity !== 'resident' && chance.percent(8)) addEdit(made, answer, house, chance);
  }
  const byEditor = rows.answers.find(
    (row) => row.capacity === 'editor' && open.has(row.questionId),
  );
  if (byEditor && !byEditor.editedAt) edit(made, byEditor, MORE, 'markup', house, chance);
  return made;
}

function addTalk(
  made: DialogueRows,
  answer: Answer,
  { asker, isPrivate, many }: { asker: string; isPrivate: boolean; many: number },
  { wijkId, now, membershipOf }: House,
  chance: Chance,
): void {
  const ids = { wijkId, questionId: answer.questionId, answerId: answer.id };
  const neighbours = ASKERS.filter((name) => {
    const id = membershipOf(name);
    return id !== asker && id !== answer.membershipId;
  });
  const until = Math.min(now.getTime() - 5 * MINUTE_MS, answer.publishedAt.getTime() + 3 * DAY_MS);
  const moments = Array.from({ length: many }, () =>
    Math.floor(chance.between(answer.publishedAt.getTime() + MINUTE_MS, until)),
  ).sort((a, b) => a - b);
  if (until <= answer.publishedAt.getTime() + MINUTE_MS) return;
  for (const [i, moment] of moments.entries()) {
    const publishedAt = new Date(moment);
    const id = chance.uuidAt(publishedAt);
    const common = { ...ids, id, publishedAt };
    const last = i === many - 1;
    if (answer.membershipId !== asker && (i === 0 || (isPrivate && !last)))
      made.comments.push({ ...common, capacity: 'asker', body: chance.pick(ASKER) });
    else if (last && many > 1) {
      const { membershipId, authorName, authorTitle, capacity } = answer;
      const who = { membershipId, authorName, authorTitle, capacity };
      made.comments.push({ ...common, ...who, body: chance.pick(AUTHOR) });
      if (membershipId !== asker)
        made.mentions.push({
          ...ids,
          id: chance.uuidAt(publishedAt),
          commentId: id,
          membershipId: null,
          at: publishedAt,
        });
    } else if (!isPrivate) {
      const name = chance.pick(neighbours);
      made.comments.push({
        ...common,
        membershipId: membershipOf(name),
        authorName: name,
        authorTitle: null,
        capacity: 'resident',
        body: chance.pick(NEIGHBOUR),
      });
    }
  }
}

function addUseful(
  made: DialogueRows,
  answer: Answer,
  asker: string,
  { wijkId, now, membershipOf }: House,
  chance: Chance,
): void {
  const people = chance
    .shuffle(ASKERS.map(membershipOf))
    .filter((id) => id !== asker && id !== answer.membershipId)
    .slice(0, Math.ceil(chance.between(0, answer.capacity === 'resident' ? 4 : 9)));
  for (const membershipId of people) {
    const at = new Date(Math.floor(chance.between(answer.publishedAt.getTime(), now.getTime())));
    made.useful.push({ wijkId, answerId: answer.id, membershipId, at });
  }
  answer.usefulCount = people.length;
}

function addEdit(made: DialogueRows, answer: Answer, house: House, chance: Chance): void {
  edit(made, answer, chance.pick(ADDITION), answer.format ?? 'text', house, chance);
}

function edit(
  made: DialogueRows,
  answer: Answer,
  addition: string,
  format: 'text' | 'markup',
  { wijkId, now }: House,
  chance: Chance,
): void {
  const at = new Date(
    Math.floor(chance.between(answer.publishedAt.getTime() + MINUTE_MS, now.getTime())),
  );
  if (at >= now) return;
  made.revisions.push({
    wijkId,
    id: chance.uuidAt(at),
    questionId: answer.questionId,
    answerId: answer.id,
    kind: 'edited',
    body: answer.body,
    at,
  });
  answer.body = `${answer.body}\n\n${addition}`;
  answer.format = format;
  answer.editedAt = at;
}
