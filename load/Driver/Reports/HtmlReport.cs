using System.Net;
using System.Text;

namespace EarlyWarning.Driver.Reports;

/// <summary>The report for people: one page that needs nothing beside itself, light or dark as its reader has it.</summary>
internal static class HtmlReport
{
    private const string Style = """
        :root{color-scheme:light dark;--ink:#1b1f24;--dim:#5a6470;--paper:#fff;--card:#f4f6f8;--line:#d5dae0;--good:#116b3a;--bad:#b3261e;
        --c0:#1f5fbf;--c1:#b8500f;--c2:#1b7f5c;--c3:#8a3fa0;--c4:#8c6d00;--c5:#b02a5b}
        @media (prefers-color-scheme:dark){:root{--ink:#e6e9ee;--dim:#a3adb8;--paper:#14171b;--card:#1e2329;--line:#3a424c;--good:#5fd08f;
        --bad:#ff8a80;--c0:#79b0ff;--c1:#ffab70;--c2:#66d1a8;--c3:#d6a0e8;--c4:#e3c55a;--c5:#ff8fb4}}
        body{margin:0 auto;max-width:1500px;padding:1.5rem;font:16px/1.5 system-ui,sans-serif;color:var(--ink);background:var(--paper)}
        h1{margin:0;font-size:1.5rem}h2{font-size:1.15rem;margin:2rem 0 .5rem}p{margin:.3rem 0}.dim{color:var(--dim)}
        .verdict{font-weight:600;font-size:1.1rem}.good{color:var(--good)}.bad{color:var(--bad)}
        table{border-collapse:collapse;width:100%;font-variant-numeric:tabular-nums}
        th,td{padding:.3rem .6rem;border-bottom:1px solid var(--line);text-align:right}
        th:first-child,td:first-child{text-align:left}td:last-child,th:last-child{white-space:nowrap}.wide{overflow-x:auto}
        .charts{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,520px),1fr));gap:1rem}
        figure{margin:0;background:var(--card);border-radius:8px;padding:.75rem}figcaption{font-weight:600}svg{width:100%;height:auto}
        svg text{font-size:12px;fill:var(--dim)}.grid{stroke:var(--line)}.warm{fill:var(--line);opacity:.45}
        .line{fill:none;stroke-width:1.8}.key{color:var(--dim);font-size:.9rem}.key span{margin-right:1rem}
        .key i{display:inline-block;width:1.2rem;height:.25rem;margin-right:.35rem;vertical-align:middle}
        .c0{stroke:var(--c0);background:var(--c0)}.c1{stroke:var(--c1);background:var(--c1)}.c2{stroke:var(--c2);background:var(--c2)}
        .c3{stroke:var(--c3);background:var(--c3)}.c4{stroke:var(--c4);background:var(--c4)}.c5{stroke:var(--c5);background:var(--c5)}
        """;

    private static string Verdict(RunReport run) =>
        run.CutShortOf is { } meant ? FormattableString.Invariant($"Cut short: {meant:0} s were meant to be measured.")
        : run.Holds ? "Every limit holds."
        : "A limit fails.";

    public static string Write(RunReport run)
    {
        var page = new StringBuilder();
        Add("""<!doctype html><html lang="en"><head><meta charset="utf-8">""");
        Add("""<meta name="viewport" content="width=device-width,initial-scale=1">""");
        Add($"<title>Load: {Safe(run.Scenario)}</title><style>{Style}</style></head><body>");
        Add($"<h1>{Safe(run.Scenario)}</h1><p>{Safe(run.Says)}</p>");
        Add($"""<p class="dim">Against {Safe(run.Target)}. {Safe(run.Machine)}. {run.Started:yyyy-MM-dd HH:mm} UTC; """);
        Add($"{run.WarmupSeconds:0} s of warm-up, {run.Seconds:0} s measured.</p>");
        Add($"""<p class="verdict {(run.Holds ? "good" : "bad")}">{Verdict(run)}</p>""");
        Table("Limits", ["Limit", "Measured", "Allowed", ""], run.Limits.Select(Row));
        Table(
            "Flows",
            ["Flow", "Model", "Items a second", "Answered", "Failed", "Median", "p90", "p99", "p99.9", "Max"],
            run.Flows.SelectMany(Rows)
        );
        Add("""<p class="dim">Milliseconds. A response counts from the moment at which a call was meant to begin (open model) or began """);
        Add("(closed). Corrected: as if each caller had gone on calling at its pace while it waited.</p>");
        Add("<h2>What limits, and why</h2><ul>");
        foreach (
            var finding in run.Findings.Concat(run.Flows.Where(flow => !flow.Waits).Select(flow => $"{flow.Name}: {flow.Steady.Says}."))
        )
        {
            Add($"<li>{Safe(finding)}</li>");
        }

        Add("</ul>");
        Charts(run, page);
        Table(
            "Processes",
            ["Process", "Processors", "µs an item", "MB at most"],
            run.Processes.Select(process =>
                (string[])[process.Name, $"{process.Processors:0.00}", $"{process.MicrosecondsAnItem:0.00}", $"{process.Megabytes:0}"]
            )
        );
        Table("Beside", ["What", "Measured"], TextReport.Facts(run).Select(fact => (string[])[fact.Name, fact.Value]));
        if (run.Reconciliation is { } found)
        {
            Table(
                "The client's ledger and the store",
                ["What", ""],
                found
                    .Differences.Select(what => (string[])[what, "differs"])
                    .Concat(found.Agreements.Select(what => (string[])[what, "agrees"]))
            );
        }

        return page.Append("</body></html>").ToString();

        void Add(string text) => page.Append(text);

        void Table(string title, string[] heads, IEnumerable<string[]> rows)
        {
            var all = rows.ToList();
            if (all.Count > 0)
            {
                Add($"""<h2>{title}</h2><div class="wide"><table><thead><tr>{Cells("th", heads)}</tr></thead><tbody>""");
                all.ForEach(row => Add($"<tr>{Cells("td", row)}</tr>"));
                Add("</tbody></table></div>");
            }
        }
    }

    private static string Cells(string tag, string[] texts) => string.Concat(texts.Select(text => $"<{tag}>{Safe(text)}</{tag}>"));

    private static string[] Row(JudgedLimit limit) =>
        [limit.Name, TextReport.Value(limit.Value), limit.Bound, limit.Holds ? "holds" : "FAILS"];

    private static IEnumerable<string[]> Rows(FlowReport flow)
    {
        string[] counts =
        [
            $"{flow.ItemsPerSecond:N0} {flow.Unit}",
            $"{flow.Calls:N0} of {flow.Offered:N0}",
            $"{flow.Failed + flow.Dropped:N0}",
        ];
        if (flow.Waits)
        {
            yield return [flow.Name, flow.Model, .. counts, "", "", "", "", ""];
            yield break;
        }

        yield return [flow.Name, flow.Model, .. counts, .. Figures(flow.Response)];
        yield return ["", "from the sending", "", "", "", .. Figures(flow.Service)];
        if (flow.Corrected is { } corrected)
        {
            yield return ["", "corrected", "", "", "", .. Figures(corrected)];
        }
    }

    private static string[] Figures(Latency latency) =>
        [.. new[] { latency.P50, latency.P90, latency.P99, latency.P999, latency.Max }.Select(value => $"{value:0.00}")];

    private static void Charts(RunReport run, StringBuilder page)
    {
        page.Append("<h2>Second by second</h2><div class=\"charts\">");
        foreach (var chart in RunCharts.Of(run))
        {
            page.Append(chart.Draw());
        }

        page.Append("</div><p class=\"dim\">The shaded part is the warm-up.</p>");
    }

    private static string Safe(string text) => WebUtility.HtmlEncode(text);
}
