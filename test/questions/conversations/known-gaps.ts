/**
 * Turns of conversations (conversation and number) that the builtin planner does not answer rightly yet. It must ask back
 * or refuse them, not answer wrongly; when one is answered rightly it has to leave this list.
 */
export const CONVERSATION_GAPS: readonly string[] = [
  'chinook-playlists-2',
  'northwind-category-3',
  'northwind-category-4',
  'northwind-suppliers-2',
  'northwind-employees-1',
  'sakila-actors-3',
  'employees-salary-2',
  'employees-salary-3',
  'employees-department-2',
  'employees-department-3',
];
