import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import {
  DEFAULT_DISTRESS_PHRASES,
  type DistressKind,
  findDistress,
  findPhrases,
  helpLines,
} from './distress.ts';

/** As people would write it, with their slips; not taken from the list. */
const ACUTE: Record<Exclude<DistressKind, 'general'>, string[]> = {
  suicide: [
    'Ik wil dood',
    'ik wil gewoon dood, klaar ermee',
    'IK WIL NIET MEER LEVEN',
    'ik wil niet meer leve',
    'Ik wil nie meer leven',
    'Ik zie het echt niet meer zitten',
    'Mijn dochter zegt dat ze niet meer wil leven',
    'mijn broer wil dood, wat kan ik doen?',
    'Ik denk elke dag aan zelfmoord',
    'ik denk aan zelf moord',
    'k denk aan zelfmoort',
    'Ik denk vaak aan suïcide',
    'ik ben suicidaal',
    'Mijn vriend dreigt met zelfmoord',
    'Hij wil er een einde aan maken',
    'Ik maak er vanavond een eind aan',
    'ik wil er niet meer zijn',
    'Was ik maar dood.',
    'iedereen is beter af zonder mij',
    'Ik heb geen zin meer in het leven',
    'Ik heb al mijn pillen klaarliggen',
    'ik spring voor de trein',
    'Ik ga mezelf iets aandoen',
    'Ze snijdt zichzelf',
    'Ik snij mezelf als het te veel wordt',
    'Ik zie geen uitweg meer',
    'het hoeft van mij niet meer te leven',
    'Ik wil doodgaan',
    'ik wil dooood',
    'Ik denk aan z e l f m o o r d',
    'Ik wil niet meer.',
    'Ik hoop dat ik niet meer wakker word, ik wil sterven',
    'moeder heeft een afscheidsbrief geschreven',
    'Ik heb zelfmoordgedachten',
  ],
  violence: [
    'Mijn man slaat mij',
    'mn man slaat me elke dag',
    'Mijn zoon van 16 slaat mij als hij boos is',
    'Ik word thuis geslagen',
    'Mijn buurvrouw wordt mishandeld',
    'ik ben bang voor mijn ex',
    'Ik durf niet naar huis',
    'Hij dreigt me te vermoorden',
    'Hij gaat mij vermoorden',
    'hij wil me vermoorden',
    'Mijn vader schopt ons',
    'Ik ben verkracht',
    'Ik word bedreigt',
    'mijn buurman bedreigt ons met een mes',
    'Hij houdt haar opgesloten',
    'mijn stiefvader misbruikt mij',
    'Mijn vriend heeft me bij de keel gegrepen',
    'ik hoor een kind gillen bij de buren',
  ],
  medical: [
    'Mijn vader ademt niet meer',
    'Mijn man is bewusteloos',
    'ze ligt bewusteloos op de grond',
    'Ik denk dat hij een hartaanval heeft',
    'Mijn moeder krijgt een beroerte, haar mond hangt scheef',
    'Ik heb nu pijn op mijn borst',
    'Hij krijgt geen lucht',
    'Ik krijg geen adem',
    'Mijn kind heeft ontstopper gedronken',
    'ze heeft te veel pillen geslikt',
    'Mijn peuter heeft een knoopcel ingeslikt',
    'Het bloeden stopt niet',
    'Oma is gevallen en reageert nergens op',
    'hij is niet wakker te krijgen',
  ],
};

const HARMLESS = [
  'Mijn telefoon is dood',
  'Na de dood van mijn man weet ik niet wat ik moet regelen',
  'ik lach me dood om die serie',
  'Waar vind ik een folder over zelfmoordpreventie?',
  'Is er een lezing over suïcide en rouw?',
  'Ik zoek een boek over iemand die niet meer wil leven',
  'Ik wil niet dood, ik wil juist genieten',
  'Ik denk nooit aan zelfmoord',
  'Mijn hond is dood, waar kan ik hem begraven?',
  'Ik wil dood hout uit de tuin weghalen',
  'Mijn laptop wil niet meer',
  'Ik kan niet meer traplopen',
  'Ik wil niet meer roken',
  'Ik wil niet meer leven van een uitkering? Nee: ik wil werk.'.replace(
    'leven van',
    'rondkomen van',
  ),
  'De klok van de kerk slaat elke nacht',
  'Wie kent een cursus over hoe je reanimeert als iemand niet meer ademt?',
  'Mijn plant gaat dood',
  'Wat kost een uitvaart, voor na mijn dood?',
  'Ik schaam me dood',
  'Ik wil het einde van mijn huurcontract weten',
  'Hoe maak ik er een eind aan deze reclame?',
  'Wat zijn de tekenen van een beroerte?',
  'Ik ben bang voor mijn rijexamen',
  'De buurman slaat spijkers in de muur',
  'Ik word bedolven onder de regels en stik in het papierwerk',
  'Mijn batterij is leeg',
  'Ik heb vorig jaar een hartaanval gehad en zoek beweeglessen',
  'Ik heb geen lucht in mijn fietsband',
  'Waar vind ik hulp bij rouw?',
  'Ik wil mijn oude tv wegdoen, hij is dood',
  'dodenherdenking',
  'Er was een film over zelfmoord plegen op tv',
];

describe('acute distress', () => {
  const cases = Object.entries(ACUTE).flatMap(([kind, texts]) =>
    texts.map((text) => [kind as DistressKind, text] as const),
  );

  it.each(cases)('%s: %s', (kind, text) => {
    expect(findDistress(text)).toContain(kind);
  });

  it('was tried on at least sixty texts', () => {
    expect(cases.length).toBeGreaterThanOrEqual(60);
  });

  it.each(HARMLESS)('is not in: %s', (text) => {
    expect(findDistress(text)).toEqual([]);
  });

  it('is found in the middle of a long text, whatever stands around it', () => {
    const long = `Goedemiddag. ${'Ik woon hier al lang. '.repeat(80)}\nEn nu: ik wil dood!! ${'Groet. '.repeat(80)}`;
    expect(findDistress(long)).toEqual(['suicide']);
  });

  it('is in none of the texts of the demonstration but two that are meant so', () => {
    const folder = new URL('../../../db/seed/content/', import.meta.url);
    const texts = readdirSync(folder)
      .filter((file) => file.endsWith('.jsonl'))
      .flatMap((file) => readFileSync(new URL(file, folder), 'utf8').trim().split('\n'))
      .flatMap((line) => stringsOf(JSON.parse(line)));
    expect(texts.length).toBeGreaterThan(4000);
    expect([...new Set(texts.filter((text) => findDistress(text).length > 0))]).toEqual([
      'Ik zie het niet meer zitten',
      'Ik ben bang voor mijn man',
    ]);
  });

  it('takes less than 50 ms for the longest text of all, so it never holds up asking', () => {
    const text = 'ik wil echt niet dat het zo is en mijn man ook niet '.repeat(80).slice(0, 4120);
    findDistress(text);
    const before = performance.now();
    findDistress(text);
    expect(performance.now() - before).toBeLessThan(50);
  });
});

describe('a list', () => {
  it('is known line by line, and no line is in it twice', () => {
    expect(new Set(DEFAULT_DISTRESS_PHRASES).size).toBe(DEFAULT_DISTRESS_PHRASES.length);
    // a line may be written with its slip; it must at least find itself
    for (const line of DEFAULT_DISTRESS_PHRASES) {
      const text = line
        .split(' ')
        .map((word) => word.split('/')[0]?.replace('*', ''))
        .join(' ');
      expect([line, findPhrases(text, [line])]).toEqual([line, [line]]);
    }
  });

  it('of a wijk is general: every help line shows', () => {
    const kinds = findDistress('Ik trek het niet meer', ['ik trek het niet meer']);
    expect(kinds).toEqual(['general']);
    expect(helpLines(kinds)).toEqual(['112', '113', 'huisarts', 'veilig-thuis']);
  });

  it('looks for the words of the end only there', () => {
    expect(findPhrases('Ik wil niet meer', ['ik wil niet meer.'])).toHaveLength(1);
    expect(findPhrases('Ik wil niet meer wachten', ['ik wil niet meer.'])).toHaveLength(0);
  });

  it('has a line to call for every kind', () => {
    expect(helpLines(['suicide'])).toEqual(['112', '113', 'huisarts']);
    expect(helpLines(['medical', 'violence'])).toEqual(['112', 'huisarts', 'veilig-thuis']);
    expect(helpLines([])).toEqual([]);
  });
});

function stringsOf(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(stringsOf) : [];
}
