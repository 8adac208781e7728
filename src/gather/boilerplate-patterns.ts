/** A sentence that reports or quotes is news, whatever it begins with. */
const NO_NEWS = String.raw`(?!.*(?:\b(?:said|says|told|tells|according|sagte|laut|selon|déclaré|dijo|según|dedi|söyledi|bildirdi|deyib)\b|["“”„«»]))`;

/**
 * Sentences a news site says about itself, one list a language; each pattern has to fit a whole sentence
 * without its final stop. They are written narrowly: a wrong line in a brief is a nuisance, a lost one is a lie.
 */
const ENGLISH = [
  String.raw`${NO_NEWS}(?:you can (?:also )?)?(?:download|get|install) (?:our|the|your free)(?: new| free)?(?: [\p{L}\p{N}.'-]+){0,3} app(?:lication)?(?: (?:now|today|here|for|from|on|in|via|to)\b.*)?`,
  String.raw`(?:available|now available) (?:on|in|from) (?:the )?(?:app store|google play|play store)(?: .{0,60})?`,
  String.raw`(?:be the first to )?(?:leave|write|post|add|make) (?:a|an|the first|your|your first) (?:comment|reply)(?: (?:below|here|on this)\b.{0,40})?`,
  String.raw`be the first to comment(?: .{0,40})?|(?:view|show|read|see|hide|load)(?: all| more)? comments?(?: \(\d+\))?|(?:no|\d+) comments?(?: yet)?|comments? \(?\d+\)?|comments? (?:are )?(?:closed|off|disabled)`,
  String.raw`what(?:'s| is| are) your (?:opinions?|views?|thoughts|take)\b.{0,60}|what do you think(?: about (?:this|it|that)\b.{0,40})?|(?:share|tell us|let us know) (?:your|what you) (?:opinions?|views?|thoughts|think)\b.{0,60}`,
  String.raw`${NO_NEWS}start your (?:day|morning|week)(?: \p{L}+){0,2} with\b.*\b(?:brief|briefing|newsletter|headlines|news|stories)\b.*`,
  String.raw`${NO_NEWS}here(?: are|'s| is) (?:your|our|today's|(?:some of |a look at )?the(?: \p{L}+)? (?:top|main|latest|biggest|most important|morning's|day's))\b.{0,30}\b(?:news|stories|headlines|articles)\b.{0,120}`,
  String.raw`(?:read|see|learn|discover|show|load|view|find out|watch|listen)(?: to)? more(?: (?:at|on|here|about|from|in|news|stories|articles)\b.{0,80}|: .{0,160})?`,
  String.raw`(?:read|see|watch) (?:also|next|the full (?:story|article|report|text|interview|video))\b.{0,160}|also read\b.{0,160}|(?:continue|keep) reading\b.{0,60}|full (?:story|article) (?:here|below)`,
  String.raw`(?:related|recommended|popular|trending|sponsored|suggested)(?: (?:articles?|stories|story|news|topics?|tags?|content|posts|reads|links|coverage|now|for you))?|(?:related|read also|recommended|tags?|topics?|filed under|see also): .{0,200}`,
  String.raw`(?:more (?:on this story|from .{1,40}|stories)|(?:most|also) (?:read|popular|viewed|shared|watched)|you (?:may|might) also (?:like|be interested in)\b.{0,60}|editor'?s'? picks?|don't miss)`,
  String.raw`${NO_NEWS}(?:subscribe|sign up|register)(?: (?:now|here|today|free))?(?: (?:to|for)\b.{0,60}\b(?:newsletters?|alerts?|notifications|updates|channel|podcast|brief|briefing|emails?|us)\b.{0,100})?`,
  String.raw`${NO_NEWS}(?:get|receive) .{0,60}\b(?:in|to|into) your inbox\b.{0,60}|our newsletters?|newsletters?`,
  String.raw`share(?: this)?(?: (?:article|story|post|page|news))?(?: (?:on|via|to|with) .{1,60})?|(?:tweet|pin|email|print|copy)(?: (?:this|link|article|page))?|(?:copy link|link copied|whatsapp|facebook|twitter|telegram|linkedin|instagram|youtube)`,
  String.raw`${NO_NEWS}(?:follow|like|find|join) us\b.{0,100}|follow \S+(?: \S+){0,3} on (?:facebook|twitter|x|instagram|telegram|whatsapp|google news|linkedin|youtube|social media)\b.{0,60}`,
  String.raw`${NO_NEWS}(?:we|this (?:web)?site|our (?:web)?site|we and our partners)\b.{0,40} uses? cookies\b.*|(?:accept|reject|manage|allow)(?: all)? cookies|cookie (?:settings|policy|preferences|notice)|by (?:continuing|using|clicking|browsing)\b.{0,40}\b(?:you (?:agree|accept|consent)|cookies)\b.*`,
  String.raw`ads?|advertise(?:ment| with us)?|advertising|sponsored content|paid content|promoted|(?:story|article) continues (?:below|after)\b.{0,40}|skip (?:ad|advertisement|to (?:main )?content|navigation)`,
  String.raw`(?:copyright\b|©|\(c\)).{0,140}|.{0,140}\ball rights reserved|.{0,80}\bmay not be (?:published|reproduced|republished)\b.{0,120}`,
  String.raw`executive summary|table of contents|key (?:takeaways|points)|in this (?:article|story|report)|on this page|at a glance|back to top|privacy policy|terms (?:of (?:use|service)|and conditions)|contact us|about us|log ?in|sign ?in|menu|search`,
  String.raw`${NO_NEWS}below,? .{1,80}\b(?:offers?|presents?|provides?|explains?|shares?|find)\b.{0,30}\b(?:report|analysis|summary|overview|assessment|list|guide|video|updates?)\b.{0,80}|scroll down\b.{0,60}|(?:watch|see) (?:the )?(?:video|gallery|photos?)(?: (?:above|below|here))?`,
  String.raw`(?:click|tap) (?:here|on the)\b.{0,80}|(?:please )?enable javascript\b.{0,80}|your browser (?:does not|doesn't)\b.{0,80}|(?:estimated )?(?:reading|read) time:? .{0,30}|\d{1,2} min(?:ute)?s? read`,
  String.raw`(?:photo|photograph|image|picture)(?: credit| courtesy| by)?: .{1,80}|(?:file|stock) (?:photo|image)|getty images|(?:reporting|writing|edited|editing|additional reporting) by\b.{1,160}|\((?:additional )?(?:reporting|writing|editing) by\b.{1,200}\)`,
  String.raw`(?:last )?(?:updated|published|posted|modified)(?: (?:on|at))?:? .{0,12}\d.{0,40}|this (?:article|story|report) (?:was|has been|is)(?: \p{L}+)? (?:published|translated|updated|republished|produced)\b.{0,120}`,
];

const GERMAN = [
  String.raw`${NO_NEWS}(?:laden sie|lade|jetzt|holen sie sich)(?: sie)?(?: sich)?(?: jetzt| hier)? (?:unsere|die)(?: [\p{L}\p{N}.-]+){0,2}[ -]app\b.{0,80}|(?:unsere )?app (?:herunterladen|laden)`,
  String.raw`(?:schreiben sie|schreibe|hinterlassen sie)(?: \p{L}+){1,3} kommentar\b.{0,40}|kommentar (?:schreiben|hinterlassen|verfassen)|(?:alle )?kommentare(?: \(?\d+\)?)?|(?:was|wie) (?:denken|meinen|finden|ist) (?:sie|ihre meinung)\b.{0,60}`,
  String.raw`(?:lesen sie|lies|hier)(?: \p{L}+)? (?:auch|mehr|weiter)\b.{0,160}|(?:auch interessant|mehr zum thema|zum thema|das könnte sie auch interessieren|lesetipp)(?:: .{0,160})?|(?:weiterlesen|mehr lesen|mehr erfahren|meistgelesen)`,
  String.raw`${NO_NEWS}(?:abonnieren sie|abonniere|jetzt)(?: \p{L}+){0,4} (?:newsletter|abonnieren|anmelden)\b.{0,80}|newsletter (?:abonnieren|bestellen)`,
  String.raw`(?:auf|per|bei|via) (?:facebook|twitter|x|whatsapp|e-mail|instagram|linkedin) teilen|(?:artikel )?teilen|drucken|(?:folgen sie|folge) uns\b.{0,100}`,
  String.raw`anzeige|werbung|alle rechte vorbehalten|.{0,100} alle rechte vorbehalten|(?:wir|diese (?:web)?se?ite|unsere (?:web)?se?ite) (?:verwenden|verwendet|nutzen|nutzt) cookies\b.*|(?:alle )?cookies akzeptieren|zum inhalt springen|datenschutz|impressum`,
];

const FRENCH = [
  String.raw`${NO_NEWS}téléchargez (?:notre|l'|la nouvelle |gratuitement )\s*appli(?:cation)?\b.{0,100}|télécharger l'appli(?:cation)?`,
  String.raw`(?:laissez|laisser|écrire|ajouter|poster) (?:un|le premier|votre|votre premier)(?: premier)? commentaire\b.{0,40}|soyez le premier à (?:commenter|réagir)|(?:qu'en pensez-vous|que pensez-vous de|quel est votre avis|donnez votre avis|et vous)\b.{0,60}`,
  String.raw`(?:à )?lire (?:aussi|également|la suite|plus|l'article(?: complet)?|encore)\b.{0,160}|en savoir plus|sur le même (?:sujet|thème)|(?:les )?plus lus`,
  String.raw`${NO_NEWS}(?:abonnez-vous|inscrivez-vous|s'abonner|s'inscrire)(?: (?:à|gratuitement|maintenant)\b.{0,120})?`,
  String.raw`(?:partager|partagez)(?: (?:cet article|sur|par|via)\b.{0,60})?|imprimer|(?:suivez|rejoignez)-nous\b.{0,100}`,
  String.raw`publicité|annonce|contenu sponsorisé|(?:.{0,100} )?tous droits réservés|(?:nous utilisons|ce site utilise|nos partenaires utilisent) (?:des|les) cookies\b.*|(?:tout )?accepter(?: les cookies)?|mentions légales|aller au contenu`,
];

const SPANISH = [
  String.raw`${NO_NEWS}(?:descarga|descargue|descárgate|descargar|puedes descargar) (?:nuestra|la|gratis la)(?: nueva)? (?:app|aplicación)\b.{0,100}`,
  String.raw`(?:deja|dejar|deje|escribe|escribir|añade) (?:un|el primer|tu|su) comentario\b.{0,40}|sé el primero en comentar|¿?(?:qué opinas|qué opina|qué piensas|cuál es (?:tu|su) opinión)\b.{0,60}`,
  String.raw`(?:lee|lea|leer|ver|vea) (?:más|también|además|la noticia completa)\b.{0,160}|seguir leyendo|te puede interesar\b.{0,160}|(?:lo )?más leído|noticias relacionadas`,
  String.raw`${NO_NEWS}(?:suscríbete|suscríbase|suscribirse|regístrate|inscríbete)(?: (?:a|en|gratis|ahora)\b.{0,120})?`,
  String.raw`(?:comparte|compartir|comparta)(?: (?:en|esta|este|por|vía)\b.{0,60})?|imprimir|(?:síguenos|síganos|únete a nosotros)\b.{0,100}`,
  String.raw`publicidad|anuncio|contenido patrocinado|(?:.{0,100} )?todos los derechos reservados|(?:utilizamos|usamos|este sitio (?:web )?(?:utiliza|usa)) cookies\b.*|aceptar(?: todas)?(?: las)? cookies|política de (?:privacidad|cookies)|aviso legal`,
];

const TURKISH = [
  String.raw`${NO_NEWS}.{0,60}uygulama(?:mızı|sını)\b.{0,60}\b(?:indirin|indirebilirsiniz|yükleyin)(?: .{0,20})?`,
  String.raw`(?:ilk )?yorum(?:u)? (?:yap|yaz|bırak)(?:ın|ınız)?|ilk yorumu siz yapın|yorumlar(?: \(?\d+\)?)?|bu konuda(?:ki)? (?:ne düşünüyorsunuz|görüşünüz nedir|fikriniz nedir|siz ne düşünüyorsunuz)`,
  String.raw`devamını (?:oku|okuyun|okumak için tıklayın)|(?:ilgili|benzer) haberler|ayrıca okuyun\b.{0,160}|(?:en )?çok okunanlar|daha fazla (?:oku|bilgi)`,
  String.raw`${NO_NEWS}(?:e-)?bülten(?:imize|e)\b.{0,60}\b(?:abone|kayıt) olun?|abone ol(?:un)?|bizi .{0,60}takip edin.{0,40}`,
  String.raw`(?:(?:facebook|twitter|whatsapp|x)['’]?\p{L}{0,3} )?paylaş(?:ın)?|yazdır|reklam|(?:.{0,100} )?tüm hakları saklıdır|.{0,60}\bçerez(?:ler)?\b.{0,40}kullan.{0,80}|çerezleri kabul et|gizlilik politikası`,
];

const AZERBAIJANI = [
  String.raw`${NO_NEWS}.{0,60}(?:tətbiq|proqram)(?:imizi|ini)\b.{0,60}\b(?:endirin|yükləyin|endirə bilərsiniz|yükləyə bilərsiniz)(?: .{0,20})?`,
  String.raw`(?:ilk )?(?:şərh|rəy)(?:i|inizi)? (?:yaz|bildir|yazın|bildirin|əlavə et)|şərhlər(?: \(?\d+\)?)?|bu (?:mövzuda|barədə) (?:fikriniz|nə düşünürsünüz|rəyiniz)\b.{0,20}`,
  String.raw`(?:daha )?ətraflı(?: oxu| oxuyun)?|davamını oxu(?:yun)?|(?:oxşar|əlaqəli) xəbərlər|ən çox oxunanlar|həmçinin oxuyun\b.{0,160}`,
  String.raw`${NO_NEWS}(?:xəbər )?bülleten(?:imizə|ə)\b.{0,60}abunə ol(?:un)?|abunə ol(?:un)?|bizi .{0,60}izləyin.{0,40}`,
  String.raw`(?:(?:facebook|twitter|whatsapp|x)-?\p{L}{0,3} )?paylaş(?:ın)?|çap et|reklam|(?:.{0,100} )?bütün hüquqlar(?:ı)? qorunur|.{0,60}\b(?:kuki|çərəz)\p{L}*\b.{0,40}istifadə.{0,80}|məxfilik siyasəti`,
];

const ALL = [ENGLISH, GERMAN, FRENCH, SPANISH, TURKISH, AZERBAIJANI].flat();

/** `\b` knows only the letters a to z. */
const WORD_EDGE = String.raw`(?:(?<![\p{L}\p{N}])(?=[\p{L}\p{N}])|(?<=[\p{L}\p{N}])(?![\p{L}\p{N}]))`;

/** What a sentence of a site about itself looks like, without its final stop and with straight apostrophes. */
export const BOILERPLATE: readonly RegExp[] = ALL.map(
  (source) => new RegExp(`^(?:${source.replaceAll('\\b', WORD_EDGE)})$`, 'iu'),
);
