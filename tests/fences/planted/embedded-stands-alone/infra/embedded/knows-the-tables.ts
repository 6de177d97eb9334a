import '@wijk/db/kernel';
