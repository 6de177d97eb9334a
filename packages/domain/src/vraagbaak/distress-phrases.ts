/**
 * What tells of acute danger, in the words of people. Broad enough to be found, narrow enough that
 * a dead telephone or a folder about prevention is not. Source of the lines to call: 113.nl,
 * veiligthuis.nl, rijksoverheid.nl (112). A wijk may keep a list of its own.
 */
const lines = (text: string): string[] =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');

export const SUICIDE_PHRASES = lines(`
  wil dood
  wil doodgaan
  dood wil/willen
  doodgaan wil
  wil/wilt sterven
  wil graag sterven
  liever dood
  was ik maar dood
  dat ik dood was
  kon ik maar dood*
  ik kan beter dood zijn
  beter af als ik dood
  beter af zonder mij
  beter af als ik er niet meer
  wil niet meer leven
  wil niet verder leven
  wil niet langer leven
  wil niet meer verder leven
  niet meer wil leven
  niet meer verder wil
  niet meer te willen leven
  niet langer wil leven
  niet meer leven wil
  hoef niet meer te leven
  hoeft niet meer te leven
  hoeft van mij niet meer te leven
  ik wil niet meer.
  ik hoef niet meer.
  heb geen zin meer in het leven
  geen zin meer om te leven
  geen reden meer om te leven
  wil er niet meer zijn
  er niet meer wil zijn
  er niet meer wil/hoef te zijn
  zie het niet meer zitten
  het niet meer ziet/zie zitten
  ziet het niet meer zitten
  zie het leven niet meer zitten
  zie geen uitweg meer
  een einde aan mijn/zijn/haar leven
  einde maken aan mijn/zijn/haar leven
  maak* er een einde aan
  er een einde aan maken
  er een einde aan te maken
  einde aan wil maken
  eruit stappen uit het leven
  wil uit het leven stappen
  uit het leven wil stappen
  zelfmoord wil/ga/gaat/wilt plegen
  zelfmoord te plegen
  pleeg/pleegt/pleeg* zelfmoord
  zelfmoord plegen
  denk/denkt/denken aan zelfmoord
  aan zelfmoord denk/denkt
  zelfmoordgedachten heb/heeft
  heb/heeft zelfmoordgedachten
  met zelfmoordgedachten
  dreigt met zelfmoord
  dreigt zelfmoord
  denk/denkt/denken aan zelfdoding
  aan zelfdoding denk/denkt
  zelfdoding overweeg/overweegt
  denk/denkt/denken aan suicide
  suicide plegen
  suicide te plegen
  ben/is suicidaal
  suicidaal ben/is
  suicidale gedachten
  voel* mij suicidaal
  mij van kant maken
  mij van het leven beroven
  zichzelf van het leven beroven
  zich van het leven beroven
  zichzelf iets aan te doen
  zichzelf iets aandoen
  zichzelf wat aandoen
  zichzelf wat aan te doen
  mijzelf iets aandoen
  mezelf iets aandoen
  mezelf wat aandoen
  mijzelf iets aan te doen
  mezelf iets aan te doen
  doe mezelf/mijzelf iets aan
  mezelf/mijzelf pijn doen
  spring* voor de trein
  voor de trein springen
  voor de trein wil/ga springen
  voor een trein springen
  van het dak springen
  van de flat springen
  spring van het dak
  spring van de flat
  van de brug springen
  verhang* mij/mezelf/mijzelf/zich
  mij/mezelf/mijzelf ophangen
  zichzelf ophangen
  snijd/snij mezelf/mijzelf/mij
  snijdt zichzelf/zich
  pols* doorsnijden
  alle pillen innemen
  al mijn pillen
  pillen ingenomen om te sterven
  nooit meer wakker wil worden
  niet meer wakker worden.
  niet meer wakker wil worden
  afscheidsbrief geschreven
`);

export const VIOLENCE_PHRASES = lines(`
  slaat mij/mijn/ons/haar/hem
  slaat zijn/haar kind/kinderen/vrouw/man
  mij slaat
  ons slaat
  mijn kind/kinderen/moeder slaat
  schopt mij/ons/haar
  mij schopt
  word/wordt geslagen
  worden geslagen
  geslagen word/wordt/worden
  geslagen door mijn man/vrouw/vriend/vriendin/vader/moeder/zoon/dochter/ex/partner
  word/wordt/worden mishandeld
  mishandeld word/wordt/worden
  mishandeld door mijn
  mishandeld mij/mijn/zijn/haar
  mij/ons mishandeld
  wurgt mij
  mij wurgt
  probeerde mij te wurgen
  bij de keel gegrepen
  bedreigt mij/ons/haar/hem
  mij/ons bedreigt
  word/wordt/worden bedreigt
  bedreigt word/wordt
  dreigt mij/ons/haar/hem te vermoorden
  dreigt mij/ons/haar/hem iets aan te doen
  gaat mij/ons vermoorden
  mij/ons gaat/wil/zal vermoorden
  wil/wilt mij/ons vermoorden
  mij dood te maken
  maakt mij dood
  mij met een mes
  ons met een mes
  staat met een mes
  met een pistool
  durf/durft niet naar huis
  niet naar huis durf/durft
  bang voor mijn man/vrouw/vriend/vriendin/vader/zoon/ex/partner
  verkracht mij
  mij/haar verkracht
  ben/is/word/wordt verkracht
  misbruikt mij
  mij/haar seksueel misbruikt
  seksueel misbruikt word/wordt
  word/wordt seksueel misbruikt
  word/wordt misbruikt
  opgesloten door mijn
  sluit mij op
  houdt mij/haar opgesloten
  word/wordt uitgehuwelijkt
  tegen mijn wil trouwen
  dwingt mij tot seks
  hoor de buurman slaan
  hoor de buurvrouw gillen
  hoor een kind gillen
  kind wordt opgesloten
`);

export const MEDICAL_PHRASES = lines(`
  ademt niet
  ademt niet meer
  ademt bijna niet
  niet meer ademt/ademen
  krijg/krijgt geen adem
  krijg/krijgt geen lucht
  kan niet ademen
  haalt geen adem
  is/ligt bewusteloos
  is buiten bewustzijn
  is buiten kennis
  niet bij kennis
  niet wakker te krijgen
  reageert niet meer.
  heb/heeft een hartaanval
  krijg/krijgt een hartaanval
  een hartaanval heb/heeft
  een hartaanval krijgt
  krijg/krijgt een beroerte
  heeft nu een beroerte
  een beroerte krijgt
  scheve mond en
  mond hangt scheef
  mond hangt ineens
  hevige pijn op de/mijn/zijn/haar borst
  druk op de/mijn/zijn/haar borst en
  nu pijn op de/mijn/zijn/haar borst
  stikt in
  is gestikt
  overdosis genomen
  een overdosis
  te veel pillen ingenomen/geslikt/genomen
  teveel pillen ingenomen/geslikt/genomen
  veel pillen geslikt/ingenomen
  alle pillen geslikt/ingenomen
  gif/bleekmiddel/chloor/ontstopper gedronken
  gif/bleekmiddel/chloor/ontstopper ingeslikt
  knoopcel ingeslikt
  batterij ingeslikt
  bloedt heel/hevig/erg
  hevig bloedt
  blijft bloeden
  hevig bloeden
  het bloeden stopt niet
  bloedt stopt niet
  heeft een epileptische aanval
  ernstige allergische reactie
  keel zwelt op
  ligt op de grond en
  van de trap gevallen en kan/komt
  gevallen en reageert
  koolmonoxidevergiftiging heb
`);
