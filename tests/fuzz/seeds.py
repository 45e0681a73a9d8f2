"""Where the fuzzers begin: small files with every defect that the rules know."""

from __future__ import annotations

from pathlib import Path

LETTER = """\
# **Ministry of Ferries**

12 March 2031

The Honorable Orla Quist
Minister of Tides

## Dear Minister Quist:

The ferries are late.<sup>1</sup> They cost $5 or $6 more than the “barge”,[2] under
law.3 A quay of 40 m² was pro-
mised, but the board has not

Page 2 of 3

decided upon it.

## Sincerely,

Wilma Achterhof               Dov Castell
Member of the Board           Treasurer

<sup>1</sup> Quist, Orla, and Holm, Ada. “The late ferry.” *The Estuary Post*, May 4, 2030. https://post.example/a?utm_source=x&id=3
[2] Ibid., p. 4
3. *The Law of Quays*, https://law.example/2030/05/
quays.html
"""
ARTICLE = """\
The salt road is closed | Daily Loaf

By Ottoline Grau | 3 March 2021 | 4 min read

Share on Facebook

TARN HAVEN, 3 March 2021 — The salt road is closed donâ€™t you know, said the &ldquo;keeper&rdquo; of it.

OFFICIAL LOAF Price(LOAF)
$3.305
+1.84%

The road must open. — Ottoline Grau (@PM_Grau) March 3, 2021

$^{3}$ AT&T; sells ﬁsh, $\\underline{https://a.example/x\\_y}$ and \u00adsoft\u200b words.

Source: https://www.marsh-and-mirror.example/salt

The post The salt road is closed appeared first on LedgerGull.example.

You may also like

Bread is dear
© 2021 Daily Loaf
"""
RELEASE = """\
FOR IMMEDIATE RELEASE
Contact: Ann Lee, press@ferries.example.org

TABLE OF CONTENTS
1. What was found ........ 2
2. What was not .......... 7

- The first (c) of them
- The second

| a | b |
|---|---|
| 1 | 2 |

> quoted

###
"""
PAGE = """\
<!doctype html><html lang="en"><head><title>The salt road | Daily Loaf</title>
<meta property="article:published_time" content="2021-03-03"><script>alert(1)</script></head>
<body><nav><a href="/">Home</a></nav><article><h1>The salt road</h1><p class="byline">By Ottoline Grau</p>
<p>The road is closed.<sup id="r1"><a href="#n1">1</a></sup> <i>Nobody</i> &amp; <b>all</b></p>
<blockquote class="twitter-tweet"><p>Open it.</p>
&mdash; Ottoline Grau (@PM_Grau) <a href="#">March 3, 2021</a></blockquote>
<table><tr><td>1<td>2</table><ul><li>one<li>two</ul><ol class="footnotes"><li id="n1">See <em>The Post</em>.</li></ol>
</article><footer>© 2021 Daily Loaf</footer></body></html>
"""
TEXTS = (LETTER, ARTICLE, RELEASE)
PAGES = (PAGE, "<html><body><pre>a\n b</pre><dl><dt>x<dd>y</dl><form><p onclick=x>z</form>")


def write_seeds(folder: Path, seeds: tuple[str, ...]) -> None:
    """Write the seeds into a folder, each whole and in its paragraphs."""
    folder.mkdir(parents=True, exist_ok=True)
    parts = {part for seed in seeds for part in (seed, *seed.split("\n\n"))}
    for number, part in enumerate(sorted(parts)):
        (folder / f"seed-{number:03}").write_bytes(part.encode())
