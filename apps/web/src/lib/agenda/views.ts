/** A time to choose, in words. */
export interface TimeView {
  /** the moment, in UTC */
  value: string;
  /** '10.00 – 11.00' */
  label: string;
  /** '10.00', and ' – 11.00' behind it */
  start: string;
  rest: string;
  /** '2 plaatsen'; of a group offer */
  left: string | null;
}

/** A day with times to choose. */
export interface DayView {
  date: string;
  /** 'maandag 7 december' */
  label: string;
  times: TimeView[];
}

/** A choice that is no time of the list. */
export interface OtherChoice {
  value: string;
  label: string;
}
