/** Words about house, neighbours, street and safety; see `related-words.ts`. */
export const OF_HOME = `
huisbaas, verhuurder, woningcorporatie, corporatie, woningbouwvereniging, woningbouw, woningstichting, huiseigenaar, woningbouwcorporatie, landlord > huur, huurder, contract
huurwoning, huurhuis, sociale huurwoning, huurflat, corporatiewoning, huurder, huren, goedkope woning > verhuurder
huur, huurprijs, kale huur, huurbedrag > huurder, maand
huis, woning, woonhuis, thuis, pand, eengezinswoning > wonen
flat, appartement, flatgebouw, etage, bovenwoning, galerijflat, complex, woonblok > galerij, lift, verdieping
verdieping, etage, hoog, woonlaag > lift, trap
portiek, trappenhuis, hal, trappenhal, gemeenschappelijke hal, gang > flat
woonlasten, woonkosten, vaste lasten > huur, energie
huurverhoging, huur omhoog, meer huur, hogere huur, huur stijgt, huurprijs omhoog > bezwaar, huurcommissie, procent, brief
huurcommissie > bezwaar, verhuurder, huur
bezwaar, protest, protesteren, in beroep, tegen ingaan, bezwaarschrift, klagen, aanvechten > termijn, brief
servicekosten, schoonmaakkosten, bijkomende kosten, afrekening servicekosten, naheffing, afrekening > verhuurder, schoonmaak, trappenhuis
borg, waarborgsom, borgsom, waarborg, statiegeld, vooruitbetaling, deposit > terugbetalen, verhuurder, kamer
kamer, studentenkamer, onderhuur > huren
schimmel, vochtplekken, vocht, zwarte stippen, zwarte plekken, natte muren, optrekkend vocht, vochtig, natte plekken, schimmelvorming, vochtige muur, muffe > luchten, ventileren, muur, behang, slaapkamer
muur, wand, gevel > steen
luchten, ventileren, ventilatie, frisse lucht > schimmel, raam
lekkage, lek, druppelen, waterlekkage > dak, kraan, water
onderhoud, opknappen, herstellen > reparatie
geluidsoverlast, lawaai, herrie, kabaal, burengerucht, overlast, geluid, rumoer, lawaaierig, harde muziek, gestamp, geschreeuw, burenlawaai, gebonk > buren, nacht, muziek, bemiddeling
bovenburen, buren boven, boven ons, bovenbuurvrouw, bovenbuurman, mensen boven > geluidsoverlast, flat
buren, buurman, buurvrouw, buurtgenoot, naaste buren, hiernaast, overburen, buurtbewoner, naast ons, overbuurman > straat
buurtbemiddeling, bemiddeling, bemiddelaar > ruzie, buren
overlast, hinder, last van, ergernis > melden
intrekken, samenwonen, inwonen, bij mij wonen > huurcontract, medehuurder, toeslag
woningzoekende, woning zoeken, inschrijven voor woning, inschrijftijd, inschrijfduur, wachttijd woning, huis krijgen > huurwoning, wachtlijst, jongeren
kleiner wonen, seniorenwoning, seniorenappartement, doorstromen, kleiner huis, bejaardenwoning, ouderenwoning, gelijkvloers > verhuizen, huur, wooncoach, ouderen
verhuizen, verkassen > sjouwen, dozen
klussen, klusjesman, karwei, ophangen, handige man, timmeren, boren, schroeven > lamp, gordijn, plafond, gereedschap
lamp, verlichting, licht, armatuur > plafond, donker
gordijn, gordijnrail, rails > ophangen
plafond, zolder > lamp, hangen
meubel, kast, bank, bankstel, tafel, matras, meubelstuk, huisraad, sofa, inboedel > sjouwen, grofvuil, verhuizen
sjouwen, dragen, tillen, versjouwen, verslepen, zwaar tillen, sterke mannen, sterke armen > kast, trap, verhuizen, meubels, zwaar
grofvuil, grof vuil, grof huisvuil, groot vuil, oude spullen, afgedankt, laten weghalen, spullen kwijt, grof afval > ophalen, matras, wasmachine, meubels, milieustraat
afval, vuilnis, vuil, huisvuil, rommel, vuilnisbak, troep, zwerfvuil, container, kliko, vuilniszak > ophalen, gemeente
weggooien, wegdoen, dumpen, kwijt, weg ermee, afdanken, wegbrengen, inleveren, terugbrengen, naar de stort > afval
ophalen, afhalen, meenemen, weghalen, komen halen, afvoeren > afval
milieustraat, stort, gemeentewerf, afvalpunt > wegbrengen
apparaat, toestel, machine, apparatuur, ding > stekker, kapot
kapot, stuk, defect, werkt niet, uitgevallen, beschadigd, storing, doet niks meer, brandt niet > repareren
repareren, reparatie, herstellen, reparateur, repaircafe, repair cafe, fiksen > kapot, apparaat, vrijwilliger
energie, stroom, gas, elektra, elektriciteit, gas en licht, gas en stroom, gas en elektra, licht > rekening, leverancier, meter
termijnbedrag, voorschot, voorschotbedrag, maandbedrag, energierekening, energienota, stroomrekening, gasrekening > energie, verhoogd, duurder
besparen, bezuinigen, zuinig, minder verbruiken > energie, stoken, isoleren
energiecoach, energieadvies, energieadviseur, bespaartips, energiecoachgesprek > besparen, stoken, isoleren, tips
stoken, verwarmen, kachel, cv, cv ketel, ketel, geiser, gaskachel, warm krijgen, thermostaat > gas, kou
isoleren, isolatie, dubbel glas, tocht > energie
koolmonoxide, co, kolendamp, koolmonoxidemelder, koolmonoxidevergiftiging, gasvergiftiging > ketel, melder, geiser, alarm
rookmelder, brandmelder, brandalarm, rookalarm > brand, plafond, piepen, verplicht
brand, brandweer, brandveilig, vuur, brandgevaar > rookmelder, blussen
noodpakket, rampenpakket, noodvoorraad, voorraad, noodrantsoen, hamsteren, noodsituatie, ramp, crisis > stroomuitval, water, radio
stroomuitval, stroomstoring, zonder stroom, stroom uitgevallen, geen elektriciteit, licht uit, blackout > noodpakket, kaarsen
straatverlichting, lantaarnpaal, straatlantaarn, lantaarn, straatlamp, straatlicht, verlichting op straat > donker, kapot, melden, lamp
donker, duister, pikdonker, geen licht, aardedonker, onverlicht > verlichting, nacht, steeg
straat, weg, rijweg, laan > buurt
steeg, pad, poort, achterpad, brandgang > donker
stoep, trottoir, tegels, stoeptegels, voetpad, bestrating, straatstenen > straat, gemeente
inbraak, inbreker, inbreken, dief, diefstal, insluiper, boef > politie, slot, aangifte, preventie
gestolen, diefstal, gejat, gepikt, ontvreemd, weggehaald, gapt > aangifte, politie, verzekering
politie, wijkagent, agent, diender > aangifte, melden
aangifte, proces verbaal > politie, diefstal
buurtwhatsapp, buurtapp, buurtwhatsappgroep, buurtpreventie, whatsappgroep, appgroep, buurtwacht, op elkaar letten > inbraak, veiligheid, buren
oplichting, oplichter, bedrog, bedrieger, fraude, babbeltruc, nep, zwendel, bankhelpdeskfraude, phishing, afzetter, zogenaamd > bank, telefoon, geld, rekening
gebeld, telefoontje, opgebeld, aan de lijn > oplichting
bank, bankmedewerker, bankrekening, spaarrekening, spaargeld, bankpas > rekening, geld
drugs, dealen, dealer, drugshandel, drugsoverlast, verdovende middelen, wiet, handelen in drugs > portiek, melden, jongens, scooters
camera, deurbelcamera, videodeurbel, filmen, opnemen, camerabeelden, deurbel met camera, bewakingscamera > privacy, buren
privacy, bespied, begluurd, meekijken > camera, gegevens
vuurwerk, knallen, rotjes, vuurwerkoverlast, harde knallen, geknal, knalvuurwerk, gillende keukenmeiden > december, jongeren, oud en nieuw, hond
hard rijden, te hard, racen, snelheid, scheuren, hardrijders, wegpiraat, crossen, snelheidsduivels, jakkeren > drempel, straat, 30, verkeer
verkeer, verkeersveiligheid, auto's, automobilisten, bestuurders > straat, gevaar
drempel, verkeersdrempel, wegversmalling > hard rijden
gevaarlijk, onveilig, levensgevaarlijk, riskant > veiligheid
veilig, beveiligen, beschermen > gevaar
slot, sleutel, hang en sluitwerk > deur
`;
