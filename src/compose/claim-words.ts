/** What can be counted of an event, most telling first. */
export type Role = 'dead' | 'injured' | 'missing' | 'arrested' | 'displaced' | 'rescued' | 'jobs';

/** How a language says that a number counts something. Every pattern is the source of a regular expression. */
interface ClaimWords {
  /** Words after the number: "[people were] killed". */
  readonly after: Readonly<Partial<Record<Role, string>>>;
  /** Words straight before the number: "killing [14]". */
  readonly before: Readonly<Partial<Record<Role, string>>>;
  /** How the role is printed behind a figure. */
  readonly names: Readonly<Record<Role, string>>;
}

const TOLL = '[^,.;:\\d]{0,50}?';

/** Languages without an entry are compared by nouns alone. */
export const CLAIM_WORDS: Readonly<Record<string, ClaimWords>> = {
  en: {
    after: {
      dead: 'dead|killed|died|deaths?|fatalities|lost their lives|bodies|drowned|death toll|fatally',
      injured: 'injured|wounded|hurt|injuries',
      missing: 'missing|unaccounted for',
      arrested: 'arrested|detained|arrests|in custody',
      displaced:
        '(?:evacuated|displaced|homeless|evacuees|moved to (?:higher|safer) ground|moved to safety|(?:to (?:leave|flee)|from|fled|left) their homes|from homes|have fled|flee)',
      rescued: 'rescued|survivors|pulled (?:out )?alive',
      jobs: 'jobs|job cuts|posts|positions|redundancies|layoffs',
    },
    before: {
      dead: `kill(?:s|ed|ing)?|claim(?:s|ed|ing)(?: the lives of)?|bodies of|deaths? of|(?:toll|(?:number of )?dead|deaths)\\b${TOLL}\\b(?:to|at|of|hits?|reach(?:es|ed)|pass(?:es|ed)|is|was)`,
      injured: 'injur(?:es|ed|ing)|wound(?:s|ed|ing)|hurt(?:s|ing)?',
      arrested: 'arrest(?:s|ed|ing)?|detain(?:s|ed|ing)?',
      displaced: 'evacuat(?:es|ed|ing)|displac(?:es|ed|ing)',
      rescued: 'rescu(?:es|ed|ing)',
    },
    names: {
      dead: 'dead',
      injured: 'injured',
      missing: 'missing',
      arrested: 'arrested',
      displaced: 'displaced',
      rescued: 'rescued',
      jobs: 'jobs',
    },
  },
  de: {
    after: {
      dead: 'Tote[nr]?|Todesopfern?|Todesfälle|tot|ums Leben|starben|gestorben|getötet',
      injured: 'Verletzte[nr]?|verletzt|Schwerverletzte[nr]?',
      missing: 'Vermisste[nr]?|vermisst',
      arrested: 'Festnahmen|Festgenommene[nr]?|festgenommen|Verhaftungen|verhaftet',
      displaced:
        'evakuiert|Evakuierte[nr]?|obdachlos|auf der Flucht|ihre (?:Häuser|Wohnungen) verlassen|in Sicherheit gebracht',
      rescued: 'gerettet|Gerettete[nr]?',
      jobs: 'Stellen|Arbeitsplätze[n]?|Jobs',
    },
    before: {
      dead: `töte(?:t|te|ten)|(?:Toten|Todesopfer|Opfer)\\b${TOLL}\\bauf`,
      injured: 'verletz(?:t|te|ten)',
      arrested: 'verhafte(?:t|te|ten)',
      rescued: 'rette(?:t|te|ten)',
    },
    names: {
      dead: 'Tote',
      injured: 'Verletzte',
      missing: 'Vermisste',
      arrested: 'Festnahmen',
      displaced: 'Evakuierte',
      rescued: 'Gerettete',
      jobs: 'Stellen',
    },
  },
  fr: {
    after: {
      dead: 'morts?|mortes|tués?|tuées|décès|victimes mortelles|péri|perdu la vie|trouvé la mort|décédées?|décédés',
      injured: 'blessés?|blessées',
      missing: 'disparus?|disparues',
      arrested: 'arrestations|interpellations|arrêtées?|arrêtés|interpellées?|interpellés',
      displaced:
        'évacués?|évacuées|déplacés?|déplacées|sans[- ]abri|ont fui|quitté leurs? maisons?',
      rescued: 'secourus|secourues|rescapés',
      jobs: 'emplois|postes|suppressions',
    },
    before: {
      dead: `tu(?:e|é|ent|ant)|coûté la vie à|bilan\\b${TOLL}\\b(?:à|de)`,
      injured: 'bless(?:e|é|ent|ant)',
      arrested: 'arrêt(?:e|é|ent|ant)|interpell(?:e|é|ent|ant)',
    },
    names: {
      dead: 'morts',
      injured: 'blessés',
      missing: 'disparus',
      arrested: 'arrestations',
      displaced: 'déplacés',
      rescued: 'secourus',
      jobs: 'emplois',
    },
  },
  es: {
    after: {
      dead: 'muert[oa]s?|fallecid[oa]s?|víctimas mortales|murieron|mueren|han muerto|fallecieron|perdieron la vida|el número de (?:muertos|fallecidos)',
      injured: 'herid[oa]s?|lesionad[oa]s?',
      missing: 'desaparecid[oa]s?',
      arrested: 'detenid[oa]s?|arrestad[oa]s?|detenciones|arrestos',
      displaced: 'evacuad[oa]s?|desplazad[oa]s?|damnificad[oa]s?|sin hogar',
      rescued: 'rescatad[oa]s?|supervivientes',
      jobs: 'empleos|puestos(?: de trabajo)?|despidos',
    },
    before: {
      dead: `mat(?:a|an|ó|aron) a|mueren|murieron|fallecieron|(?:muertos|fallecidos|víctimas|balance)\\b${TOLL}\\b(?:a|en)`,
      injured: 'hiere a|hirió a',
      arrested: 'deten(?:er|ido) a|detuv(?:o|ieron) a',
    },
    names: {
      dead: 'muertos',
      injured: 'heridos',
      missing: 'desaparecidos',
      arrested: 'detenidos',
      displaced: 'desplazados',
      rescued: 'rescatados',
      jobs: 'empleos',
    },
  },
  it: {
    after: {
      dead: 'mort[ie]|vittime|decessi|perso la vita',
      injured: 'ferit[ie]',
      missing: 'dispers[ie]',
      arrested: 'arrest(?:i|ati|ate)|fermat[ie]',
      displaced: 'evacuat[ie]|sfollat[ie]',
      rescued: 'salvat[ie]',
      jobs: 'posti(?: di lavoro)?|esuberi',
    },
    before: { dead: `uccid(?:e|ono)|bilancio\\b${TOLL}\\b(?:a|di)` },
    names: {
      dead: 'morti',
      injured: 'feriti',
      missing: 'dispersi',
      arrested: 'arresti',
      displaced: 'sfollati',
      rescued: 'salvati',
      jobs: 'posti di lavoro',
    },
  },
  pt: {
    after: {
      dead: 'mort[oa]s|mortes|morreram|óbitos|vítimas mortais',
      injured: 'ferid[oa]s',
      missing: 'desaparecid[oa]s',
      arrested: 'detid[oa]s|pres[oa]s|detenções',
      displaced: 'desalojad[oa]s|desabrigad[oa]s|evacuad[oa]s|deslocad[oa]s',
      rescued: 'resgatad[oa]s',
      jobs: 'empregos|postos de trabalho|demissões',
    },
    before: { dead: `mat(?:a|am|ou|aram)|mortos\\b${TOLL}\\b(?:a|para|em)` },
    names: {
      dead: 'mortos',
      injured: 'feridos',
      missing: 'desaparecidos',
      arrested: 'detidos',
      displaced: 'desalojados',
      rescued: 'resgatados',
      jobs: 'empregos',
    },
  },
  nl: {
    after: {
      dead: 'doden|dodelijke slachtoffers|om het leven|omgekomen|overleden',
      injured: 'gewonden|gewond',
      missing: 'vermisten|vermist',
      arrested: 'arrestaties|aanhoudingen|aangehouden|gearresteerd|opgepakt',
      displaced: 'geëvacueerd|evacués|dakloos',
      rescued: 'gered',
      jobs: 'banen|arbeidsplaatsen',
    },
    before: { dead: `dodental\\b${TOLL}\\b(?:naar|tot|op)` },
    names: {
      dead: 'doden',
      injured: 'gewonden',
      missing: 'vermisten',
      arrested: 'arrestaties',
      displaced: 'geëvacueerden',
      rescued: 'geredden',
      jobs: 'banen',
    },
  },
};
