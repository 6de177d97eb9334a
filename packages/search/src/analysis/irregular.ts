const FORMS = `
aten eet gegeten|at at gegeten|bracht brachten gebracht breng|begon begonnen begin|bleef bleven gebleven blijf
brak braken gebroken breek|droeg droegen gedragen draag|dronk dronken gedronken drink|viel vielen gevallen val
vroeg vroegen gevraagd vraag|hield hielden gehouden houd|hing hingen gehangen hang
keek keken gekeken kijk|kocht kochten gekocht koop|koos kozen gekozen kies|las lazen gelezen lees
liep liepen gelopen loop|leende geleend leen|reed reden gereden rijden rijdt rij rijd|riep riepen geroepen roep
schoot schoten geschoten schiet|schreef schreven geschreven schrijf|sliep sliepen geslapen slaap
sloot sloten gesloten sluit|sprak spraken gesproken spreek|stal stalen gestolen steel|stierf stierven gestorven sterf
overleed overleden overlijd|trok trokken getrokken trek|verloor verloren verlies|vergat vergaten vergeten vergeet
verhuisd verhuizen verhuis|vochten gevochten vecht|won wonnen gewonnen win|zocht zochten gezocht zoek
zong zongen gezongen zing|zwom zwommen gezwommen zwem|wierp wierpen geworpen werp|snapte gesnapt snap
sneed sneden gesneden snijd|gooide gegooid gooi|bood boden geboden bied|wees wezen gewezen wijs
boog bogen gebogen buig|vloog vlogen gevlogen vlieg|groeide gegroeid groei|kapt gekapt kap
kreeg gekregen krijg|leed geleden lijd|deelgenomen nam genomen neem|opgehaald haal|weggegooid gooi
aangevraagd vraag|ingeschreven schrijf|opgezegd zeg|afgewezen wijs|afgesloten sluit|meegebracht breng|leden lid|belt bel|oudere ouderen bejaarde|steden stad|schepen schip|koeien koe|vlooien vlo|eieren ei
vond vonden gevonden vind|hielp hielpen geholpen helpt helpen help hulp
`;

const table = new Map<string, string>();
for (const group of FORMS.trim().split(/[|\n]/)) {
  const forms = group.trim().split(/\s+/);
  const base = forms.at(-1) ?? '';
  for (const form of forms.slice(0, -1)) table.set(form, base);
}
table.set('eet', 'eet');
for (const form of ['at', 'aten', 'gegeten', 'eten']) table.set(form, 'eet');

/** Forms of strong verbs, each with the stem that its other forms lead to. */
export const IRREGULAR: ReadonlyMap<string, string> = table;
