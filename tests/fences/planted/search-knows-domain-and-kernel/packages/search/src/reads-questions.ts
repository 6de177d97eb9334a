import '@wijk/db/vraagbaak';
