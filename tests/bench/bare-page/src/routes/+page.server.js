/** A load without work: what is measured is SvelteKit alone. */
export const load = async () => ({
  title: 'Een kale bladzijde',
  text: 'Zo snel kan het gereedschap zijn.',
});
