import '../../../../../../../support/temp-dir.ts';
