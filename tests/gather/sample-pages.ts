const SENTENCES = [
  'The harbour bridge opened to traffic on Friday, two years later than the city had planned.',
  'Engineers replaced all 24 bearings after cracks were found in the spring.',
  'Mayor Ada Lind said the toll would stay at three crowns until the end of the year.',
  'Some 18,000 cars a day are expected to use it, about a third fewer than the old crossing carried.',
];

/** What a good page has to say, paragraph by paragraph. */
export const PARAGRAPHS = SENTENCES.map((sentence) => `<p>${sentence}</p>`).join('\n');
export const TITLE = 'Harbour bridge opens two years late';

/** A news page as sites have them: the article inside menus, share bars, notices and scripts. */
export function writePage(article = PARAGRAPHS, head = ''): string {
  return `<!doctype html><html lang="en"><head><title>${TITLE} - Harbour Times</title>${head}
<script>var page = "<p>We track you everywhere.</p>";</script><style>p { color: red }</style></head>
<body><header><nav><a href="/">Home</a> <a href="/news">News</a> <a href="/sport">Sport</a></nav></header>
<div class="cookie-banner"><p>We use cookies to improve your visit.</p><button>Accept all cookies</button></div>
<main><article><h1>${TITLE}</h1>
<ul class="share"><li><a href="#">Share on Facebook</a></li><li><a href="#">Copy link</a></li></ul>
<figure><img src="/bridge.jpg" width="1200" height="675" alt="The bridge at dawn"><figcaption>The bridge. Photo: Ben Okoro</figcaption></figure>
${article}
<p>Read more</p><p>Subscribe to our newsletter</p></article>
<aside><h2>Most read</h2><p>Ten ways to cook a turnip that you have never tried before, and one you have.</p></aside></main>
<footer><p>Copyright 2026 Harbour Times. All rights reserved.</p></footer></body></html>`;
}
