import { createHash } from 'node:crypto';
import { HEALTH_CONSENT_NOW, HEALTH_CONSENTS, isHealthConsent } from '@wijk/domain/vraagbaak';
import { describe, expect, it } from 'vitest';
import en from '../messages/en.json' with { type: 'json' };
import nl from '../messages/nl.json' with { type: 'json' };

const words: Record<string, Record<string, string>> = { nl: nl.consent, en: en.consent };

describe('the words of consent', () => {
  it('of a published version never change: other words are another version', () => {
    for (const [id, hash] of Object.entries(HEALTH_CONSENTS)) {
      const [version = '', locale = ''] = id.split('.');
      const text = words[locale]?.[version] ?? '';
      expect(createHash('sha256').update(text).digest('hex'), id).toBe(hash);
    }
  });

  it('are published in both languages, and only those of today are asked for', () => {
    for (const locale of ['nl', 'en'])
      expect(isHealthConsent(`${HEALTH_CONSENT_NOW}.${locale}`)).toBe(true);
    for (const id of ['health-1', 'health-0.nl', 'health-1.fr', '', undefined, 'constructor'])
      expect(isHealthConsent(id)).toBe(false);
  });
});
