import '@wijk/db/seed';
