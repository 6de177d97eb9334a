/** Words about money, papers, work and what is done on a screen; see `related-words.ts`. */
export const OF_MONEY = `
vergoeding, terugkrijgen, declareren, dekking, wordt betaald, krijg je terug > verzekering
betalen, bekostigen, voldoen, afrekenen, op te brengen > geld, kosten
kosten, prijs, tarief, bedrag > betalen, euro
duur, prijzig, kostbaar, onbetaalbaar, niet te betalen, kost te veel, geen geld voor > minima, regeling
goedkoop, voordelig, betaalbaar, niet duur > gratis, korting
gratis, kosteloos, voor niks, zonder kosten, kost niets > goedkoop
geld, centen, poen, financien, financieel, euro's, geldzaken, contanten > betalen
subsidie, bijdrage, potje, tegemoetkoming, financiele steun, geldpotje, geld van de gemeente, fonds, budget, regeling, steun, financiering > aanvragen, gemeente
toeslag, tegemoetkoming, toelage, bijdrage van het rijk, overheidsbijdrage > belastingdienst, inkomen, aanvragen
huurtoeslag, huursubsidie, bijdrage in de huur, steun voor de huur, toelage voor de huur, woontoeslag > toeslag, huur, belastingdienst, overheid
zorgtoeslag > zorgverzekering, toeslag
overheid, rijk, rijksoverheid > gemeente, belastingdienst
kinderopvangtoeslag, opvangtoeslag > kinderopvang, toeslag, uren
terugbetalen, teruggeven, terugstorten, terugvorderen, terug moeten betalen > toeslag
uitkering, bijstand, bijstandsuitkering, sociale dienst, participatiewet, steun trekken, ww, van de sociale dienst leven, bijstandsgerechtigd > inkomen, gemeente
gift, cadeau, gekregen, schenking, geschenk, geld krijgen > opgeven, gekort, verjaardag
gekort, inhouden > uitkering
weinig inkomen, laag inkomen, kleine beurs, smalle beurs, minima, minimum, arm, armoede, weinig geld, krap, krap bij kas, rondkomen, klein pensioen, laag pensioen, niet veel verdienen, minimuminkomen > regeling, stadspas, toeslag
rondkomen, eindjes aan elkaar, rond komen, redden, krap zitten > geld, inkomen
schuld, betalingsachterstand, rood staan, achterstand, onbetaalde rekeningen, schuldeisers, openstaande rekeningen, te laat betalen, achterlopen, loop achter, stapelen zich op, diep in de schulden > schuldhulp, incasso, deurwaarder, brieven
betalingsregeling, afbetaling, gespreid betalen, in termijnen, regeling treffen, aflossen, uitstel van betaling > schuld, achterstand
schuldhulpverlening, schuldhulp, schuldsanering, hulp bij schulden, budgethulp, schuldhulpmaatje, bewindvoering, kredietbank > schulden, gemeente, aanmelden
incasso, deurwaarder, aanmaning, beslag > schuld
rekening, factuur, nota, acceptgiro, betaalverzoek, te betalen > bedrag
boete, bon, bekeuring, prent, parkeerboete, parkeerbon > parkeren, betalen
kwijtschelding, vrijstelling, niet hoeven betalen, ontheffing, vrijgesteld, belastingkwijtschelding > gemeentebelasting, inkomen
gemeentebelasting, gemeentelijke belasting, afvalstoffenheffing, rioolheffing, afvalheffing, heffing, ozb, gemeentelijke heffingen > kwijtschelding, aanslag, gemeente
aanslag, heffing, belastingaanslag > belasting
belasting, belastingdienst, fiscus, blauwe envelop > aangifte, aanslag
belastingaangifte, aangifte belasting, aangifte invullen, aangifte inkomstenbelasting, belastingpapieren, belastingformulier, papieren voor de belasting > invullen, belastingdienst, hulp
stadspas, minimapas, kortingspas, kortingskaart, meedoenpas, pas voor minima, voordeelpas > laag inkomen, korting
korting, voordeel, reductie, aftrek > goedkoop
pensioen, aow, ouderdomspensioen, gepensioneerd, gestopt met werken > leeftijd, inkomen
werkgever, baas, chef, leidinggevende, patroon, bedrijf, teamleider > werk, verlof, contract
werk, baan, arbeid, dienstverband, loondienst, betrekking > loon, werkgever
zorgverlof, verlof, vrij nemen, vrije dagen, vakantiedagen, dagen vrij, vrijaf, calamiteitenverlof > werkgever, zorg, weigeren
ziekmelden, ziektewet, ziek thuis, ziekgemeld, arbeidsongeschikt > bedrijfsarts, werkgever, uwv
bedrijfsarts, arboarts, keuringsarts > werkgever, ziek
weigeren, afwijzen, niet toestaan
bijbaan, baantje, vakantiewerk, zakcentje, geld verdienen, bijverdienen, krantenwijk, vakkenvullen > jongeren, scholier, werk
verdienen, inkomen, salaris, loon, inkomsten > werk
meerderjarig, 18 jaar, achttien, volwassen, 18, achttien jaar > zorgverzekering, toeslag, regelen
kinderbijslag, kindgebonden budget > kinderen
brief, post, envelop, schrijven, correspondentie, poststuk > lezen, formulier
officiele brieven, moeilijke brieven, ambtelijke taal, ambtelijk, ambtelijke brieven, moeilijke taal, ingewikkelde brief, begrijp de brief niet > uitleg, formulieren
begrijpen, snappen, duidelijk, uitleggen > moeilijk
moeilijk, lastig, ingewikkeld, zwaar > hulp
formulier, papieren, invullen, papierwerk, paperassen, administratie, invulformulier > hulp, aanvraag
hulp, ondersteuning, bijstand, hulpvraag, assistentie, bijstaan, handje helpen, de helpende hand > vrijwilliger
aanvragen, aan te vragen, verzoek, indienen, regelen > formulier
regels, wet, toegestaan, verboden, recht, verplicht, wettelijk > vergunning
vergunning, toestemming, ontheffing, goedkeuring, vergunningplicht > gemeente, aanvragen
digid, inloggen, inlogcode, account, aanmelden bij de overheid, mijn overheid, inloggegevens, toegang, site van de overheid > wachtwoord, code, toeslagen
wachtwoord, inlogcode, toegangscode, code, pincode, inlogcodes, paswoord > onthouden, inloggen, vergeten
onthouden, vergeten, geheugensteun > wachtwoord
machtiging, volmacht, namens, gemachtigde, in naam van, zaken regelen voor > digid, ouders, belasting
computer, pc, laptop, desktop > internet, scherm
computercursus, computerles, leren computeren, omgaan met de computer, digitale les, muis en toetsenbord, internetcursus, digitaal leren > beginners, bibliotheek, tablet
muis, toetsenbord > computer
digitaal, internet, online, website, site, web, via internet > computer
tablet, ipad, schermpje > beeldbellen, computer
telefoon, mobiel, smartphone, gsm, telefoneren > app, bellen
bellen, telefoneren, opbellen > telefoon
beeldbellen, videobellen, skypen, facetimen, videogesprek, zien en spreken, praten via een scherm > tablet, kleinkinderen, familie
foto, plaatjes, kiekjes, fotootjes, familiefoto's > computer, album, bewaren
bewaren, opslaan, opbergen, redden, terughalen, behouden > bestanden
verouderd, oud, ouderwets, uit de tijd > vervangen
updates, bijwerken, ondersteuning stopt, niet meer ondersteund > computer, veilig
app, applicatie, programma, programmaatje > telefoon
apotheekapp, zonder computer, zonder smartphone, geen internet, niet digitaal, zonder mobieltje > bellen, papier
bibliotheek, bieb > boeken, cursus
`;
