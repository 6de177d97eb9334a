/** Words about care at home, aids, medicines and food; see `related-words.ts`. */
export const OF_CARE_AT_HOME = `
mantelzorg, mantelzorger, zorgen voor, familiezorg, zorg voor familie, naaste, verzorgen, verzorger > ondersteuning, familielid, overbelast
respijtzorg, vervangende mantelzorg, vervanging, overnemen, waarnemen, zorg overnemen, logeerhuis, even weg, er tussenuit, even rust, op adem komen, oppassen > vakantie, logeren, dagopvang, mantelzorg
mantelzorgwaardering, waardering, compliment, mantelzorgcompliment, beloning, bedankje, cadeaubon, blijk van waardering > mantelzorg, gemeente, bon
mantelzorgondersteuning, mantelzorgconsulent, steunpunt mantelzorg > ondersteuning, overbelast
mantelzorgwoning, kangoeroewoning, tuinhuis, huisje in de tuin, aanleunwoning, huisje > vergunning, erf, ouders
jonge mantelzorger, zorgen voor moeder, kind zorgt > school, gezin, thuis
huishouden, huishoudelijk werk, het huis doen > koken, boodschappen, poetsen
huishoudelijke hulp, poetshulp, werkster, schoonmaakster, hulp in de huishouding, schoonmaakhulp, schoonmaker, poetsvrouw, interieurverzorgster, schoonmaakt, huishoudhulp > wmo, poetsen, stofzuigen, eigen bijdrage
schoonmaken, poetsen, dweilen, stofzuigen, schrobben, soppen, reinigen, boenen, ramen lappen, bedden verschonen > huishouden, vloer, ramen
wmo, wet maatschappelijke ondersteuning, sociaal wijkteam, wijkteam, wmo-loket > gemeente, indicatie, voorziening
keukentafelgesprek, huisbezoek gemeente, ambtenaar komt thuis, gesprek met de gemeente, indicatiegesprek > wmo, clientondersteuner, zenuwachtig
clientondersteuner, clientondersteuning, onafhankelijke ondersteuner, bijstaan, bijstand verlenen, meekomen > gesprek, keukentafelgesprek
indicatie, zorgindicatie, ciz, indicatiestelling > wlz, wmo, aanvragen
thuiszorg, wijkverpleging, zorg aan huis, verpleging thuis, thuishulp, verzorging thuis, thuisverpleging, zuster aan huis > wassen, aankleden, verpleegkundige
wassen, douchen, baden, badderen, lichaamsverzorging, persoonlijke verzorging > aankleden, thuiszorg, badkamer
aankleden, kleden, kleren aandoen, uitkleden, steunkousen > wassen, thuiszorg
tillen, optillen, sjouwen, verplaatsen, transfer, omhoog hijsen, heffen, uit bed halen, dragen > rug, tillift, hulpmiddel, zwaar
tillift, glijzeil, transferhulp > tillen
verpleeghuis, verpleegtehuis, verzorgingstehuis, verzorgingshuis, bejaardentehuis, tehuis, bejaardenhuis, rusthuis, opname, zorginstelling, woonzorgcentrum > wlz, niet thuis, opnemen, dementie
langer thuis, zelfstandig wonen, thuis blijven wonen, op zichzelf > verpleeghuis, thuiszorg
wlz, wet langdurige zorg > ciz, verpleeghuis
dagbesteding, dagopvang, dagverzorging, dagactiviteiten, daginvulling > dementie, opvang, ouderen
casemanager, dementieconsulent > dementie
traplift, stoeltjeslift, trapstoel, stoellift, stoeltje langs de trap, lift langs de trap > trap, wmo, boven, woningaanpassing
trap, treden, traptreden, trapleuning, naar boven, de trap opkomen > traplift, verdieping
woningaanpassing, aanpassing, aangepaste woning, huis aanpassen > wmo, drempels, badkamer
hulpmiddel, voorziening > wmo, thuiszorgwinkel, lenen
thuiszorgwinkel, uitleen, uitleenpunt, zorgwinkel > lenen, krukken, bed
lenen, huren, uitlenen, bruikleen > tijdelijk, thuiszorgwinkel
hooglaagbed, hoog laagbed, ziekenhuisbed, verstelbaar bed, zorgbed, verpleegbed, bed > lenen, thuiszorgwinkel
rolstoel, rolstoelgebruiker, invalidenwagen, rolwagen > toegankelijk, drempel, wmo
toegankelijk, drempelvrij, rolstoelvriendelijk, ingang > rolstoel, toilet, drempel
rollator, looprek, loophulp, wandelstok, stok, kruk > lopen, onzeker
scootmobiel, elektrisch wagentje, driewieler, invalidenscooter, scootmobile, invalidenvoertuig > stalling, opladen, wmo
alarmknop, noodknop, personenalarmering, alarmering, alarmhalsband, hulpknop, rode knop, alarm om de nek, noodoproep, hulp inroepen, valalarm, halsalarm > vallen, alleen, meldkamer, nek
cak, eigen bijdrage, eigenbijdrage > factuur, rekening, wmo
gemeente, gemeentehuis, stadhuis, stadskantoor, gemeenteloket > loket, ambtenaar, wmo
ambtenaar, consulent, medewerker > gemeente
medicijn, geneesmiddel, medicatie, pil, tablet, medicament, capsule > apotheek, recept, slikken, dosis
apotheek, apotheker, drogist, apothekersassistente > medicijnen, recept
recept, herhaalrecept, herhaalmedicatie, medicijnen bestellen, herhalingsrecept, nieuwe pillen > apotheek, aanvragen, bestellen
bijsluiter, gebruiksaanwijzing, uitleg, handleiding, papier in de doos, briefje bij > medicijnen, lezen, moeilijk
medicijnrol, weekdoos, pillendoos, baxterrol, medicijndoosje, pillendoosje, medicijncassette, zakjes, doosje met vakjes, pillenrol > vergeten, innemen
innemen, slikken, gebruiken > medicijnen
bijwerking, reactie op > medicijnen, duizelig
merkwissel, ander merk, ander doosje, andere verpakking, anders uit, wisselen, preferentiebeleid, ander medicijn, goedkoper merk, andere pillen > apotheek, medicijn, vertrouwen, kleur
verpakking, doos > inhoud
medicijnafval, oude medicijnen, medicijnen weggooien, overgebleven, restant, medicijnen inleveren, verlopen > apotheek, afval, weggooien
medicatiebeoordeling, medicatie nalopen, medicijncheck, pillen nakijken, polyfarmacie, te veel pillen > apotheker, verschillende, specialisten
pijnstiller, pijnstilling, pijnmedicatie, oxycodon, morfine, paracetamol, opiaat, opioide > pijn, opiumwet
medicijnpaspoort, medicijnverklaring, opiumwet, verklaring > buitenland, grens, reizen, douane
rijvaardigheid, achter het stuur, autorijden, sturen, gele sticker > medicijnen, rijden, verkeer
insuline > diabetes, spuiten, koel
vitamine, supplement, vitaminepil, voedingssupplement > slikken, ouderen
eten, voedsel, maaltijd, voeding, maal, warm eten, kost, etenswaren, opeten > koken, tafel, smaak
samen eten, eettafel, mee-eten, aanschuiven, gezamenlijk eten, met anderen eten, open tafel, aan tafel, in gezelschap eten, buurtrestaurant > gezelschap, buurthuis
maaltijdservice, maaltijdbezorging, tafeltje dekje, warme maaltijden, maaltijd aan huis, thuisbezorgd eten, eten laten brengen, kant en klaar, eten bezorgen, vriesmaaltijden > bezorgen, koken, ouderen
bezorgen, thuisbezorgd, brengen, aan huis, bezorgd, leveren > bestellen
koken, bereiden, klaarmaken, kokkerellen, fornuis, keuken > recept, maaltijd, eten
smaak, lekker, smakelijk > eten, kruiden
zout, zoutarm, zonder zout, natrium, natriumarm > dieet, hartfalen, kruiden
dieet, dieetadvies, voedingsadvies, dietist, voedingsdeskundige, voedingsconsulent > eten, afvallen, vergoed
groente, groenten, fruit, verse > eten, tuin
lust niets, kieskeurig, slechte eter, weigert eten, wil niet eten, moeilijke eter, eet slecht > peuter, kind, groente
ramadan, vastenmaand, vasten, niet eten overdag > moslim, islam, eten
moslim, islamitisch, halal, islam > ramadan, moskee
voedselbank, voedselpakket, gratis eten, gratis boodschappen, eten uitdelen, levensmiddelen, voedselhulp, gratis levensmiddelen > armoede, aanmelden, inkomen
boodschappen, winkelen, inkopen, supermarkt, levensmiddelen
moestuin, volkstuin, buurtmoestuin, groentetuin, stukje grond, lapje grond, tuintje huren, tuincomplex > groente, verbouwen, kweken
verbouwen, kweken, telen, zaaien, oogsten, poten > groente, moestuin, grond, aardappels
zorgverzekering, ziektekostenverzekering, ziektekosten, zorgverzekeraar, verzekering, verzekeraar, polis, ziekenfonds > premie, eigen risico, basispakket
premie, zorgpremie, zorgverzekeringspremie, maandbedrag zorg, ziektekosten > zorgverzekering, achterstand, betalen
basispakket, basisverzekering, basis > zorgverzekering, aanvullend
aanvullend, aanvullende verzekering, extra verzekerd > zorgverzekering
eigen risico > zorgverzekering, zelf betalen
ziekenvervoer, vervoer naar ziekenhuis, zittend ziekenvervoer, taxi naar ziekenhuis, naar het ziekenhuis komen > taxi, vergoed, bestraling, auto
ouderen, senior, oude mensen, hoogbejaard, ouden van dagen, zeventigplussers, 65-plussers, oudjes, oude, op leeftijd
`;
