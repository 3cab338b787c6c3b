/** The language of the page: Traditional Chinese for readers whose browser asks for it or who chose it, else English. */

export const LANGUAGES = ['en', 'zh-Hant'] as const;
export type Language = (typeof LANGUAGES)[number];

const KEPT_AS = 'paddlewire-language';

/** Chosen before the page is drawn and never changed while it stands: choosing another loads it anew. */
export const language: Language = chosen() ?? preferred();

/** The texts of the page's language. `zh` has every text that `en` has. */
export const inLanguage = <T>(en: T, zh: NoInfer<T>): T => (language === 'en' ? en : zh);

export function choose(wanted: Language): void {
  localStorage.setItem(KEPT_AS, wanted);
  location.reload();
}

function chosen(): Language | undefined {
  try {
    const kept = localStorage.getItem(KEPT_AS);
    return LANGUAGES.find((one) => one === kept);
  } catch {
    // A page that may keep nothing, or code that runs outside a page.
    return undefined;
  }
}

function preferred(): Language {
  const asked = typeof navigator === 'undefined' ? [] : (navigator.languages ?? []);
  const first = asked.find((tag) => /^(en|zh)\b/i.test(tag)) ?? 'en';
  return /^zh\b/i.test(first) ? 'zh-Hant' : 'en';
}
