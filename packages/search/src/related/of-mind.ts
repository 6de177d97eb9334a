/** Words about mind, mood and company; see `related-words.ts`. */
export const OF_MIND = `
psycholoog, therapeut, psychiater, psychotherapeut, zielenknijper, ggz, geestelijke gezondheidszorg, praktijkondersteuner, poh > therapie, behandeling, gesprekken, psychisch
psychisch, geestelijk, mentaal, psychische klachten > psycholoog, stress
depressie, somber, depressief, neerslachtig, zwaarmoedig, down, in de put, niet blij, verdrietig, niet gelukkig, ongelukkig > huilen, stemming, psycholoog
huilen, tranen, janken, wenen > verdriet, somber
verdriet, gemis, missen > rouw, huilen
postnatale depressie, kraamtranen, babyblues, somber na bevalling > bevalling, baby, huilen
paniek, paniekaanval, angstaanval, doodsangst, doodsbang, paniekstoornis > hartkloppingen, angst, hyperventilatie
angst, bang, angstig, vrees, schrik, durf niet, onzeker, bangig > paniek
stress, spanning, gespannen, druk in het hoofd > overspannen, ontspannen
burn out, burnout, overspannen, opgebrand, afgebrand, ingestort > werkgever, bedrijfsarts, moe, ziekmelden
overbelast, trek het niet meer, aan het eind van mijn latijn, op mijn tandvlees, volhouden, bezwijken, uitgeput > mantelzorg, zorgen, moe, ontlasten
piekeren, malen, tobben, gepieker, muizenissen > slapen, hoofd
trauma, ptss, traumabehandeling, traumatherapie > psycholoog, emdr, wachtlijst
wachtlijst, wachttijd, lang wachten, wachten, op de lijst, eerder aan de beurt, maanden wachten > plek, bemiddeling
rouw, nabestaande, verlies, overlijden, rouwverwerking > verdriet, weduwe, lotgenoten
overleden, gestorven, dood, doodgegaan, heengegaan, ontvallen, weggevallen, sterfgeval > rouw, weduwe, begrafenis
weduwe, weduwnaar, alleen overgebleven, alleen achtergebleven > partner overleden, rouw
begrafenis, uitvaart, crematie, begraven, cremeren > overleden, kosten
echtgenoot, man, partner, manlief, eega, wederhelft, levenspartner > huwelijk
echtgenote, vrouw, partner, eega, wederhelft, levenspartner > huwelijk
getrouwd, huwelijk, gehuwd > partner
scheiding, echtscheiding, uit elkaar, verbroken > alimentatie, ex
lotgenoten, lotgenotengroep, gespreksgroep, praatgroep, hetzelfde meemaken, ervaringen delen, steungroep, anderen met > ervaring, praten, contact
praten, gesprek, spreken, babbelen, kletsen, aanspraak, converseren > contact, luisteren
luisterend oor, hart luchten, zorgen delen > praten, luisterlijn
eenzaam, alleen, alleenstaand, vereenzaamd, niemand om mee te praten, geen aanspraak, stil > contact, gezelschap, maatje, ouderen
maatje, gezelschap, buddy, iemand die langskomt, vriendschappelijk huisbezoek, langsgaan, bezoekvrijwilliger > eenzaam, vrijwilliger, huisbezoek
bezoek, visite, langskomen, langsgaan, op de koffie, logees, bezoekers, opzoeken, huisbezoek > gast, familie
vriend, vriendin, kameraad, kennis > contact
kennismaken, leren kennen, ontmoeten, contact leggen, nieuwe mensen, kennis maken, ken niemand > nieuw, contacten, gezellig
nieuw in de wijk, nieuwe bewoner, nieuwkomer, pas verhuisd, net komen wonen, nieuwe buren > kennismaken
gezellig, leuk, samen > ontmoeten
vrijwilligerswerk, vrijwilliger, onbetaald werk, iets nuttigs doen, zonder loon, zich inzetten > helpen, meedoen, uwv
meedoen, deelnemen, aansluiten, meegaan > groep
groep, clubje, gezelschap, ploegje > samen, vereniging
homo, lhbti, roze, lesbisch, gay, regenboog, homoseksueel, lesbienne, transgender, op mannen vallen > ontmoeting, acceptatie
inloop, koffieochtend, koffie drinken, inloopochtend, koffie-uurtje, huiskamer, koffieuurtje > buurthuis, ontmoeten
buurthuis, wijkcentrum, buurtcentrum, wijkhuis, dorpshuis, ontmoetingscentrum, clubhuis, huis van de wijk > inloop, activiteiten, zaal
kaarten, klaverjassen, kaartspel, kaartclub, bridge, kaartje leggen, hartenjagen, jokeren > spel, speler
spel, bordspel, rummikub, schaken, dammen > kaarten, speler
jongere, jeugd, tiener, puber, opgeschoten jeugd, adolescent > school, jongerenwerk
hangen, chillen, rondhangen, hangplek, hangjongeren, jongerenhonk, jongerenplek, jeugdhonk, jongerencentrum > jongeren, overlast, ruimte
nederlands leren, taalles, taalmaatje, inburgering, taalcafe, taalcursus, nederlands oefenen, spreekvaardigheid, beter spreken, taal oefenen > anderstalig, praten, buitenlander
buitenlander, anderstalig, nieuwkomer, migrant, vluchteling, statushouder, asielzoeker, ander land > taal, inburgering
engels, english, engelstalig, expat > taal
laaggeletterd, analfabeet, niet kunnen lezen, moeite met lezen, moeite met schrijven, lezen en schrijven, taalpunt, slecht lezen > taalhuis, computer, voorlezen
lezen, voorlezen > boek, bibliotheek
schrijven, schrift, opschrijven > brief
gamen, computerspelletjes, computeren, gameverslaving, spelcomputer, playstation, achter de computer, schermverslaving, online spelletjes > puber, schermtijd, kamer, nacht
schermtijd, beeldscherm, scherm > telefoon, gamen
zorgen maken, ongerust, bezorgd, verontrust > melden
melden, doorgeven, aangeven, klacht indienen, rapporteren, inlichten > meldpunt, gemeente, anoniem
anoniem, zonder naam, ongenoemd > melden
verwaarlozen, vervuild > stank, hulp
stinken, stank, ruikt, geur, lucht, muf, vies > schoonmaken
agressie, agressief, boos, woedend, razend, driftig, geweld > ruzie
ruzie, conflict, onenigheid, meningsverschil, burenruzie > bemiddeling
schamen, schaamte, gene, beschaamd > durven
zelfmoord, niet meer willen leven, suicide, zelfdoding > 113, somber
geloof, kerk, moskee, bidden > religie
`;
