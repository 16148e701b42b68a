/**
 * On paper: always light, no row and no head torn from what follows, a running head on each page. Nothing is folded away
 * but the figures of a finding's chart, which its timeline tells just below.
 */
export function printRules(running: string, asOf: string): string {
  return `@page{size:A4;margin:18mm 15mm 16mm;@top-left{content:${running};font:8pt system-ui,sans-serif;color:#556070}@top-right{content:${asOf};font:8pt system-ui,sans-serif;color:#556070}@bottom-right{content:counter(page) " / " counter(pages);font:8pt system-ui,sans-serif;color:#556070}}
@media print{
:root{--page:#fff;color-scheme:light}
html{font-size:9.5pt}
body{-webkit-print-color-adjust:exact;print-color-adjust:exact}
.skip,.contents,summary{display:none}
details::details-content{content-visibility:visible;block-size:auto;display:block}
details:not([open])>:not(summary){display:block}
.masthead,main,footer{max-width:none;padding:0}
a{color:inherit;text-decoration:none}
main>section{margin-bottom:1.5rem}
.clause{border:0;border-top:1.5pt solid var(--line);border-radius:0;padding:.75rem 0 0}
.verdict,.identity{padding:.75rem 1rem}
.finding{padding:.1rem 0 .1rem .75rem}
h1,h2,h3,h4,h5,caption,figcaption,.headline,.promise,.text,.meta,.mark{break-after:avoid;break-inside:avoid}
tr,li,.scroll,.facts>div,.verdict,.identity,h4{break-inside:avoid}
.plain{font-size:.8rem;margin-top:.25rem}
.plain th,.plain td{padding-block:.05rem}
.plain caption{display:none}
thead{display:table-header-group}
p{orphans:3;widows:3}
.scroll{overflow:visible}
.columns{grid-template-columns:1fr 1fr}
.columns .facts>div{grid-template-columns:5rem minmax(0,1fr)}
.finding .chart details{display:none}
.timeline tbody th{white-space:normal;min-width:13.5rem}
.timeline td:nth-child(4){width:auto}
.timeline td:last-child{min-width:8rem}
pre{white-space:pre-wrap}
}
`
}
