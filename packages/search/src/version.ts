/** Goes up when the same text would give other keys; every wijk is then indexed anew by itself. */
export const ANALYSIS_VERSION = 2;
