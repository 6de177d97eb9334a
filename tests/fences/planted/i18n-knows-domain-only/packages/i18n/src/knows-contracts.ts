import '@wijk/contracts';
