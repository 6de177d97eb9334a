const BROWSERS: readonly (readonly [RegExp, string])[] = [
  [/\bEdgA?\/|\bEdgiOS\//, 'Edge'],
  [/\bOPR\/|\bOPiOS\//, 'Opera'],
  [/\bSamsungBrowser\//, 'Samsung Internet'],
  [/\bFirefox\/|\bFxiOS\//, 'Firefox'],
  [/\bChrome\/|\bCriOS\/|\bChromium\//, 'Chrome'],
  [/\bSafari\//, 'Safari'],
];
const SYSTEMS: readonly (readonly [RegExp, string])[] = [
  [/\biPad\b/, 'iPad'],
  [/\biPhone\b/, 'iPhone'],
  [/\bAndroid\b/, 'Android'],
  [/\bWindows\b/, 'Windows'],
  [/\bMac OS X\b/, 'Mac'],
  [/\bCrOS\b/, 'Chromebook'],
  [/\bLinux\b/, 'Linux'],
];

/**
 * "Firefox · Android": enough to recognise a device in the list of sessions. The header itself,
 * which can single out a person, is not kept. Empty when nothing in it is known.
 */
export function describeDevice(userAgent: string | undefined): string {
  const header = (userAgent ?? '').slice(0, 400);
  const named = [BROWSERS, SYSTEMS].map((list) => list.find(([sign]) => sign.test(header))?.[1]);
  return named.filter((name) => name !== undefined).join(' · ');
}
