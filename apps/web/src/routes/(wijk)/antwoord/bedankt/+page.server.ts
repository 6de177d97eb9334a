import type { PageServerLoad } from './$types';

export const load: PageServerLoad = ({ url }) => {
  const ref = url.searchParams.get('vraag') ?? '';
  return { ref: /^[0-9a-z]{8}$/.test(ref) ? ref : null };
};
