/** The local day of a moment, `YYYY-MM-DD`: what "today" means where nobody says otherwise. */
export const localDay = (date: Date): string =>
  `${date.getFullYear()}-${String(date.getMonth() + 1).padStart(2, '0')}-${String(date.getDate()).padStart(2, '0')}`;
