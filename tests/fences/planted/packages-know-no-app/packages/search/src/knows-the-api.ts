import '@wijk/api/limits';
