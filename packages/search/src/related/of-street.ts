/** Words about getting about, gardens, animals, children and feasts; see `related-words.ts`. */
export const OF_STREET = `
auto, wagen, automobiel, personenauto > rijden, vervoer
vervoer, transport, rit, meerijden, lift, gereden worden, wegbrengen > auto, taxi, bus
rijden, rijd, wegbrengen, brengen > auto
taxi, deeltaxi, regiotaxi, belbus, taxibusje, buurtbus, wmo taxi, wmo vervoer, taxipas > vervoer
bus, openbaar vervoer, ov, tram, trein, lijnbus, streekbus > reizen, halte, chauffeur
ov chipkaart, inchecken, instappen, kaartje > bus, chauffeur
pasje, kaart, kaartje > aanvragen
parkeren, parkeerplaats, parkeerplek, auto neerzetten, auto kwijt, parkeergeld, betaald parkeren > auto, boete, vergunning
gehandicaptenparkeerkaart, invalidenparkeerkaart, invalidenkaart, parkeerkaart, gehandicapten parkeerkaart, dichtbij parkeren, invalidenparkeerplaats > slecht lopen, keuring
bezoekersparkeervergunning, bezoekersvergunning, bezoekersparkeren, bezoekerspas, parkeervergunning, bezoekerskaart > visite, parkeren, boete
rijbewijs, rijbewijskeuring, rijbewijs verlengen, cbr, roze papiertje, blijven autorijden > keuring, 75, ouderen
verlengen, vernieuwen, verloopt > rijbewijs, paspoort
keuring, medische keuring, gezondheidsverklaring > rijbewijs, arts
theorie, theorie-examen, rijexamen, theorieboek, verkeersregels, verkeersborden, rijlessen > rijbewijs, examen, gezakt
laadpaal, opladen, laden, oplaadpunt, stekkerauto, elektrische auto, oplaadpaal, laadpunt, stroom tanken > kabel, stoep, parkeerplaats
fiets, rijwiel, tweewieler, stalen ros, karretje > slot, stalling
ebike, e-bike, elektrische fiets > fiets, accu
fietsles, leren fietsen, fietscursus > vrouwen, volwassen, fiets
fietsdiefstal, fiets gestolen, fiets weg > aangifte, framenummer, slot
stalling, neerzetten, wegzetten, onderbrengen, schuur, berging, garage > fiets, scootmobiel
oefenen, trainen > leren
leren, les, cursus, workshop, aanleren, opleiding, onderwijzen > juf, beginners
wandelen, lopen, kuieren, wandeltocht, ommetje, wandelclub, blokje om, stappen, wandelgroep, slenteren > rustig, tempo, groep, park
bewegen, sporten, gymmen, gymnastiek, lichaamsbeweging, fit blijven, actief blijven, fitness, oefenen > ouderen, gezond
stoelyoga, zitgymnastiek, stoelgymnastiek, zittend bewegen, gym op een stoel, yoga, zittend gymmen, oefeningen op een stoel > ouderen, rollator
zwemmen, zwembad, vrouwenzwemmen, zwemuur, baantjes trekken > bad, badpak
vrouwen, dames, alleen voor vrouwen, zonder mannen > meisjes
mannen, heren > jongens
zwemles, zwemdiploma, leren zwemmen, diploma a, zwemabc > kind, zwembad, wachtlijst
voetbal, voetbalclub, turnen, judo, hockey, sportclub > kinderen, contributie
contributie, lidmaatschap, sportcontributie, lidmaatschapsgeld, clubgeld, lid worden > club, vereniging, sport, betalen
vereniging, club, sportclub, sportvereniging > lid, contributie
tafeltennis, pingpong, balletje slaan > maatje, sporthal
tuin, achtertuin, voortuin, hof, gaarde > groen, planten
tuinhulp, tuinman, hovenier, tuinonderhoud, tuin bijhouden, schoffelen, gras maaien, tuinieren, onkruid wieden, tuinklussen > heg, vrijwilliger
gras, gazon, grasveld, maaien > tuin
snoeien, knippen, afzagen, zagen, omzagen, afknippen, wegknippen, inkorten, bijknippen > tak, heg, boom
tak, overhangend, overhangende takken, kroon, overhangend groen > boom, buren, schutting
heg, haag, coniferen, struik, coniferenhaag > erfgrens, snoeien, buren
erfgrens, erfafscheiding, schutting, perceelgrens, schuttinkje, erf > buren, heg, grond
boom, berk, eik, walnoot, kastanje, populier > takken, kappen, wortels
kappen, omhakken, vellen, omzagen, rooien, kapvergunning, omdoen, weghalen > boom, vergunning
plant, bloemen, plantjes, perkplant > water geven, grond
balkon, terras, bloembak, plantenbak, balkonplanten, balkonbak > planten
schaduw, zonder zon, noorden > balkon, planten
geveltuin, geveltuintje, gevelgroen, stoeptuin, voor de gevel, bloemen tegen de gevel, groen voor het huis, tegels eruit > stoeptegels, planten, straat
vergroenen, groen, beplanting, minder steen, ontstenen > tuin, tegels
regenton, regenpijp, regenwater, hemelwater, afkoppelen, regen opvangen, regenpijp afkoppelen, waterton > subsidie, wateroverlast, tuin
wateroverlast, blank staan, ondergelopen, overstroming, hoosbui, plassen water > regen
water geven, begieten, gieten, besproeien > planten, vakantie
rups, eikenprocessierups, processierups, harige rups, harige beestjes, brandharen > eik, jeuk, boom, spinsel
rat, knaagdier, muizen, ongedierte, plaagdieren > gif, val, tuin, compost
gif, vergif, gift, bestrijden, verdelgen, giftig > ongedierte
hond, viervoeter, pup, puppy, trouwe viervoeter > uitlaten, riem, losloopgebied
losloopgebied, losloopveld, hondenveld, loslopen, zonder riem, zonder lijn, hond los, losloopplek, hondenlosloopgebied, laten rennen > hond, uitlaten
riem, lijn, aangelijnd, hondenriem > hond
kat, poes, kater > huisdier
huisdier, dier, beestje > hond, kat, verzorgen
dierenarts, dierenkliniek, veearts, dierendokter, dierenziekenhuis > kat, hond, poes
kip, haan > voeren, dieren
verzorgen, voeren, voederen, eten geven, oppassen op > dieren, vakantie
vakantie, op reis, weekje weg > buitenland
buitenland, over de grens > reizen, paspoort
compost, composthoop, compostvat > tuin, gft
kind, kleintje, kroost, kids > ouders
peuter, kleuter, dreumes, kleintje, ukkie, hummel > kind, speelzaal
kleinkind, kleinzoon, kleindochter > opa, oma
zoon, jongen, jongens > kind
dochter, meisje, meiden > kind
ouders, vader, moeder, papa, mama, vader en moeder, pa, ma > gezin
oma, grootmoeder, omaatje > kleinkinderen
opa, grootvader > kleinkinderen
schoonmoeder, schoonvader, schoonouders > familie
familie, gezin, familielid, verwanten, naasten, bloedverwant > kinderen
broer, zus, zuster > familie
oppas, babysitter, kinderoppas, gastouder, op kinderen passen, letten op > kinderen, middag, uit school halen
uit school halen, schoolplein, naschoolse opvang, bso, buitenschoolse opvang, na school, na schooltijd > oppas, opvang
kinderopvang, creche, opvang, kinderdagverblijf, kdv, peuterspeelzaal > toeslag, baby
school, basisschool, onderwijs, schoolgaand, lagere school, middelbare school > klas, leraar
klas, klasgenoten, groep 8, schoolklas > school
leraar, juf, meester, leerkracht, onderwijzer, docent, onderwijzeres > school
schoolreis, schoolkamp, kamp, schooluitje, werkweek, meegaan met de klas, uitje van school > ouderbijdrage, betalen
ouderbijdrage, vrijwillige bijdrage, schoolgeld, schoolkosten, schoolspullen > school, kamp, minima
pesten, treiteren, buitensluiten, buitengesloten, plagen, pesterijen, treiterijen, uitlachen > klas, school, groepsapp
groepsapp, klassenapp, whatsapp, appen, berichtjes > telefoon, klas
spijbelen, schoolverzuim, niet naar school, verzuimen, school verzuimen > leerplicht, puber
verkeerde vrienden, slechte pad, straatjongen, ontsporen, foute vrienden, criminaliteit > jongerenwerk, puber, plein, opvoeden
opvoeden, opvoedvragen, grenzen stellen > kind, puber
huiswerk, huiswerkbegeleiding, bijles, bijspijkeren, huiswerkhulp, nakijken, helpen met leren > school, wiskunde
wiskunde, rekenen, sommen, cijfers > bijles
studieplek, rustige plek, stilteplek, studeren, leren voor examen, stille plek, ongestoord, studeerruimte > bibliotheek, examen
examen, eindexamen, toets, tentamen, diploma > leren, geslaagd
scholier, leerling, student > school
speciaal onderwijs, bijzondere school, speciale school, sbo > autisme, leerlingenvervoer
leerlingenvervoer, schoolbus, schoolvervoer, schooltaxi, taxibusje > speciaal onderwijs, school
autisme, autistisch, adhd > speciaal, begeleiding
speeltuin, speelplaats, speeltoestel, schommel, glijbaan, wip, klimrek, speelveldje, speelplek, trapveldje > kapot, kinderen, gemeente
spelen, ravotten > kinderen
ouderschap, jonge moeder, jonge ouders, kersverse moeder, jonge vader > baby
straatfeest, buurtfeest, straatbarbecue, buurtbarbecue, barbecue, straat afzetten, feest op straat, straat afsluiten, bbq, braderie, weg afzetten, buiten eten met de straat > vergunning, evenement, straat
evenement, festiviteit, evenementenvergunning, manifestatie > vergunning, feest
feest, verjaardag, partij, jubileum, bruiloft, viering, fuif > zaal, gasten
zaal, ruimte, feestzaal, zaalhuur, ruimte huren, afhuren, locatie, vergaderruimte > huren, feest
kerst, kerstmis, feestdagen, december, kerstdagen, oud en nieuw, tweede kerstdag > alleen, eenzaam
bewonersinitiatief, buurtinitiatief, plan van bewoners, idee voor de buurt, wijkbudget, buurtbudget, bewonersplan, burgerinitiatief > subsidie, plantsoen, bankjes
plantsoen, park, groenstrook, perk > groen, bankje
naaien, naaimachine, kleding maken, kleren maken, naaicursus, verstellen, stikken, naaicafe > machine, les
kleding, kleren, kledij, goed > naaien
stof, draad > naaien
muziek, zingen, koor > zang
buurt, wijk, omgeving, kwartier > straat
plek, plaats, ruimte, locatie
persoon, mens, lieden
nodig, noodzakelijk, vereist
tijdelijk, kort, kortdurend > weken
rustig, kalm, op mijn gemak, langzaam, bedaard > tempo
beginnen, starten, opstarten, oprichten
zoeken, gevraagd
oud, versleten > leeftijd
`;
