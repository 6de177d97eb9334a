/** Of the API, major.minor.patch; on every reply of it as `API-Version`. */
export const VERSION = '0.1.0';
