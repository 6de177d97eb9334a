import { listOrganisations } from '@wijk/contracts/organisations';
import { pageTexts, plural } from '@wijk/i18n';
import { api } from '#lib/server/api.ts';
import { stop } from '#lib/server/refusal.ts';
import { membersOnly } from '#lib/server/wallet.ts';
import { fill } from '#lib/text.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  await membersOnly(event);
  const { locale, slug } = event.locals;
  const outcome = await api(event)(listOrganisations, { params: { wijk: slug } });
  if (!outcome.ok) stop(outcome);
  const texts = pageTexts(locale, 'organisations');
  const names = new Intl.ListFormat(locale);
  return {
    texts,
    items: outcome.data.items.map(({ id, name, about, managers, operators, closedAt }) => ({
      ...{ id, name, about },
      closed: closedAt !== null,
      managers:
        managers.length > 0
          ? fill(texts.managedBy, { names: names.format(managers) })
          : texts.noManager,
      people: plural(locale, 'page.organisations.people', operators),
    })),
  };
};
