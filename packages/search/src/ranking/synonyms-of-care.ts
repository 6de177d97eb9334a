/** Sets of words about health, care and company; see `starting-synonyms.ts`. */
export const OF_CARE = `
wmo, wet maatschappelijke ondersteuning, ondersteuning gemeente
wlz, wet langdurige zorg
svb, sociale verzekeringsbank
ggz, geestelijke gezondheidszorg, psychische hulp
poh, praktijkondersteuner
ehbo, eerste hulp
seh, spoedeisende hulp
bso, buitenschoolse opvang, naschoolse opvang
ov, openbaar vervoer
zzp, zzper, zelfstandige, eigen baas
cv, centrale verwarming
co, koolmonoxide, koolmonoxidevergiftiging
lhbti, lhbt, homo, lesbisch, roze, regenboog
gp, dokter, huisarts, huisdokter, doctor
huisartsenpost, dokterspost, weekenddienst
ziekenhuis, kliniek, hospitaal
specialist, internist, arts
psycholoog, therapeut, psychotherapeut
therapie, behandeling, traumabehandeling
fysio, fysiotherapie, fysiotherapeut
ergotherapie, ergotherapeut
dietist, voedingsdeskundige
tandarts, mondzorg, gebit
tand, kies, kiespijn, tandpijn
apotheek, apotheker
medicijn, geneesmiddel, medicatie, pil, tablet
pijnstiller, paracetamol, opiaat, morfine, oxycodon
antidepressiva, antidepressivum
recept, herhaalrecept
bijsluiter, gebruiksaanwijzing
inenting, vaccinatie, prik, vaccin
griep, influenza
suikerziekte, diabetes, suiker, suikerpatient
kanker, tumor, oncologie
bestraling, radiotherapie
hoge bloeddruk, hypertensie
hart, hartpatient, hartfalen
hartstilstand, reanimatie, reanimeren, aed, defibrillator
beroerte, herseninfarct, cva
dementie, alzheimer, dement
dwalen, verdwalen, weglopen
reuma, artrose, slijtage
overgang, menopauze, opvlieger
incontinentie, urineverlies, plas, plassen
ontlasting, poep, darm
tekenbeet, teek, lyme
beet, gebeten, steek
koorts, verhoging
operatie, opereren, ingreep
slapeloosheid, slaapproblemen, wakker liggen, niet slapen
slaappil, slaapmiddel
somber, depressie, depressief, neerslachtig, niet blij
paniek, paniekaanval, angstaanval
angst, bang, durven
stress, overspannen, burnout, burn out
piekeren, malen
uitgeput, overbelast, moe, doodmoe, uitputting
verslaving, verslaafd
alcohol, drank, wijn, bier, drinken
roken, sigaret, tabak, rookstop
stoppen, opgeven, minderen
gamen, computerspel, game, gameverslaving
rouw, nabestaande, overleden, verlies
weduwe, weduwnaar
overlijden, sterven, dood, gestorven
uitvaart, begrafenis, crematie
bevalling, geboorte, bevallen
zwanger, zwangerschap
baby, zuigeling
kind, kleuter, peuter
jongere, puber, tiener
oudere, bejaarde, senior, ouden van dagen
oma, grootmoeder
opa, grootvader
ouder, moeder, vader
echtgenoot, man, partner
echtgenote, vrouw, partner
eenzaam, eenzaamheid, alleen, gezelschap
maatje, vrijwilliger, gezelschap
bezoek, visite, logee
vriend, kennis
ontmoeten, leren kennen, contact
lotgenoten, gespreksgroep, praatgroep
mantelzorg, mantelzorger, familie verzorgen
respijtzorg, vervangende zorg, overnemen
waardering, bedankje, cadeaubon, bon
thuiszorg, wijkverpleging, wijkverpleegkundige, verzorging thuis
wassen, douchen, verzorging
verpleeghuis, verzorgingshuis, bejaardentehuis
indicatie, zorgindicatie
clientondersteuner, onafhankelijke ondersteuner
keukentafelgesprek, huisbezoek gemeente
huishoudelijke hulp, poetshulp, schoonmaakhulp, hulp in de huishouding, werkster
schoonmaken, poetsen, schoonmaak
stoeltjeslift, traplift, stoellift
rolstoel, rolstoelgebruiker
scootmobiel, scoot mobiel
hulpmiddel, hulpmiddelen
alarmknop, noodknop, personenalarmering, persoonsalarmering, alarmering
hoog laagbed, hooglaagbed, ziekenhuisbed
gehoorapparaat, hoorapparaat, hoortoestel, slecht horen, doof
invalide, gehandicapt, beperking, gehandicapte
invalidenkaart, gehandicaptenparkeerkaart
vallen, valpartij, val
valpreventie, niet vallen
trede, trap
wandelen, lopen, wandeling
sporten, sport, bewegen, gymnastiek
zwemmen, zwemles, zwembad
fietsen, fiets, rijwiel
ebike, elektrische fiets
voetbal, voetballen
`;
