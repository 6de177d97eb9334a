import { DAY_MS, DomainError, type FieldError } from '../kernel/index.ts';

/* The terms of cooperation that providers sign (M3): a text in versions, each signed by name. Pure. */

export const TERMS_MIN = 200;
export const TERMS_MAX = 20_000;
export const SIGN_DAYS_MIN = 7;
export const SIGN_DAYS_MAX = 180;
export const SIGNER_MIN = 3;
export const SIGNER_MAX = 100;

/** Refuses with every field at fault: `kernel.invalid`. */
export function validateCooperation({ text, signDays }: { text: string; signDays: number }): void {
  const errors: FieldError[] = [];
  if (text.trim() === '') errors.push({ pointer: 'text', code: 'required' });
  else if (text.trim().length < TERMS_MIN)
    errors.push({ pointer: 'text', code: 'too-short', params: { min: TERMS_MIN } });
  else if (text.length > TERMS_MAX)
    errors.push({ pointer: 'text', code: 'too-long', params: { max: TERMS_MAX } });
  if (!Number.isInteger(signDays) || signDays < SIGN_DAYS_MIN)
    errors.push({ pointer: 'signDays', code: 'too-small', params: { min: SIGN_DAYS_MIN } });
  else if (signDays > SIGN_DAYS_MAX)
    errors.push({ pointer: 'signDays', code: 'too-large', params: { max: SIGN_DAYS_MAX } });
  if (errors.length > 0) throw new DomainError('invalid', 'kernel.invalid', { errors });
}

export const signBy = (now: Date, signDays: number): Date =>
  new Date(now.getTime() + signDays * DAY_MS);

const plain = (name: string) =>
  name
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();

/**
 * Somebody signs by typing the name that the wijk knows them by and saying that they agree. Capitals, accents
 * and points make no difference.
 * @throws `kernel.invalid` with every field at fault
 */
export function validateSignature(
  signature: { name: string; agreed: boolean },
  knownAs: string | null,
): void {
  const errors: FieldError[] = [];
  const { name, agreed } = signature;
  if (name.trim() === '') errors.push({ pointer: 'name', code: 'required' });
  else if (name.trim().length < SIGNER_MIN)
    errors.push({ pointer: 'name', code: 'too-short', params: { min: SIGNER_MIN } });
  else if (knownAs !== null && plain(knownAs) !== plain(name))
    errors.push({ pointer: 'name', code: 'not-your-name', params: { name: knownAs } });
  if (!agreed) errors.push({ pointer: 'agreed', code: 'agree-needed' });
  if (errors.length > 0) throw new DomainError('invalid', 'kernel.invalid', { errors });
}

/** With what every wijk begins. Headings stand on a line of their own, marked with ##. */
export const FIRST_TERMS = `## Waar dit over gaat

Dit zijn de afspraken tussen de wijk en iedereen die hier als beroep of als organisatie hulp aanbiedt. De wijk is de stichting die deze markt beheert. U bent de aanbieder. Wie namens een organisatie tekent, tekent voor die hele organisatie.

## Wat u belooft

- U doet wat u op de markt belooft, op het moment dat u met de bewoner afspreekt. Lukt dat niet, dan laat u dat zo snel mogelijk weten.
- U zegt vooraf wat het kost en wat er wel en niet bij hoort. U vraagt achteraf niet meer dan is afgesproken.
- Wie bij mensen thuis komt, heeft een verklaring omtrent het gedrag en laat zien wie hij of zij is.
- U bent verzekerd voor schade die bij uw werk kan ontstaan.
- U behandelt iedereen met respect. U maakt geen onderscheid naar afkomst, geloof, geaardheid, leeftijd of beperking.
- U dringt niets op. U verkoopt niets anders dan wat de bewoner vroeg.
- Maakt u zich zorgen om iemand, dan verwijst u naar de huisarts of het wijkteam. Bij gevaar belt u 112.

## Wat u weet, blijft bij u

- U gebruikt gegevens van bewoners alleen voor deze afspraak. U geeft ze niet door en u bewaart ze niet langer dan nodig.
- U vertelt niemand wat u bij een bewoner thuis ziet of hoort, behalve als de wet dat vraagt of als iemand in gevaar is.

## Credits

- U krijgt voor hulp op deze markt wijk-credits. Die kunt u hier weer gebruiken. Credits zijn geen geld: u kunt ze niet kopen en niet laten uitbetalen.
- U zorgt zelf voor uw administratie en belasting.

## Als er iets misgaat

- Is een bewoner niet tevreden, dan probeert u dat eerst samen op te lossen. U wijst de weg naar uw eigen klachtenregeling.
- Komt u er niet uit, dan beslist de marktmeester. Die hoort u allebei.
- Gaat er iets ernstigs mis, dan meldt u dat binnen twee dagen aan de marktmeester.

## Wat de wijk doet

- Twee mensen uit de wijk toetsen u aan de criteria die de wijk heeft vastgesteld. U leest altijd waarom iets is besloten. U kunt één keer in beroep.
- De wijk kan uw aanbod van de markt halen als u zich niet aan deze afspraken houdt. U leest de reden en kunt daartegen in beroep.
- De wijk vraagt u geen geld om op de markt te staan.

## Hoe lang dit geldt

- Deze afspraken gelden zolang uw aanbod op de markt staat. U kunt op elk moment stoppen. Afspraken die u al maakte, maakt u af.
- Verandert deze tekst, dan krijgt u bericht en tijd om opnieuw te tekenen. Tekent u niet op tijd, dan staat uw aanbod stil tot u getekend hebt.`;
