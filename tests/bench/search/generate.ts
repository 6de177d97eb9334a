import { SUBJECTS } from './subjects.ts';

/** A question as the benchmarks index it. */
export interface BenchQuestion {
  id: string;
  theme: string;
  title: string;
  body: string;
  answers: string[];
}

/** A generator of numbers below one that gives the same ones for the same seed (mulberry32). */
export function randomOf(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

const WHO = [
  'mijn moeder',
  'mijn vader',
  'mijn buurvrouw',
  'mijn buurman',
  'mijn man',
  'mijn vrouw',
  'mijn dochter',
  'mijn zoon',
  'mijn oma',
  'mijn opa',
  'mijn zus',
  'mijn broer',
  'mijn tante',
  'een vriendin',
  'een collega',
  'ons gezin',
  'mijn partner',
  'mijn schoonmoeder',
  'mijn kleinkind',
  'mezelf',
];
const PLACES = [
  'de Molenwal',
  'de Elzenhof',
  'de Spoorzoom',
  'de Tuinmeent',
  'de Vlierstraat',
  'de Merelstraat',
  'de Kastanjelaan',
  'de Lindestraat',
  'het Iepenplein',
  'het Wilgenpad',
  'de flat',
  'de nieuwbouw',
];
const TITLES = [
  'Hoe regel ik {x}?',
  'Wie weet meer over {x}?',
  'Ervaring met {x}?',
  '{X}, waar moet ik zijn?',
  'Vraag over {x} voor {w}',
  'Wat kost {x}?',
  'Tips gezocht: {x}',
  '{X} in {p}, hoe pak je dat aan?',
  'Wie kan helpen met {x}?',
  'Is er hulp bij {x}?',
  '{X}: mag dat zomaar?',
  'Hoe doen jullie dat, {x}?',
  'Kan de gemeente iets met {x}?',
  'Wie betaalt {x}?',
  'Zoek informatie over {x} in de wijk',
];
const OPENINGS = [
  'Het gaat om {w}, die in {p} woont.',
  'Wij wonen sinds {y} in {p}.',
  'Ik ben {a} jaar en woon alleen in {p}.',
  'Hallo, ik vraag dit voor {w}.',
  'Sinds {t} speelt dit bij ons thuis.',
  'Mijn vraag gaat over {x}.',
  'Goedemiddag, ik hoop dat iemand mij kan helpen.',
  'Al {t} loop ik hiermee rond.',
  'Ik werk {u} uur per week en heb weinig tijd.',
];
const TRIED = [
  'Ik heb de gemeente gebeld maar kwam niet verder.',
  'De huisarts wist het ook niet precies.',
  'Op internet lees ik overal iets anders.',
  'Bij het wijkcentrum zeiden ze dat ik een brief moest schrijven.',
  'Mijn kinderen zeggen dat ik het moet laten rusten.',
  'De zorgverzekering geeft geen duidelijk antwoord.',
  'Een kennis heeft er goede ervaringen mee.',
  'De woningcorporatie stuurt mij van het kastje naar de muur.',
  'De wachttijd is lang en ik wil het eigenlijk snel weten.',
  'Vorig jaar heb ik het ook al eens gevraagd.',
  'Ik heb geen auto en de bus rijdt maar een keer per uur.',
  'We hebben een klein pensioen en moeten op de kosten letten.',
];
const ASKS = [
  'Wie heeft hier ervaring mee?',
  'Waar kan ik het beste beginnen?',
  'Hoe vraag je dat aan en hoe lang duurt het?',
  'Moet ik dat zelf betalen of is er een vergoeding?',
  'Kan iemand mij een telefoonnummer of adres geven?',
  'Weet iemand of daar regels voor zijn?',
  'Heb ik een vergunning of een verwijzing nodig?',
  'Is er iemand in de buurt die kan helpen?',
  'Bestaat er een cursus of een groep voor?',
  'Wat zou u doen?',
  'Hoeveel kost het ongeveer per maand?',
];
const CLOSINGS = [
  '',
  '',
  'Alvast bedankt.',
  'Met vriendelijke groet.',
  'Dank u wel!',
  'Ik hoor het graag.',
  'Bellen mag ook.',
];
const ANSWERS = [
  'Begin bij het loket van de gemeente. Een medewerker kijkt met u mee naar {x} en naar wat er nog meer mogelijk is.',
  'Bij ons duurde het ongeveer {t}. Houd er rekening mee dat je zelf een formulier moet invullen.',
  'Voor {x} is meestal geen verwijzing nodig. Vraag vooraf wat het kost, dan komt u niet voor verrassingen te staan.',
  'In het wijkcentrum is op donderdag spreekuur. Daar weten ze veel van {x} en u hoeft geen afspraak te maken.',
  'De zorgverzekering vergoedt dit niet altijd. Kijk in uw polis of bel met de klantenservice.',
  'Ik had hetzelfde met {w}. Schrijf alles op en neem iemand mee naar het gesprek.',
  'Er is in {p} een groep vrijwilligers die hierbij helpt. Aanmelden kan aan de balie of per telefoon.',
  'De corporatie is verplicht om binnen zes weken te antwoorden. Stuur een brief en bewaar een kopie.',
  'Dat mag, maar overleg eerst met uw buren. Vaak is er dan geen vergunning nodig.',
  'De huisarts of de wijkverpleegkundige kan u verder helpen met {x}. Bel gerust.',
];

const subjects = Object.entries(SUBJECTS).flatMap(([theme, text]) =>
  text.split('\n').map((line) => {
    const [subject = '', about = ''] = line.split(' | ');
    return { theme, subject, about };
  }),
);

/** Questions on the themes of the content, the same for the same seed; `n` of them. */
export function generateQuestions(n: number, seed = 20_261_122): BenchQuestion[] {
  const random = randomOf(seed);
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T;
  const hex = (digits: number) =>
    Math.floor(random() * 16 ** digits)
      .toString(16)
      .padStart(digits, '0');
  return Array.from({ length: n }, () => {
    const { theme, subject, about } = pick(subjects);
    const slots: Record<string, string> = {
      x: subject,
      X: subject[0]?.toUpperCase() + subject.slice(1),
      w: pick(WHO),
      p: pick(PLACES),
      y: String(1975 + Math.floor(random() * 50)),
      a: String(18 + Math.floor(random() * 75)),
      t: pick([
        'twee weken',
        'drie maanden',
        'een half jaar',
        'vorige winter',
        'een paar dagen',
        'zes weken',
      ]),
      u: String(8 + Math.floor(random() * 32)),
    };
    const fill = (text: string) =>
      text.replace(/\{(\w)\}/g, (_, slot: string) => slots[slot] ?? '');
    const tried = Math.floor(random() * 3);
    const sentences = [
      pick(OPENINGS),
      about,
      ...Array.from({ length: tried }, () => pick(TRIED)),
      pick(ASKS),
      pick(CLOSINGS),
    ];
    // a second subject of the theme in passing, so that words meet in other company too
    if (random() < 0.3) {
      const other = pick(subjects.filter((s) => s.theme === theme));
      sentences.splice(2, 0, `Misschien hangt het samen met ${other.subject}.`);
    }
    return {
      id: `${hex(8)}-${hex(4)}-4${hex(3)}-a${hex(3)}-${hex(6)}${hex(6)}`,
      theme,
      title: fill(pick(TITLES)),
      body: fill(sentences.filter((sentence) => sentence !== '').join(' ')),
      answers: Array.from({ length: Math.floor(random() * 3) }, () => fill(pick(ANSWERS))),
    };
  });
}
