export { holidayKeys, listHolidays } from './holidays.ts';
export { registerWijk } from './routes.ts';
export { readCalendar, type Wijk, Wijken } from './wijken.ts';
