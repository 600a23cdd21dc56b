import { CHINOOK } from './chinook.ts';
import { DEMO } from './demo.ts';
import { EMPLOYEES } from './employees.ts';
import { NORTHWIND } from './northwind.ts';
import type { BusinessQuestion } from './question.ts';
import { SAKILA } from './sakila.ts';

/** The questions on the four sample databases. */
export const SAMPLE_QUESTIONS: readonly BusinessQuestion[] = [...CHINOOK, ...NORTHWIND, ...SAKILA, ...EMPLOYEES];
export const DEMO_QUESTIONS: readonly BusinessQuestion[] = DEMO;
export { REFUSED as REFUSED_QUESTIONS } from './refused.ts';
