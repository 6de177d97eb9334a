import type { LayoutServerLoad } from './$types';

/** Every page below needs a wijk: without one this throws the 404, or the 503 of an absent API. */
export const load: LayoutServerLoad = async ({ locals }) => {
  await locals.context();
};
