/** Words about body, illness and who treats it; see `related-words.ts`. */
export const OF_HEALTH = `
arts, dokter, huisarts, geneesheer, medicus, doctor, dokterspraktijk, huisartsenpraktijk, praktijk > consult, spreekuur, assistente, afspraak, klachten, patient, medisch
specialist, internist, chirurg > polikliniek, poli, ziekenhuis, verwijzing, doorverwijzen
ziekenhuis, hospitaal, kliniek, gasthuis > opname, opgenomen, afdeling, polikliniek, verpleegkundige, operatie
huisartsenpost, dokterspost, weekenddienst, avonddienst > spoed, weekend, zaterdag, zondag, avond, dringend
spoed, haast, dringend, noodgeval, acuut, urgent, meteen > ambulance, ziekenwagen, 112, alarmnummer
ambulance, ziekenwagen, ziekenauto > 112, spoed
eerste hulp, ehbo, spoedeisende hulp > wond, verband, ongeluk, 112
weekend, weekeinde > zaterdag, zondag
verpleegkundige, zuster, verpleegster, wijkzuster, wijkverpleegkundige, wijkverpleging > thuiszorg, verzorgende, verpleging
inschrijven, aanmelden, opgeven, intekenen, registreren > formulier, wachtlijst
patientenstop, nieuwe patienten, vol > inschrijven, plek
verwijzing, doorverwijzing, verwijsbrief, doorgestuurd, doorverwezen > specialist
second opinion, tweede mening > specialist
klacht, kwaal, aandoening, probleem > symptoom, pijn
ziekte, ziek, ziekelijk > klachten, patient
beter worden, genezen, herstellen, opknappen, revalideren, revalidatie, aansterken > operatie, ziekte
onderzoek, test, controle, keuring, screening, bevolkingsonderzoek, nakijken, controleren, checken > uitslag, oproep
uitslag, resultaat > onderzoek
oproep, uitnodiging > brief
vaccinatie, inenting, prik, vaccin, injectie, spuit, spuitje, ingeent, gevaccineerd > griep, oproep, ggd
griep, influenza, griepprik > verkouden, koorts, hoesten, inenting
corona, covid > vaccinatie, besmetting, virus
koorts, verhoging, temperatuur > thermometer, griep, ziek, gloeien
verkouden, snotteren, snip > hoesten, neus, keelpijn
hoesten, kuch > keel, longen, slijm
longen, copd, astma, benauwd, kortademig, adem, ademhalen, ademnood > puffer, inhaleren, roken, luchtwegen
hart, hartfalen, hartziekte, hartkwaal, hartpatient > cardioloog, pompen, bloedvaten, zwakke
hartaanval, hartstilstand, hartinfarct, hart stilstaat > reanimatie, aed, 112, ambulance
reanimatie, reanimeren, hartmassage, beademen > aed, hartstilstand, hartaanval, cursus
aed, defibrillator, hartstarter > reanimatie, hartstilstand
hartkloppingen, hartslag, bonzend hart > paniek, angst, hart
bloeddruk, tensie, bloeddrukmeting > meten, hart, hoge
cholesterol > vet, bloedvaten, hart, dieet
beroerte, herseninfarct, hersenbloeding, cva, attaque > hersenletsel, verlamd, revalidatie, halfzijdig
hersenletsel, hersenschade, nah > beroerte
kanker, tumor, gezwel, kwaadaardig, oncologie, borstkanker, darmkanker, prostaatkanker > bestraling, chemo, uitzaaiing
chemo, chemotherapie, chemokuur, bestraling, radiotherapie > kanker, ziekenhuis, behandeling
behandeling, therapie, kuur > behandelaar
operatie, ingreep, opereren, onder het mes > ziekenhuis, herstel, narcose, chirurg
darm, ontlasting, poep, stoelgang, buik > bevolkingsonderzoek, wc, verstopping
ontlastingstest, poeptest, darmonderzoek > bevolkingsonderzoek, darm, envelop, buisje
urine, plas, incontinent, incontinentie, urineverlies, ongewild plassen, blaas, urineren > bekkenbodem, inlegkruisje, luier, wc, lekken
bekkenbodem > plassen, fysiotherapie, bevalling
misselijk, overgeven, braken, spugen > maag, buik
duizelig, draaierig, licht in het hoofd > evenwicht, vallen
diabetes, suikerziekte, suiker, suikerpatient > insuline, bloedsuiker, glucose, prikken
reuma, artrose, slijtage, versleten, gewrichtsslijtage, artritis, gewrichtspijn > gewrichten, stijf, pijn, knie, heup, schouder
gewricht, knie, heup, enkel, pols, schouder > slijtage, pijn, fysiotherapie, prothese
rug, rugpijn, onderrug, hernia, spit > tillen, fysiotherapie
pijn, zere, pijnlijk, pijnklachten > klachten
botbreuk, gebroken, breuk, botontkalking, osteoporose > vallen, gips, heup
spieren, spierziekte, spierpijn, multiple sclerose, ms > zwak, verlamd
parkinson, ziekte van parkinson > trillen, beven, stijf
trillen, beven, bibberen > handen, angst
dementie, dement, alzheimer, vergeetachtig, geheugenverlies, geheugenproblemen, geheugen, dementerend, achteruit, in de war > verward, dwalen, vergeten, casemanager, geheugenpoli
dwalen, ronddwalen, zwerven, de straat op, de deur uit, weglopen, verdwaald, kwijt > nacht, dementie, vermist, gps
verward, in de war, de kluts kwijt, onbegrepen gedrag, vreemd gedrag, vreemd doen, verwarder > dementie, psychose, meldpunt, zorgen, verwaarlozen, schreeuwen
gehoor, slechthorend, doof, hoort slecht, slecht horen, hardhorend, oren > gehoorapparaat, audicien, tv hard
gehoorapparaat, hoortoestel, hoorapparaat, gehoorapparaatje, oorapparaat, hoorhulp > audicien, oren, doof, hoortest, gehoor
oog, blind, slechtziend, staar > bril, opticien, oogarts
bril, brillenglazen, lenzen > opticien, ogen
tand, kies, gebit, kunstgebit, kiespijn, tandpijn, gaatje > tandarts, vulling, mond
tandarts, mondhygienist, kaakchirurg, tandartspraktijk > kies, gebit, tand, vulling
huid, vel, uitslag, eczeem, jeuk, kriebel, huiduitslag > zalf, krabben, dermatoloog
teek, tekenbeet, teken, lyme > insect, beestje, bos, bijten, kring, tekentang
insect, beestje, kriebelbeest, diertje > teek, mug, wesp, steken, bijten
beet, gebeten, bijten, steken, gestoken, vastgebeten > insect, wond
wond, verwonding, snee, schaafwond > pleister, verband
overgang, menopauze, opvliegers, vliegers, zweetaanval > menstruatie, hormonen, vrouw, vijftig, zweten, humeurig
menstruatie, ongesteld > hormonen, overgang
hormonen > overgang, zwanger
humeurig, kort lontje, prikkelbaar, chagrijnig, snauwen, kribbig, opvliegend > stemming, boos
zweten, transpireren, zweetbuien > warm, overgang
zwanger, zwangerschap, in verwachting > bevalling, verloskundige, baby
bevalling, geboorte, geboren, kraamtijd, pasgeboren, kinderen krijgen > baby, verloskundige, kraam
baby, zuigeling, pasgeborene, kindje, boreling > ouders, moeder, fles, consultatiebureau, kraam
consultatiebureau, jeugdarts, schoolarts, ggd > kinderen, groei
roken, sigaret, tabak, shag, rookverslaving, nicotine, paffen, roker > stoppen, pleisters, longen, verslaving
alcohol, drank, drinken, wijn, bier, borrel, jenever, fles wijn, alcoholist, drankprobleem, drankzucht > verslaving, minderen, stoppen, kater, nuchter
verslaving, verslaafd, verslavingszorg, afkicken > drank, drugs, gokken, stoppen
stoppen, ophouden, ermee kappen, afkomen, opgeven, minderen > hulp, verslaving
gokken, gokverslaving, casino > geld, verslaving
slapen, slaapproblemen, slapeloosheid, wakker, inslapen, doorslapen, oog dicht, nachtrust, slecht slapen, klaarwakker, woelen > nacht, slaappil, piekeren, moe, bed, uitgerust
slaappil, slaapmiddel, slaaptablet > slapen, afbouwen
nacht, snachts, nachtelijk, midden in de nacht, holst van de nacht > donker, slapen, bed
moe, vermoeid, doodmoe, uitgeput, oververmoeid, futloos, uitgeblust, vaatdoek, bekaf, kapot > slapen, rust
hitte, hittegolf, warm weer, warmte, tropisch, bloedheet, heet, tropische dagen, zomerhitte > drinken, koel, ventilator, schaduw
koel, verkoeling, afkoelen, koud houden > hitte, koelkast, ventilator
val, valpartij, struikelen, uitglijden, onderuit, ten val > breuk, evenwicht, valpreventie, valangst, overeind
valpreventie, valtraining, evenwicht, balans, niet vallen, stevig staan, evenwichtsoefeningen, stevig op de benen, valangst > oefeningen, ouderen, fysiotherapeut, cursus
fysiotherapie, fysio, fysiotherapeut, oefentherapie, oefentherapeut, heilgymnast > behandelingen, oefeningen, knie, rug, herstel
ergotherapie, ergotherapeut > hulpmiddelen, tillen, aanpassingen
logopedie, logopedist > spraak, slikken, praten
pedicure, podotherapeut, voeten, nagels > voetverzorging
gewicht, afvallen, overgewicht, te dik, te zwaar, lijnen, kilo kwijt, obesitas, aankomen, vermageren > dieet, dietist, eten, kilo
mager, vermagering, gewichtsverlies, ondervoeding, dun, afgevallen, gewicht verliezen > eten, eetlust, bijvoeding, kilo
eetlust, trek, honger, smaak > eten, ondervoeding
ouderdom, leeftijd, oude dag, hoge leeftijd > ouderen
beperking, handicap, gehandicapte, invalide, mindervalide, minder valide, lichamelijke beperking > rolstoel, aangepast, hulpmiddel
slecht ter been, moeilijk lopen, niet ver lopen, slecht lopen, mobiel, moeilijk ter been, loopproblemen > rollator, rolstoel, stok, scootmobiel
verlamd > rolstoel, beroerte
orgaan, donor > bloed
bloed, bloedprikken, bloedonderzoek > prikken, laboratorium
`;
