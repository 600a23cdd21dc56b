/** A number for people: thousands separated, at most four significant decimals below one, two above. */
export function formatNumber(value: number, language: 'en' | 'zh'): string {
  const digits = Number.isInteger(value) ? 0 : Math.abs(value) < 1 ? 4 : 2;
  return new Intl.NumberFormat(language === 'zh' ? 'zh-CN' : 'en-US', { maximumFractionDigits: digits }).format(value);
}

/** A share of one as a percentage with one decimal. */
export const formatPercent = (share: number): string => `${(share * 100).toFixed(1)} %`;
