namespace IntegrationHub.Functions.Plans;

/// <summary>The style sheet of the HTML plan. Text has a contrast of at least 7:1, and no information is conveyed by colour alone.</summary>
internal static class PlanHtmlStyle
{
    internal static string Css { get; } = Base + string.Concat(Enumerable.Range(5, 60).Select(share => $"col.w{share}{{width:{share}%}}\n"));

    private const string Base = """
        :root{color-scheme:light}
        *{box-sizing:border-box}
        body{margin:0 auto;max-width:72rem;padding:0 1rem 2rem;font:1.0625rem/1.5 Arial,"Liberation Sans",sans-serif;color:#0b0c0c;background:#fff}
        h1{font-size:1.9rem;line-height:1.2;margin:1.5rem 0 .5rem}
        h2{font-size:1.4rem;line-height:1.25;margin:2rem 0 .75rem;border-top:3px solid #1d3557;padding-top:.75rem}
        h3{font-size:1.15rem;margin:1.25rem 0 .5rem}
        p{margin:0 0 .75rem;max-width:44rem}
        .status{font-weight:bold;border-left:6px solid #1d3557;padding-left:.75rem}
        a{color:#1a3f8b;text-decoration:underline;text-underline-offset:.15em}
        a:focus-visible,.frame:focus-visible,main:focus-visible{outline:3px solid #0b0c0c;outline-offset:2px;background:#fff3bf}
        nav li{margin:.1rem 0}
        nav a{display:inline-block;padding:.2rem 0;min-height:1.5rem}
        .skip{position:absolute;left:-999rem;padding:.75rem 1rem;background:#fff;color:#0b0c0c}
        .skip:focus{left:1rem;top:.5rem;z-index:1}
        dl{margin:0 0 1rem;display:grid;grid-template-columns:repeat(auto-fit,minmax(16rem,1fr));gap:.25rem 1.5rem}
        dt{font-weight:bold}dd{margin:0 0 .5rem}
        .frame{overflow-x:auto}
        table{border-collapse:collapse;width:100%;min-width:46rem;font-size:1rem}
        caption{text-align:left;font-weight:bold;padding:0 0 .4rem}
        th,td{border:1px solid #505a5f;padding:.5rem;text-align:left;vertical-align:top;overflow-wrap:anywhere}
        th{overflow-wrap:break-word}
        thead th{background:#eef1f4}
        tbody th{font-weight:bold;font-size:inherit}
        .summary tbody th{font-weight:normal}
        .under{display:block;margin-top:.4rem;font-size:.9375rem;color:#383f43}
        footer{margin-top:2rem;border-top:1px solid #505a5f;padding-top:.75rem}
        @page{size:A4;margin:16mm 14mm}
        @media print{
        body{max-width:none;padding:0;font-size:10.5pt;line-height:1.4}
        h1{font-size:19pt;margin-top:0}h2{font-size:14pt;margin-top:14pt;padding-top:6pt;break-after:avoid}h3{font-size:12pt;margin:9pt 0 4pt;break-after:avoid}
        p{max-width:none}
        dl{grid-template-columns:1fr 1fr;gap:0 12pt}dl div{display:flex;gap:6pt}dd{margin:0}
        table{min-width:0;font-size:9.5pt}th,td{padding:3pt 5pt}.under{font-size:9pt;margin-top:2pt}
        thead{display:table-header-group}tr{break-inside:avoid}section{break-inside:avoid}
        .frame{overflow:visible;padding-right:1px}.skip,nav{display:none}
        .summary{break-after:page}
        a{color:#0b0c0c}
        }

        """;
}
