/** Servers' own words for why a mail came back, by cause; the first list with a match decides. */
export const FAILURE_PHRASES: readonly { readonly cause: string; readonly phrases: RegExp }[] = [
  {
    cause: 'rate',
    phrases:
      /receiving mail (?:too quickly|at a rate)|too many (?:messages|connections|recipients|errors|emails)|rate ?limit|throttl|grey ?list|gr[ae]ylisted|exceeded[^.\n]{0,30}(?:hourly|daily|rate|sending)|try again later[^.\n]{0,20}rate/,
  },
  {
    cause: 'full',
    phrases:
      /over ?(?:the )?(?:\w+ )?quota|quota[ _-]?(?:is )?(?:exceed|full|reached|violation)|exceed\w*[^.\n]{0,40}(?:quota|storage|mailbox (?:size|limit)|mail ?box|space)|(?:mail ?(?:box|folder|bin)|inbox|account|mail ?store|disk|konto|maildir)\b[^.\n]{0,30}\b(?:full|over (?:its |the )?(?:limit|size|quota)|exceeded)|(?:out of|insufficient|not enough|no)[^.\n]{0,15}(?:disk|storage|mailbox|system)[^.\n]{0,10}(?:space|storage)|insufficient system storage|mailbox ?(?:size )?(?:limit|quota)|full mailbox|quota_?full|overquota|size limit exceeded for mailbox|resolver\.rst\.recipsizelimit\.?full|(?:post|mail)fach[^.\n]{0,20}voll|überschritten[^.\n]{0,20}(?:quota|speicher)|bo[iî]te[^.\n]{0,60}pleine|buz[oó]n[^.\n]{0,30}(?:llen[oa]|completo|cuota)|casella[^.\n]{0,30}piena|caixa[^.\n]{0,30}cheia|メールボックス[^。\n]{0,20}(?:一杯|いっぱい|満杯|容量)|容量[^。\n]{0,10}(?:超|オーバー)|mailbox would exceed|quotaexceeded|not enough space/,
  },
  {
    cause: 'too-large',
    phrases:
      /message (?:size|is too|too)[^.\n]{0,30}(?:exceed|large|big|limit)|size[^.\n]{0,20}exceeds[^.\n]{0,40}(?:limit|maximum)|too (?:large|big)\b|exceeds (?:the )?(?:maximum|fixed|size)[^.\n]{0,20}(?:size|limit|message)|recipsizelimit|nachricht[^.\n]{0,20}zu groß/,
  },
  {
    cause: 'no-mailbox',
    phrases:
      /user(?:name)?[ _]?(?:is )?(?:un)known|unknown[ _-](?:local[ -])?(?:user|recipient|address|account|mailbox|e-?mail)|unknown (?:to address|local[ -]?part)|(?:no|not)[ -]such[ -](?:\w+ )?(?:user|recipient|mailbox|address|account|person|local|e-?mail|id|customer)|no (?:mailbox|user|account|recipient)s? (?:here )?(?:by|with|of|under|found|named|for) ?(?:that|this)?|(?:user|recipient|mailbox|mail ?box|account|address|alias|person|mail-?drop|e-?mail(?: address| account)?|addressee|login)\b[^.\n]{0,60}(?:does ?n[o']t (?:exist|have an?)|do not exist|not exist|was ?n[o']t found|(?:is|was|could) ?n[o']t (?:be )?(?:found|known|recogni[sz]ed|listed)|not found|not known|not listed|not (?:a )?valid|is invalid|no longer (?:exists?|valid|available|active|in use|on)|(?:has been |is |was |account )?(?:permanently )?(?:disabled|deactivated|discontinued|suspended|closed|deleted|terminated|expired|inactive|locked)|is unknown|unknown$)|(?:does ?n[o']t|not) have an? [\w.-]{0,60} ?account|(?:invalid|bad|nonexistent|non-existent|obsolete|unrecogni[sz]ed|undeliverable) (?:\w+ )?(?:recipient|mailbox|user|address|destination mailbox|account|e-?mail)|not (?:our|a|an) (?:valid |known |local )?(?:customer|user|recipient|mailbox|address)\b|mailbox not found|not listed in|not in (?:address|name|directory|the directory)|recipient ?not ?found|recipnotfound|recipientnotfound|unrecogni[sz]ed-or-name|could ?n[o']t be found|was ?n[o']t found at|no matches to nameserver query|address not found|addressee unknown|account (?:has been )?(?:disabled|closed|suspended|deactivated)|mailbox (?:is )?(?:disabled|inactive|unavailable or access denied|does not)|(?:is|has) (?:been )?(?:disabled|discontinued|deactivated)|no longer (?:works|employed|with)|has (?:moved|left)|user unkown|unknown in (?:virtual|local|relay)|recipient address rejected: (?:access denied|unknown|undeliverable|unverified)|can'?t (?:find|create) (?:user|output)|no alias|isn'?t in my (?:control\/locals|list)|sorry, no mailbox|not a (?:valid )?mailbox|delivery to the following recipient failed permanently[^]{0,10}no such|unbekannte[rn]? (?:benutzer|empf|adress|user)|(?:empf[aä]nger|benutzer|adresse|postfach|konto)[^.\n]{0,40}(?:unbekannt|nicht (?:gefunden|bekannt|vorhanden|existier)|existiert nicht|ungültig)|(?:utilisateur|destinataire|adresse|compte|bo[iî]te)[^.\n]{0,50}(?:inconnu|introuvable|n'existe|n'a pas (?:été trouv|pu être trouv)|invalide|d[ée]sactiv)|(?:usuario|destinatario|direcci[oó]n|cuenta|buz[oó]n|utente|casella|indirizzo|usu[aá]rio|endere[cç]o)[^.\n]{0,50}(?:desconocid|no existe|no (?:se )?(?:encontr|ha encontrado|válid)|no se (?:ha )?encontr|sconosciut|inesistente|non (?:esiste|trovat|valid)|desconhecid|n[aã]o existe|n[aã]o (?:foi )?encontr)|(?:宛先|あて先|ユーザ|アドレス|メールアドレス)[^。\n]{0,40}(?:存在しま|不明|見つかり|ありません|存在しない|無効)|不明なユーザ|用户不存在|不存在|收件人[^。\n]{0,20}(?:不存在|未找到)|account does not exist|account not available|no longer accepts?|not in my list|possibly incorrect/,
  },
  {
    cause: 'no-domain',
    phrases:
      /host (?:or domain name )?(?:not found|unknown)|unknown host|domain (?:name )?(?:was )?(?:not found|does ?n[o']t exist|not exist|has no mx|unknown)|(?:no such|unknown|invalid|bad|non-?existent) (?:domain|host)|unrout(?:e)?able (?:address|mail domain|domain)|name or service not known|name service error|all relevant mx records point to non-existent|nx ?domain|no mx (?:record|or a)|mx (?:record )?(?:not found|lookup failed)|no (?:valid |route to )?(?:mail )?(?:exchanger|servers?)[^.\n]{0,30}(?:found|for domain)|could ?n[o']t find (?:any )?(?:host|a mail exchanger)|couldn'?t find any host|null ?mx|does not accept (?:mail|e-?mail)|domain does not accept|hostname[^.\n]{0,20}not resolv|(?:dns|domain)[^.\n]{0,40}(?:does not exist|non-existent|not exist)|illegal host|no dns information|domain name.{0,60}not appear to be registered|unresolvable|domain[^.\n]{0,60}could ?n[o']t be found|domäne[^.\n]{0,30}(?:nicht gefunden|unbekannt)|domaine[^.\n]{0,40}(?:introuvable|n'existe)|dominio[^.\n]{0,40}(?:no existe|no se encontr|inesistente)/,
  },
  {
    cause: 'policy',
    phrases:
      /spam|\bblocked?\b|black ?list|block ?list|\blisted (?:at|in|on|by)|\brbl\b|dnsbl|spamhaus|barracudacentral|reputation|polic(?:y|ies)|\bspf\b|\bdmarc\b|\bdkim\b|authenticat(?:ion|ed) (?:required|is required|check)|not (?:authori[sz]ed|permitted|allowed)|access denied|relay(?:ing)? (?:access )?(?:not|denied|prohibited)|unable to relay|we do not relay|content (?:rejected|filter)|virus|malware|banned|administrative(?:ly)? (?:prohib|refus|den)|unsolicited|prohibited|rejected (?:for|due|because|by (?:the )?(?:recipient|filter|content|our|header|system|organi))|message (?:was )?(?:rejected|refused|content)|permission|restrict|ip address|reverse dns|ptr|helo|unauthenticated|suspicious|phish|refused by|your (?:ip|host|server|access)|sender (?:address )?(?:rejected|denied|verify|blocked)|verdict|verweigert|nicht berechtigt|refus[eé]|denegad|rechazad/,
  },
  {
    cause: 'expired',
    phrases:
      /time(?:d)?[ -]?out|too long|retry time(?:out)?|delivery time expired|expired|could ?n[o']t be delivered (?:for|within|after)|enqueued and undeliverable|unable to deliver this message after|time allowed|(?:not reachable|allowed) within|allowed queue period|been trying|giving up|not delivered (?:within|after)|undeliverable for|queue[^.\n]{0,30}(?:too long|exceeded)|lifetime|配信できませんでした.*時間/,
  },
  {
    cause: 'network',
    phrases:
      /connect(?:ion)?[^.\n]{0,60}(?:refused|failed|reset|lost|dropped|closed|not)|lost connection|conversation with|no route to host|network (?:is )?unreachable|host (?:is )?(?:down|unreachable)|not respond|no answer|bad connection|could ?n[o']t connect|unable to connect|wasn't able to establish|broken pipe|tls|try again/,
  },
  {
    cause: 'system',
    phrases:
      /loop|too many hops|hop count|hops? exceeded|local configuration|configuration error|system (?:error|not accepting|failure)|internal error|temporar|lookup fail|local error|resources|unexpected|aliasing\/forwarding|transaction failed|pipe|i\/o error|can'?t open|service (?:unavailable|not available)/,
  },
  {
    cause: 'no-mailbox',
    phrases:
      /mailbox (?:is )?(?:currently )?unavailable|mailbox not available|(?:recipient|address)(?: address)? (?:was )?(?:rejected|refused|not accepted)|invalid recipients?|unknown|not our customer|5\d\d[ -]+(?:<[^>\n]*>[ .:]*)?(?:unable to find|no mailbox)|does not exist|doesn't exist/,
  },
];
