/**
 * Words that say nothing about what a text is about: articles, pronouns, auxiliaries, the words that
 * make a sentence a question, and courtesies. Without accents, as `wordsOf` gives them.
 */
export const STOP_WORDS: ReadonlySet<string> = new Set(
  `de het een en of maar want dus als dan dat die dit deze er daar hier waar wie wat wanneer waarom
  waarvoor waarvan waarmee waaraan waarop hoe hoeveel hoelang welke welk in op te van voor met aan bij
  uit naar om over tot door tegen onder tussen sinds tijdens per binnen zo zoiets   na toe af ik jij je u uw jou jouw hij zij ze wij we jullie mij me mijn mn zijn haar hun ons onze hem
  het hen iemand niemand iets niets men elk elke ieder iedere iedereen alles alle al allemaal veel
  meer meest minder weinig is ben bent was waren geweest wordt worden word werd werden geworden heb
  hebt heeft hebben had hadden gehad kan kun kunt kunnen kon konden mag mogen mocht moet moeten moest
  moesten wil wilt willen wilde wilden zal zult zullen zou zouden zoude ga gaat gaan ging gingen gegaan
  doe doet doen deed deden gedaan niet geen wel ook nog al nu toch even eens ooit nooit altijd vaak soms
  weer heel erg zeer best gewoon eigenlijk misschien graag liever liefst echt juist pas net
  ja nee hallo hoi dag beste geachte groet groeten groetjes bedankt dank alvast vriendelijke
  redactie mvg lieve sorry aub svp zelf zelfs zulke wat welke tegenwoordig
  laatst steeds inmiddels omdat zodat terwijl hoewel totdat voordat nadat indien mits tenzij
  hierover hiervoor daarvoor daarna daarom daarmee ervan ervoor erbij eraan erop erin eruit ermee
  zich beetje bijvoorbeeld ongeveer ofzo enzo verder weet weten wist denk denken dacht
  zeg zegt zeggen zei zeiden vind vindt vinden vond kom komt komen kwam kwamen krijg krijgt krijgen
  kreeg laat laten liet maak maakt maken maakte sta staat staan stond zit zitten zat ligt liggen lag
  hoor hoort zie ziet zien zag geef geeft geven gaf neem neemt nemen nam moest hoef hoeft hoeven
  mee heen zoals ene zon s t n m the a an and or of to in on at for i my me you your is are be can do
  how what where who which it this that with from not no have has get`.split(/\s+/),
);
