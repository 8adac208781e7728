/** Parameters that say how a reader came, never what the page is. */
const TRACKING =
  /^(utm_\w+|fbclid|gclid|gclsrc|dclid|gbraid|wbraid|msclkid|yclid|twclid|ttclid|igshid|igsh|li_fat_id|mc_cid|mc_eid|mkt_tok|_hsenc|_hsmi|vero_id|oly_anon_id|oly_enc_id|ns_campaign|ns_mchannel|ns_source|ns_linkname|at_medium|at_campaign|at_link_\w+|at_bbc_team|at_ptr_name|cmpid|cmp|wt_mc|wt_zmc|xtor|ocid|smid|ftag|icid|ito|s_cid|mbid|sr_share|__twitter_impression)$/i;

/**
 * The one spelling of a web address that two feeds share: host in lower case, no default port, name, password, fragment or tracking parameters.
 * Path and other parameters stay as they are; null unless it is http or https.
 */
export function canonicalizeUrl(url: string): string | null {
  if (!URL.canParse(url)) return null;
  const parsed = new URL(url);
  if (parsed.protocol !== 'http:' && parsed.protocol !== 'https:') return null;
  parsed.username = '';
  parsed.password = '';
  parsed.hash = '';
  const kept = parsed.search
    .slice(1)
    .split('&')
    .filter((pair) => pair !== '' && !TRACKING.test(pair.split('=')[0] ?? ''));
  parsed.search = kept.join('&');
  return parsed.href.replace(/\?$/, '');
}
