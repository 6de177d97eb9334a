import type { Reroute } from '@sveltejs/kit/hooks';
import { withoutPrefix } from '#lib/tenant.ts';

/** `/w/<slug>/vragen` is the page `/vragen` of that wijk. */
export const reroute: Reroute = ({ url }) => withoutPrefix(url.pathname);
