/**
 * What the generated questions are about: by theme `subject | a sentence about it`. The themes and the
 * vocabulary are those of the written content; the subjects are others, so that none of them is a
 * right answer to a search of the benchmark.
 */
export const SUBJECTS: Readonly<Record<string, string>> = {
  'zorg-regelen': `een persoonsgebonden budget | De gemeente en de zorgverzekering verwijzen steeds naar elkaar.
een douchestoel | Zonder stoel onder de douche gaat het wassen niet meer.
de aanpassing van de badkamer | Het bad moet eruit en er moet een inloopdouche komen.
een tweede mening in het ziekenhuis | De specialist wil opereren maar ik twijfel.
een aanvullende verzekering | Ieder jaar in december snap ik de polis niet.
de wachtlijst voor dagbesteding | We wachten al vier maanden op bericht van de instelling.
een nieuwe bril | Mijn glazen zijn te zwak en het montuur is kapot.
steunzolen | De podoloog vroeg een verwijzing van de huisarts.
een verhuizing naar een aanleunwoning | De indicatie laat op zich wachten.
het eigen risico | Ik kreeg een rekening van het laboratorium voor bloedonderzoek.
een rolstoel voor op vakantie | De stoel van de gemeente past niet in de auto.
nazorg na een ziekenhuisopname | Er stond niets in de ontslagbrief.`,
  gezondheid: `een moedervlek die groeit | Hij wordt donkerder en jeukt soms.
pijn in de onderrug | Bukken gaat niet en zitten doet zeer.
een vaccinatie tegen gordelroos | De huisarts zegt dat ik hem zelf moet betalen.
hoofdpijn na het werk | Elke middag om vier uur begint het.
hooikoorts | Niezen, tranende ogen en slecht slapen.
een ontstoken oog | Het is rood en plakt in de ochtend.
bloedprikken in de buurt | Het ziekenhuis is te ver lopen.
eczeem bij mijn dochter | Zalf helpt maar een paar dagen.
wratten op de voet van mijn zoon | Hij durft niet te zwemmen.
duizeligheid bij het opstaan | Soms moet ik mij vasthouden aan de kast.
een bevolkingsonderzoek naar borstkanker | De bus van het onderzoek staat ver weg.
een verstuikte enkel | De zwelling blijft al drie weken.`,
  mantelzorg: `een logeerhuis voor mijn broer | Hij heeft een verstandelijke beperking en woont bij ons.
zorgen op afstand | Ik woon anderhalf uur rijden van mijn ouders.
een app om de zorg te verdelen | Wij zijn met vijf broers en zussen.
de administratie van mijn tante | Er liggen stapels papier op haar tafel.
dagopvang voor iemand met dementie | Overdag ben ik aan het werk.
de combinatie van werk en zorgen | Mijn leidinggevende heeft weinig begrip.
een mantelzorgmakelaar | Iemand noemde dat op een verjaardag.
een sleutelkastje bij de voordeur | De thuiszorg kan anders niet naar binnen.
nachtzorg voor mijn vader | Hij roept wel vijf keer per nacht.
een levenstestament | De notaris vraagt veel geld.
een ochtend voor jezelf als mantelzorger | Ik kom aan niets anders meer toe.
afscheid nemen als je jarenlang hebt gezorgd | Het huis is ineens zo leeg.`,
  bewegen: `een hardloopclub voor beginners | Ik wil graag vijf kilometer leren lopen.
aquajoggen | Mijn gewrichten kunnen niet tegen springen.
tai chi in het park | Ik zag op zaterdag mensen bij de vijver.
een beweegtuin | De toestellen bij de speeltuin zijn voor kinderen.
dansen voor volwassenen | Geen wedstrijden, wel plezier.
een sportschool zonder spiegels | Ik voel mij niet thuis tussen de gespierde mannen.
jeu de boules | Er ligt een baan maar er is nooit iemand.
rolstoelbasketbal | Mijn nichtje zit in een rolstoel en wil sporten.
pilates na een zwangerschap | De fysiotherapeut raadde het aan.
een tweedehands hometrainer | Nieuw kost hij een vermogen.
sporten met een pacemaker | De cardioloog zegt dat het mag.
badminton op dinsdag | We hebben een hal maar te weinig spelers.`,
  ontmoeten: `een leesclub | Ik lees veel en praat er graag over.
een kookclub voor mannen | Sinds mijn scheiding eet ik uit blik.
een breicafe | Breien doe ik liever met anderen.
muziek maken met buren | Ik speel accordeon en zoek een zanger.
een spelletjesmiddag | Rummikub of scrabble, het maakt mij niet uit.
een wandeling met honden | Mijn teckel houdt van gezelschap.
een koor zonder auditie | Noten lezen kan ik niet.
een filmavond in het wijkcentrum | De bioscoop is te duur geworden.
kennismaken als nieuwe bewoner | Wij wonen nu een half jaar in de nieuwbouw.
een schildercursus | Vroeger tekende ik veel.
een praatgroep voor vaders | Op het schoolplein praat niemand met mij.
een jongerenavond | Mijn dochter verveelt zich in het weekend.`,
  'geestelijk-welzijn': `rust in mijn hoofd | Ik pieker over het werk en over later.
mindfulness | Een collega heeft er veel aan gehad.
een coach of een psycholoog | Ik weet niet wat het verschil is.
faalangst bij mijn zoon | Voor elke toets is hij misselijk.
somber zijn in de winter | Zodra het donker wordt zak ik weg.
omgaan met boosheid | Om kleine dingen word ik razend.
een training voor zelfvertrouwen | Nee zeggen vind ik moeilijk.
heimwee | Ik mis mijn familie en mijn taal.
het lege nest | De jongste is uit huis en het is stil.
dwanggedachten | Ik controleer tien keer of het gas uit is.
een buddy bij herstel | Na mijn opname wil ik weer mensen zien.
mijn autisme op latere leeftijd | Ik kreeg de diagnose op mijn vijftigste.`,
  medicijnen: `oogdruppels | Ik krijg ze niet zelf in mijn oog.
een allergie voor penicilline | Staat dat wel in mijn dossier?
maagzuurremmers | Ik slik ze al jaren elke ochtend.
een neusspray | De dokter zegt dat ik eraan gewend ben.
bloedverdunners | Ik krijg snel blauwe plekken.
ijzertabletten | Mijn buik kan er niet tegen.
insuline bewaren | De koelkast is kapot gegaan.
een tekort bij de apotheek | Mijn merk is al weken niet leverbaar.
de bezorgdienst van de apotheek | Ik kom de deur moeilijk uit.
kruiden naast mijn tabletten | Mijn schoonzus zweert bij sint-janskruid.
een puffer | Ik weet niet of ik hem goed gebruik.
hoestdrank voor kinderen | Op de fles staat vanaf zes jaar.`,
  voeding: `glutenvrij brood | De bakker in de straat heeft het niet.
minder suiker | Na het eten wil ik altijd iets zoets.
eten bij een hoog cholesterol | Ik ben gek op kaas en worst.
een voedselallergie op school | Mijn kind mag geen noten.
koken met weinig geld | Groente is zo duur geworden.
flesvoeding | De baby spuugt na elke fles.
vegetarisch eten | Mijn tiener wil geen vlees meer.
vezels | Naar de wc gaan is een probleem.
inmaken van fruit | De pruimenboom hangt vol.
eten na een maagverkleining | Ik mag maar heel kleine porties.
smoothies voor iemand die slecht slikt | De logopedist raadt dikke vloeistof aan.
alcoholvrije dranken | Op verjaardagen wil ik niet opvallen.`,
  wonen: `een lekkende kraan | De keukenkraan druppelt dag en nacht.
dubbel glas | In de winter tocht het bij de ramen.
een lift die steeds uitvalt | We wonen op de zesde verdieping.
een huisruil | Wij zoeken een woning met een kamer meer.
asbest in de schuur | Het dak is van golfplaten uit 1975.
een zonnescherm | De corporatie wil eerst een tekening zien.
een galerij vol spullen | Mijn buurvrouw zet er al haar kasten neer.
de huismeester | Hij is al weken niet bereikbaar.
isolatie van de kruipruimte | De vloer is ijskoud.
een sleutel die kwijt is | Het slot van de portiekdeur is bijzonder.
een hospita | Ik heb een kamer over en zoek een student.
verstopte riolering | De wc loopt over als het regent.`,
  geldzaken: `een basisrekening bij een bank | De bank heeft mijn rekening opgezegd.
sparen voor later | Aan het einde van de maand blijft er niets over.
een uitvaartverzekering | Mijn ouders betaalden elke week een kwartje.
een betaald abonnement opzeggen | Ik heb nooit getekend voor de sportschool.
alimentatie | Hij betaalt al twee maanden niet.
een budgetcoach | Ik koop te veel op krediet.
bijzondere bijstand | De koelkast is stuk en ik heb geen spaargeld.
de studieschuld van mijn zoon | Hij moet gaan aflossen.
een waterrekening | Er zou een lek zijn maar ik zie niets.
een voorlopige aanslag | Ik snap niet waarom ik nu al moet betalen.
vakantiegeld | Mijn baas heeft het nog niet overgemaakt.
bewindvoering | Iemand anders beheert mijn geld en ik wil dat terug.`,
  digitaal: `een nieuwe telefoon instellen | Alle foto's moeten over.
wifi die steeds wegvalt | Boven heb ik geen bereik.
internetbankieren | De bank sluit het kantoor in het winkelcentrum.
een printer | Hij zegt dat er geen papier is.
mijn gegevens verwijderen | Ik krijg reclame van bedrijven die ik niet ken.
een e-bookreader van de bibliotheek | Het lenen van boeken lukt niet.
virussen | Er springt telkens een venster open.
een alarm op mijn mobiel | Ik zet hem per ongeluk op stil.
schermtijd voor kinderen | De tablet is de hele dag aan.
een digitale agenda | Iedereen in huis heeft andere afspraken.
videogesprek met de dokter | De praktijk wil geen bezoek op het spreekuur.
een website voor onze vereniging | Niemand van het bestuur kan het.`,
  vervoer: `een deelauto | Wij rijden maar twee keer per maand.
een fietspomp bij het station | Mijn band is steeds zacht.
korting in de trein | Ik reis alleen in het weekend.
een bushalte die verdwijnt | Het is nu een kwartier lopen.
een bakfiets lenen | Voor een verhuizing van een straat verder.
een gladde fietsbrug | Bij vorst ligt er iedereen.
een gehandicaptenvoertuig | Mijn oom wil weer zelf op pad.
meerijden naar het werk | De bus gaat te laat voor de vroege dienst.
de stalling bij het winkelcentrum | Alle rekken zijn vol.
een rijles met een automaat | Schakelen lukt mij niet.
winterbanden | Zijn die verplicht in Duitsland?
verkeerslichten die te kort groen zijn | Met mijn rollator haal ik de overkant niet.`,
  groen: `een composthoop op het balkon | Ik wil minder weggooien.
bladeren in de goot | De dakgoot loopt over bij regen.
slakken in de sla | Elke ochtend is alles weg.
een bijenhotel | Mijn kinderen willen insecten helpen.
onkruid tussen de tegels | Azijn mag niet meer, hoorde ik.
een boomspiegel | De gemeente heeft er zand in gegooid.
mest voor de rozen | Ze bloeien maar heel weinig.
een vijver dempen | Met kleine kinderen vind ik het gevaarlijk.
zaden ruilen | Ik heb te veel bonen en te weinig tomaten.
gras dat geel wordt | De zomer was te droog.
een egel in de tuin | Hij loopt overdag rond.
een schutting met klimop | De buurman en ik willen allebei iets groens.`,
  veiligheid: `een los stoeprandje | Mijn moeder is er al over gestruikeld.
een slot op het raam | Beneden kan iedereen er zo bij.
een onbewaakte speelplek bij het water | Er staat geen hek.
een aanrijding zonder schade | De ander reed door.
fietsen zonder licht | In de winter zie je ze niet.
een brandblusser | Moet die elk jaar gekeurd worden?
een vreemde brief onder de deur | Iemand wil mijn huis kopen.
een hond die aanvalt | Hij loopt los en de baas kijkt niet om.
een kapotte bel bij de voordeur | Ik hoor niet wie er beneden staat.
glas op het fietspad | Elk weekend liggen er scherven.
identiteitsfraude | Er is een abonnement op mijn naam.
een onveilige oversteekplaats | Auto's stoppen niet bij het zebrapad.`,
  jeugd: `een kinderfeestje | Mijn zoon wil zijn hele klas uitnodigen.
een logopedist | De juf zegt dat mijn dochter onduidelijk praat.
een tweedehands kinderwagen | Onze baby komt in april.
zindelijk worden | Op de peuterspeelzaal lukt het wel.
schoolkeuze in groep 8 | Er zijn zoveel open dagen.
een muziekinstrument lenen | Ze wil viool spelen maar we weten niet of ze het volhoudt.
kinderyoga | Mijn dochter is erg druk.
een weekend kamperen met pleegkinderen | Wij zoeken andere gezinnen.
zakgeld | Hoeveel geven jullie een kind van tien?
een stageplek | De school zegt dat hij zelf moet zoeken.
dyslexie | Lezen kost hem zoveel moeite.
een sportkamp in de zomer | Beide ouders werken door.`,
  buurtactiviteiten: `een rommelmarkt | De zolder staat vol spullen.
een kerstboomverbranding | Vroeger was dat op het veld.
een boekenkast op straat | Wie maakt er een van hout?
een opschoondag | Er ligt veel zwerfvuil bij de sloot.
een talentenjacht | De kinderen oefenen al weken.
een fototentoonstelling over vroeger | Ik heb oude kaarten van de wijk.
een avond over de geschiedenis van de straat | Mijn opa woonde hier al.
een buurtkrant | Er is niemand die wil schrijven.
een quiz in het wijkcentrum | We zoeken vragen en een presentator.
een wereldkeuken | Iedereen maakt een gerecht van thuis.
een lampionoptocht | De route moet veilig zijn.
een workshop bloemschikken | Voor de paasdagen lijkt mij dat leuk.`,
};
