/** Words that say an affair has come to a new stage, one line for each stage; lines of several languages stand side by side. */
const STAGES: readonly RegExp[] = [
  'arrest(?:ed|s)?|detained|festgenommen|verhaftet|arrêtée?s?|interpellée?s?|detenid[oa]s?|arrestad[oa]s?',
  'charged|indicted|angeklagt|inculpée?s?|mise?s? en examen|imputad[oa]s?|acusad[oa]s? formalmente',
  'convicted|found guilty|pleads? guilty|pleaded guilty|verurteilt|condamnée?s?|condenad[oa]s?',
  'acquitted|cleared of|freigesprochen|acquittée?s?|absuelt[oa]s?',
  'sentenced|jailed|years in prison|Haftstrafe|peine de prison|años de cárcel|años de prisión',
  'resign(?:ed|s)?|steps down|stepped down|zurückgetreten|Rücktritt|démissionnée?|démissionne|dimit(?:e|ió)|renunci(?:a|ó)',
  'sacked|dismissed|fired as|entlassen|limogée?|destituid[oa]',
  'elected|re-elected|sworn in|gewählt|vereidigt|élue?s?|elegid[oa]s?',
  'approved|passed the|ratified|signed into law|verabschiedet|gebilligt|adoptée?s?|approuvée?s?|aprobad[oa]s?|aprobó',
  'rejected|vetoed|voted down|abgelehnt|rejetée?s?|rechazad[oa]s?|rechazó',
  'ceasefire|truce|Waffenruhe|Waffenstillstand|cessez-le-feu|trêve|alto el fuego|tregua',
  'evacuated|evacuation|evakuiert|évacuée?s?|evacuad[oa]s?',
  'rescued|gerettet|secourue?s?|rescatad[oa]s?',
  'released|freed|freigelassen|libérée?s?|liberad[oa]s?',
  'recalled|recall|zurückgerufen|Rückruf|rappelée?s?|retirad[oa]s? del mercado',
  'reopen(?:ed|s)?|wiedereröffnet|rouvert[es]?|rouvre|reabiert[oa]s?|reabrió',
  'called off|cancelled|canceled|postponed|abgesagt|verschoben|annulée?s?|reportée?s?|cancelad[oa]s?|aplazad[oa]s?',
  'contained|extinguished|under control|gelöscht|unter Kontrolle|maîtrisée?s?|extinguid[oa]s?|controlad[oa]s?',
  'dies|died of|has died|gestorben|est morte?|ha muerto|falleció',
].map((words) => new RegExp(`(?<![\\p{L}\\p{M}])(?:${words})(?![\\p{L}\\p{M}])`, 'iu'));

/** The stages a text tells of, by number: an arrest, a verdict, a truce; each with its words there. */
export function listStages(text: string): ReadonlyMap<number, string> {
  const found = STAGES.map((stage) => stage.exec(text)?.[0]);
  return new Map(found.flatMap((words, stage) => (words === undefined ? [] : [[stage, words]])));
}
