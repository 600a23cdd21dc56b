export {} from './tables.ts';
