export { holidayKeys, listHolidays } from './holidays.ts';
export {
  changeModerationPolicy,
  changePhrases,
  type Phrases,
  readModerationPolicy,
  readPhrases,
} from './moderation.ts';
export { registerWijk } from './routes.ts';
export { siteOf } from './site.ts';
export { readCalendar, type Wijk, Wijken } from './wijken.ts';
