/**
 * Suppliers with somebody in the wijk who handed their app in themselves; what others have was sent in for them by a
 * market master, and a neighbour answers what is asked.
 */
export const SPEAKERS: Readonly<Record<string, string>> = {
  'Stichting Slaapwende': 'Priya Mahabier',
  'Coöperatie Beweegvonk U.A.': 'Bilal Ouali',
  'Noorderkiem Digitale Zorg B.V.': 'Lars Buitenhuis',
  'Lichtpad Innerlijke Groei B.V.': 'Rico Vermaat',
  'Kwiklicht Media B.V.': 'Annelies Goedhart',
};
/** Who acts for the others in turn: nobody who curates. */
export const CONTACTS = [
  'Meryem Aksoy',
  'Luuk Pijnenburg',
  'Anouk de Graaf',
  'Mei Lin Chen',
  'Oksana Melnyk',
  'Winston Maduro',
  'Dineke Hofstee',
  'Hetty van Loon',
] as const;
export const FOR_OTHERS = 'Yusuf Demirci';
