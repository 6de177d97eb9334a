/** Sets of words about money, living and the street; see `starting-synonyms.ts`. */
export const OF_LIVING = `
contributie, lidmaatschap, lidmaatschapsgeld
club, vereniging, verenigingen
cursus, les, training, leren, workshop
eten, maaltijd, voedsel, maaltijden
koken, bereiden
samen eten, mee eten, eettafel, aanschuiven
maaltijdservice, maaltijdbezorging, tafeltje dekje, thuisbezorgd
afvallen, vermageren, mager, gewichtsverlies, ondervoeding
te zwaar, overgewicht, dik
eetlust, trek
halal, islamitisch
ramadan, vastenmaand, vasten
voedselbank, voedselpakket
dieet, voedingsadvies
nederlands leren, taalles, taalcursus, inburgering, taalmaatje
laaggeletterd, analfabeet, niet lezen, lezen en schrijven
tolk, vertaler, vertalen
formulier, papieren, papierwerk
brief, post, envelop
buurt, wijk
buurthuis, wijkcentrum, buurtcentrum, inloop
koffieochtend, inloop, koffie drinken
buur, buurman, buurvrouw, buren
bovenburen, bovenbuurman, boven ons
straatfeest, buurtfeest, buurtbarbecue, straatbarbecue
feest, verjaardag, feestje
zaal, zaaltje, ruimte
klaverjassen, kaarten
vrijwilligerswerk, vrijwilliger
bewonersinitiatief, buurtinitiatief
jongerencentrum, jongerenruimte, hangplek
kerst, feestdagen, kerstmis
naaien, kleding maken
repareren, reparatie, maken, repaircafe
kapot, stuk, defect
klussen, klusje, klus, karwei
verhuizen, verhuizing, sjouwen
kosten, prijs, tarief, betalen
vergoeding, vergoeden, vergoed, terugbetalen
gratis, kosteloos
goedkoop, betaalbaar
duur, prijzig
geld, financien
subsidie, bijdrage, potje, budget, regeling
toeslag, tegemoetkoming, toelage
huurtoeslag, huursubsidie, toelage huur
kinderopvangtoeslag, opvangtoeslag
kinderopvang, creche, kinderdagverblijf, opvang
oppas, oppassen, babysitter
uitkering, bijstand, bijstandsuitkering
werkloos, geen werk, uwv
weinig inkomen, laag inkomen, minima, arm, armoede
schuld, schulden, betalingsachterstand, rood staan
achterstand, betalingsachterstand
betalingsregeling, afbetalen, aflossen, gespreid betalen
schuldhulpverlening, schuldhulp, schuldsanering
deurwaarder, incasso, beslag
kwijtschelding, kwijtschelden
belasting, aanslag, gemeentebelasting
belastingaangifte, aangifte doen, aangifte belasting
eigen bijdrage, cak
factuur, rekening, nota
boete, bon, bekeuring
zorgverzekering, ziektekostenverzekering, verzekering
zorgpremie, zorgverzekeringspremie, premie
basispakket, basisverzekering
aow, pensioen, ouderdomspensioen
erven, erfenis, nalatenschap
stadspas, minimapas, kortingspas
termijnbedrag, voorschot, maandbedrag
energie, gas, stroom, elektriciteit
stoken, verwarming, verwarmen, kachel
energiecoach, energieadvies, energie besparen
werkgever, baas, leidinggevende
ziekmelden, ziektewet, ziek
zorgverlof, verlof, vrij nemen
bijbaan, bijbaantje, baantje
werk, baan
huurhuis, huurwoning, huur
huisbaas, verhuurder, woningcorporatie, corporatie, woningbouw
borg, waarborgsom, borgsom
huurverhoging, huur omhoog, hogere huur
servicekosten, schoonmaakkosten
bezwaar, niet eens, protest, klacht
huisgenoot, samenwonen, intrekken
woningzoekende, woning zoeken, huis zoeken
appartement, flat, etage
schimmel, vocht, vochtplek, natte muur
geluidsoverlast, lawaai, herrie, burengerucht, geschreeuw
overlast, hinder
lamp, verlichting
lantaarnpaal, straatlantaarn, straatlamp, straatverlichting
storing, kapot
grofvuil, grof vuil, bankstel, meubels
vuilnis, afval, huisvuil, container
wegbrengen, inleveren, terugbrengen
weggooien, wegdoen, opruimen
ophalen, afhalen
rookmelder, brandmelder, brandalarm
brand, brandweer
inbraak, inbreker, inbreken, insluiper
diefstal, gestolen, gejat, stelen
politie, wijkagent
drugs, dealen, dealer, drugsoverlast
oplichting, oplichter, nep, fraude, babbeltruc
vuurwerk, knallen
te hard rijden, snelheid, hardrijders
camera, deurbelcamera, videodeurbel
noodpakket, rampenpakket, noodsituatie
stroomuitval, zonder stroom
parkeren, parkeerplaats
bezoekersparkeren, bezoekersvergunning, bezoekersparkeervergunning
vergunning, toestemming, ontheffing
melding, melden, doorgeven
rijbewijs, autorijden, rijden
keuring, medische keuring, rijbewijskeuring
theorie, theorie examen
laadpaal, opladen, elektrische auto
deeltaxi, regiotaxi, wmo vervoer
taxi, ritje, vervoer
bus, openbaar vervoer, trein
pas, pasje, kaart
rollator, looprek
digid, inloggen, inlogcode
wachtwoord, inlogcode, geheime code
wachtwoordkluis, wachtwoordmanager
computer, pc, laptop
tablet, ipad
mobiel, telefoon, smartphone, mobieltje
internet, online, website
whatsapp, app, appgroep
beeldbellen, videobellen, skypen
machtiging, machtigen, volmacht
update, updates, bijwerken
tuin, tuintje
tuinman, hovenier, tuinhulp, tuinonderhoud
moestuin, volkstuin, buurtmoestuin
heg, haag, coniferen
boom, bomen
snoeien, knippen, zagen, kappen
tegel, stoeptegel, stoep, trottoir
geveltuin, geveltuintje, stoeptuin
regenton, regenwater
rups, eikenprocessierups, processierups
rat, ratten, ongedierte, muizen
hond, huisdier
losloopgebied, losloopveld, hondenuitlaatplek, zonder riem
kat, poes
dierenarts, dierendokter
school, basisschool
juf, meester, leraar, leerkracht
schoolkamp, schoolreis, schoolreisje
ouderbijdrage, vrijwillige bijdrage
huiswerk, huiswerkbegeleiding, bijles, studieplek
examen, eindexamen, toets
pesten, gepest, buitengesloten
spijbelen, schoolverzuim
speciaal onderwijs, speciale school
leerlingenvervoer, schoolvervoer
speeltuin, speelplaats, schommel
opvoeden, opvoeding
scheiding, echtscheiding, gescheiden, uit elkaar
mishandeling, huiselijk geweld
ruzie, conflict
verward, onbegrepen gedrag
vakantie, op reis, weg
buitenland, reizen
aanvragen, aanvraag, regelen
aanmelden, inschrijven, opgeven
wachtlijst, wachttijd, lang wachten
patientenstop, geen nieuwe patienten, vol
afspraak, consult
loket, balie
gemeente, stadhuis, gemeentehuis
hitte, hittegolf, warm weer
vitamine, supplement
zout, zoutarm, natrium
`;
