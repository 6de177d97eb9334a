import type { FlagReason, RemovalReason } from '@wijk/domain/vraagbaak';

/** What happened to a question at the desk, or around it; people by name. */
export type DeskAct =
  | { kind: 'ask-back'; by: string; body: string }
  | { kind: 'reply'; body: string }
  | { kind: 'flag'; by: string; reason: FlagReason; note?: string }
  | { kind: 'remove'; by: string; reason: RemovalReason; message: string }
  | { kind: 'appeal'; body: string }
  | { kind: 'edit'; by: string; before: Partial<Words> }
  | { kind: 'edit-by-asker'; before: Partial<Words> }
  | { kind: 'redact'; by: string; reason: RemovalReason; message: string; before: Partial<Words> }
  | { kind: 'duplicate'; by: string; of: string };

/** What stood there; the content has what stands there now. */
export interface Words {
  title: string;
  body: string;
  theme: string;
}

/** An act so many minutes after the one before, or after asking. */
export type ActAfter = DeskAct & { after: readonly [number, number] };

export interface Waiting {
  /** minutes ago, and at most so many where that would be at night */
  ago: readonly [number, number];
  assigned?: { expert: string; after: number; note: string; mailRefused?: true };
  /** nobody answered yet, though the content has an answer */
  unanswered?: true;
  acts?: readonly ActAfter[];
}

const hours = (count: number) => count * 60;
/** Before the ladder asks a second expert. */
const BEFORE_HALF = hours(11.5);

/** Questions without a reputed answer: what the redactie finds on its desk. The term is 24 hours. */
export const ON_THE_DESK: Readonly<Record<string, Waiting>> = {
  // somebody in distress: on top, and nobody has seen it yet
  a021: { ago: [25, hours(12)], unanswered: true },
  b060: { ago: [14, hours(13)] },
  a094: { ago: [52, hours(13)] },
  // words that the wijk holds for review
  a070: { ago: [80, hours(13)] },
  // three neighbours flagged it, which took it from view
  b095: {
    ago: [125, hours(13)],
    acts: [
      {
        kind: 'flag',
        by: 'Henk Brouwer',
        reason: 'private-data',
        note: 'Dit gaat over een buurman van wie iedereen weet wie het is.',
        after: [8, 15],
      },
      { kind: 'flag', by: 'Els Wagenaar', reason: 'rude', after: [6, 15] },
      {
        kind: 'flag',
        by: 'Kofi Boateng',
        reason: 'rude',
        note: 'Hier wordt opgeroepen om ruiten in te gooien!',
        after: [4, 12],
      },
    ],
  },
  b085: { ago: [140, hours(14)] },
  // two found it not to belong here; it takes a third, or an editor
  a099: {
    ago: [210, hours(14)],
    unanswered: true,
    acts: [
      { kind: 'flag', by: 'Fatima Amrani', reason: 'not-for-here', after: [20, 50] },
      {
        kind: 'flag',
        by: 'Henk Brouwer',
        reason: 'not-for-here',
        note: 'Dit hoort bij de gemeente, niet hier.',
        after: [15, 60],
      },
    ],
  },
  // asked before in other words
  a068: {
    ago: [hours(4), hours(14)],
    unanswered: true,
    acts: [{ kind: 'duplicate', by: 'Wim Scholte', of: 'a016', after: [15, 50] }],
  },
  // the asker has replied
  a076: {
    ago: [270, hours(14)],
    acts: [
      {
        kind: 'ask-back',
        by: 'Chantal Emanuelson',
        body: 'Goeie vraag. Met hoeveel zijn jullie ongeveer, en op welke dagen zou je binnen willen zitten? Dan kan ik gericht bij het wijkcentrum vragen.',
        after: [25, 50],
      },
      {
        kind: 'reply',
        body: 'meestal 6 of 7, vrijdag en zaterdagavond. we ruimen zelf op',
        after: [20, 70],
      },
    ],
  },
  a079: { ago: [430, hours(14)] },
  a034: {
    ago: [hours(5), BEFORE_HALF],
    assigned: { expert: 'Rachid Bouzidi', after: 35, note: 'Draait jouw fietsgroep nog?' },
  },
  a063: {
    ago: [hours(6), BEFORE_HALF],
    assigned: {
      expert: 'Marleen Verhoeven',
      after: 50,
      note: 'Marleen, kan dit op jullie spreekuur in De Kruik?',
    },
  },
  // the mail to the expert came back
  b100: {
    ago: [hours(8), BEFORE_HALF],
    assigned: {
      expert: 'Aad Verbeek',
      after: 70,
      note: 'Gaat er iemand van jullie mee oefenen?',
      mailRefused: true,
    },
  },
  a093: {
    ago: [hours(15.5), hours(17)],
    assigned: { expert: 'Tineke Postma', after: 90, note: 'Is er al een groep in de regio?' },
  },
  // waits for the asker
  b018: {
    ago: [hours(20), hours(21)],
    acts: [
      {
        kind: 'ask-back',
        by: 'Samira Bouzidi',
        body: 'Leuk! Op welke dagen kunt u, en moet de sporthal met een rolstoel of rollator te bereiken zijn? Dan vraag ik het na bij de tafeltennisclub.',
        after: [60, 150],
      },
    ],
  },
  b043: { ago: [hours(24) - 33, hours(24) - 33] },
  a092: {
    ago: [hours(24) - 22, hours(24) - 22],
    assigned: { expert: 'Gülay Yıldız', after: 55, note: 'Wil jij hier iets over zeggen?' },
  },
  b074: { ago: [hours(25.6), hours(37)] },
  b094: {
    ago: [hours(28), hours(40)],
    assigned: { expert: 'Thijs Koster', after: 80, note: 'Lukt dit bij het digispreekuur?' },
  },
};

/** Only neighbours answered these, so the promise is not kept by it; one still runs. */
export const NEIGHBOURS_ONLY: Readonly<Record<string, Waiting>> = {
  b079: { ago: [hours(7), hours(15)] },
  a060: { ago: [hours(30), hours(40)] },
  b088: { ago: [hours(77), hours(87)] },
  a084: { ago: [hours(153), hours(163)] },
  b021: { ago: [hours(224), hours(234)] },
};

/** Neighbours' answers that an editor put the redactie's name to, by their place. */
export const ENDORSED: Readonly<Record<string, number>> = { b013: 0, a097: 1, b080: 1 };

/** Among the newest of the answered questions, by place, for the sake of the first page. */
export const FRESH: readonly (readonly [number, string])[] = [
  [1, 'a001'],
  [3, 'b020'],
  [6, 'a035'],
  [9, 'b013'],
  [13, 'b097'],
];

/** What was changed in answered questions, soon after they were asked. */
export const CHANGED: Readonly<Record<string, readonly ActAfter[]>> = {
  b050: [{ kind: 'edit', by: 'Noor van der Horst', before: { title: 'vraagje' }, after: [4, 8] }],
  a087: [
    {
      kind: 'redact',
      by: 'Johan Terpstra',
      reason: 'private-data',
      message:
        'We hebben het adres en het telefoonnummer van uw moeder weggehaald. Iedereen kan deze vraag lezen, ook mensen met verkeerde bedoelingen.',
      before: {
        body: 'Ik woon in Limburg, zij hier, op Vlierstraat 999 (06-00000000). Vorige maand heeft ze drie uur op de badkamervloer gelegen voordat de buurvrouw haar vond. Ik wil zo’n knop om haar nek, maar wie komt er dan als ze drukt? En wie betaalt zo’n personenalarmering? Mijn zorg op afstand is nu vooral piekeren.',
      },
      after: [4, 8],
    },
  ],
  a011: [
    {
      kind: 'edit-by-asker',
      before: {
        body: 'Mijn moeder is vorige week geopereerd. Klopt het dat ik vakantiedagen moet nemen?',
      },
      after: [3, 8],
    },
  ],
};

/** Off-topic: who removed it, why, and what they wrote to whoever asked. */
export const REMOVALS: Readonly<Record<string, Omit<DeskAct & { kind: 'remove' }, 'kind'>>> = {
  a024: {
    by: 'Wim Scholte',
    reason: 'spam',
    message: 'VraagBaak is er niet voor reclame, en zeker niet voor geld verdienen zonder werk.',
  },
  a045: {
    by: 'Samira Bouzidi',
    reason: 'off-topic',
    message:
      'VraagBaak is voor vragen waar een buurtgenoot of deskundige antwoord op kan geven. Spullen verkopen kan hier niet; het prikbord in De Kruik is er wel voor.',
  },
  a089: { by: 'Chantal Emanuelson', reason: 'off-topic', message: '' },
  b022: {
    by: 'Noor van der Horst',
    reason: 'off-topic',
    message: 'Hoi terug! Heb je een echte vraag, stel hem dan gerust.',
  },
  b037: { by: 'Noor van der Horst', reason: 'off-topic', message: '' },
  b051: {
    by: 'Tomasz Wiśniewski',
    reason: 'off-topic',
    message: 'Een auto verkopen kan hier niet. VraagBaak is voor vragen.',
  },
  b076: {
    by: 'Johan Terpstra',
    reason: 'illegal',
    message: 'Wie om een foto van een bankpas vraagt, is bijna altijd een oplichter.',
  },
  b090: { by: 'Wim Scholte', reason: 'off-topic', message: '' },
};

/** Removed yesterday; whoever asked does not agree. */
export const APPEALED = {
  id: 'a045',
  ago: [hours(19), hours(31)],
  appeal: {
    kind: 'appeal',
    body: 'Ik wist niet dat verkopen niet mag. Mag ik wel vragen of iemand in de buurt de eethoek kan gebruiken? Dan geef ik hem weg aan wie er weinig heeft. Wilt u mijn vraag dan terugzetten?',
    after: [hours(3), hours(9)],
  },
} as const satisfies { id: string; ago: readonly [number, number]; appeal: ActAfter };

/** Words that hold a question until the redactie has read it. */
export const HELD_WORDS = ['zonder recept', 'afslankpillen', 'casino', 'escort'];
