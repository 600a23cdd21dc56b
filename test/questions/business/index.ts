import { CHINOOK } from './chinook.ts';
import { DEMO } from './demo.ts';
import { EMPLOYEES } from './employees.ts';
import { HIGHWAY } from './highway.ts';
import { NORTHWIND } from './northwind.ts';
import type { BusinessQuestion } from './question.ts';
import { SAKILA } from './sakila.ts';

/** The questions on the four sample databases. */
export const SAMPLE_QUESTIONS: readonly BusinessQuestion[] = [...CHINOOK, ...NORTHWIND, ...SAKILA, ...EMPLOYEES];
/** The questions on the two demos. */
export const DEMO_QUESTIONS: readonly BusinessQuestion[] = [...DEMO, ...HIGHWAY];
export { REFUSED as REFUSED_QUESTIONS } from './refused.ts';
