/** The page: type, masthead, verdict, sections, findings. */
export const layoutRules = `*{box-sizing:border-box}
html{-webkit-text-size-adjust:100%;text-size-adjust:100%;scroll-padding-top:1rem}
body{margin:0;background:var(--page);color:var(--text);font:1rem/1.5 system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue",Arial,sans-serif;font-variant-numeric:tabular-nums;overflow-wrap:break-word}
code,pre,.id{font-family:ui-monospace,SFMono-Regular,Menlo,Consolas,"Liberation Mono",monospace;font-size:.92em}
a{color:var(--link);text-underline-offset:.15em}
a:focus-visible,summary:focus-visible,[tabindex]:focus-visible{outline:3px solid var(--link);outline-offset:2px;border-radius:2px}
h1,h2,h3,h4,h5{line-height:1.25;margin:0;text-wrap:balance}
h1{font-size:1.9rem;letter-spacing:-.015em}
h2{font-size:1.3rem;letter-spacing:-.01em;margin:0 0 .75rem}
h3{font-size:1.15rem;display:flex;flex-wrap:wrap;gap:.25rem .75rem;align-items:baseline;justify-content:space-between}
h4{font-size:1rem;display:flex;flex-wrap:wrap;gap:.1rem .75rem;align-items:baseline}
h5{font-size:.8rem;color:var(--muted);font-weight:600;margin:1rem 0 .25rem}
p{margin:.5rem 0}
small{display:block;color:var(--muted);font-size:.82rem}
.skip{position:absolute;left:-100rem;top:0;background:var(--surface);padding:.5rem 1rem}
.skip:focus{left:.5rem;z-index:1}
.masthead,.contents,main,footer{max-width:70rem;margin:0 auto;padding:0 1.5rem}
.masthead{padding-top:2.5rem}
.eyebrow{margin:0 0 .25rem;color:var(--muted);font-size:.85rem;font-weight:600}
.dates{color:var(--muted);margin:.35rem 0 0}
.contents ul{display:flex;flex-wrap:wrap;gap:.25rem 1.25rem;list-style:none;margin:1rem 0 1.5rem;padding:.6rem 0;border-block:1px solid var(--line);font-size:.9rem}
main>section{margin:0 0 2.5rem}
footer{color:var(--muted);font-size:.85rem;padding-bottom:3rem}
.s-breached{--state:var(--breached)}.s-unverified{--state:var(--unverified)}.s-pending{--state:var(--pending)}.s-risk{--state:var(--risk)}.s-met{--state:var(--met)}.s-waived{--state:var(--waived)}.s-none{--state:var(--muted)}
.w-used{--state:var(--met)}.w-expired{--state:var(--breached)}.w-unmatched{--state:var(--unverified)}
.state{color:var(--state);font-weight:600;white-space:nowrap}
h3 .state,h4 .state{font-size:.95rem}
.verdict,.identity,.clause,.finding{background:var(--surface);border:1px solid var(--line);border-radius:.5rem;padding:1.25rem 1.5rem}
.verdict{border-left:.4rem solid var(--state)}
.verdict h2{font-size:.85rem;color:var(--muted);font-weight:600;letter-spacing:0;margin:0}
.sentence{font-size:1.5rem;font-weight:650;line-height:1.3;letter-spacing:-.01em;margin:.15rem 0 1rem}
.glyph{color:var(--state)}
.tiles{list-style:none;display:flex;flex-wrap:wrap;gap:.75rem 2.25rem;margin:0;padding:0}
.tiles b{display:block;font-size:1.6rem;font-weight:600;line-height:1.15}
.tiles span{font-size:.9rem;font-weight:600;color:var(--state,var(--muted))}
.tiles .none b{color:var(--muted);font-weight:400}
.tiles .none span{font-weight:400;color:var(--muted)}
.others{color:var(--muted);margin:.9rem 0 0}
.verdict+.identity{margin-top:-1.25rem}
.facts{display:grid;grid-template-columns:repeat(auto-fill,minmax(15rem,1fr));gap:.6rem 2rem;margin:.75rem 0 0;font-size:.92rem}
.facts>div:has(.digest){grid-column:1/-1}
.facts dt{color:var(--muted);font-size:.82rem}
.facts dd{margin:0;min-width:0;overflow-wrap:anywhere}
.id,h1,h3,.headline,.mark,.notes{overflow-wrap:anywhere}
.digest{font-size:.78rem;color:var(--muted)}
.clause{margin:1.25rem 0 0}
.promise{font-size:1.05rem;margin:.5rem 0 0}
.meta{color:var(--muted);font-size:.88rem;margin:.35rem 0 0}
.text{color:var(--muted);max-width:46rem;margin:.25rem 0 0;text-wrap:pretty}
.gaps,.more,.none{color:var(--muted);font-size:.92rem}
.finding{border-width:0 0 0 .25rem;border-left-color:var(--state);margin:1.75rem 0 0;padding:.1rem 0 .1rem 1.25rem;border-radius:0}
.finding:target,tr:target>*,.clause:target{background:var(--raised)}
.headline{font-size:1.05rem;margin:.3rem 0 .5rem}
.mark{color:var(--state);font-weight:600;margin:.25rem 0}
.columns{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(26rem,100%),1fr));gap:0 2.5rem}
.columns .facts{display:block;margin:0;font-size:.9rem}
.columns .facts>div{display:grid;grid-template-columns:6.5rem minmax(0,1fr);gap:.75rem;padding:.12rem 0}
.columns .facts dt{font-size:.9rem}
.at{white-space:nowrap}
.notes,.warnings{margin:.25rem 0 0;padding-left:1.1rem;font-size:.92rem}
.warnings{list-style:none;padding:0}
.warnings li{padding:.4rem 0;border-bottom:1px solid var(--line)}
.chart{margin:1rem 0}
.chart figcaption{font-size:.9rem}
.chart figcaption span{color:var(--muted)}
.chart>svg{display:block;max-width:960px;margin:.5rem 0 0;padding:0 28px 0 76px;font-size:13px}
.chart>svg.bare{padding:0 24px 0 0}
.chart svg{overflow:visible}
.chart text{fill:var(--muted);paint-order:stroke;stroke:var(--surface);stroke-width:3px;stroke-linejoin:round}
.chart .ink-text{fill:var(--text)}
.chart .ink-breached{fill:var(--breached)}
.chart .bold{font-weight:600}
.chart svg path{vector-effect:non-scaling-stroke}
.chart .narrow{display:none}
.key{display:flex;flex-wrap:wrap;gap:.1rem 1.25rem;color:var(--muted);font-size:13px;margin:.25rem 0}
.swatch{vertical-align:-2px}
.scroll{overflow-x:auto;margin:.5rem 0}
details{margin:.5rem 0;font-size:.92rem}
summary{cursor:pointer;color:var(--link)}
.kept>summary{font-weight:600}
pre{background:var(--raised);border:1px solid var(--line);border-radius:.35rem;padding:.75rem 1rem;overflow-x:auto;overflow-wrap:normal;line-height:1.45}
@media screen and (max-width:40rem){
.chart>svg{padding:0 20px 0 66px}
.chart>svg,.key{font-size:12px}
.chart .wide{display:none}
.chart .narrow{display:inline}
.masthead,.contents,main,footer{padding-inline:1rem}
.masthead{padding-top:1.5rem}
h1{font-size:1.5rem}
.sentence{font-size:1.25rem}
.at{white-space:normal}
.tiles{display:grid;grid-template-columns:repeat(auto-fill,minmax(8.25rem,1fr));gap:.75rem 1rem}
.verdict,.identity,.clause{padding:1rem}
.finding{padding:.1rem 0 .1rem .85rem}
.columns .facts>div{grid-template-columns:5.5rem minmax(0,1fr);gap:.5rem}
}
`
