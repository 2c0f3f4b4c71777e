using System.Xml.Linq;
using EarlyWarning.Driver.Reports;
using EarlyWarning.Driver.Scenarios;
using EarlyWarning.Load.Tests.Infrastructure;

namespace EarlyWarning.Load.Tests.Reports;

public class ReportTests
{
    private static readonly RunReport s_run = SampleRun.With() with
    {
        Limits = [Limit.P99("reports", 10).Judge(SampleRun.With()), Limit.Reconciled.Judge(SampleRun.With())],
        Findings = ["Nothing limits."],
    };

    [Fact]
    public void Write_AsPage_NeedsNothingBesideItself()
    {
        var page = HtmlReport.Write(s_run);

        Assert.DoesNotContain("http:", page, StringComparison.Ordinal);
        Assert.DoesNotContain("https:", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<script", page, StringComparison.Ordinal);
        Assert.Contains("prefers-color-scheme:dark", page, StringComparison.Ordinal);
    }

    [Fact]
    public void Write_AsPage_IsWellFormedAndSaysWhatFailed()
    {
        var page = HtmlReport.Write(s_run);
        var tree = XDocument.Parse(
            page.Replace("<!doctype html>", "", StringComparison.Ordinal)
                .Replace("<meta charset=\"utf-8\">", "", StringComparison.Ordinal)
                .Replace("<meta name=\"viewport\" content=\"width=device-width,initial-scale=1\">", "", StringComparison.Ordinal)
        );

        Assert.Equal(6, tree.Descendants("svg").Count(svg => svg.Elements("polyline").Any()));
        Assert.Contains("A limit fails.", page, StringComparison.Ordinal);
        Assert.Contains("Says what &lt;it&gt; is.", page, StringComparison.Ordinal);
    }

    [Fact]
    public void Write_OfARunThatWasEndedEarly_SaysSoAndHoldsNothing()
    {
        var run = SampleRun.With() with { Seconds = 12, CutShortOf = 60 };
        StringWriter text = new();

        TextReport.Write(run, text);

        Assert.False(run.Holds);
        Assert.Contains("CUT SHORT: 60 s were meant", text.ToString(), StringComparison.Ordinal);
        Assert.Contains("Cut short: 60 s were meant", HtmlReport.Write(run), StringComparison.Ordinal);
    }

    [Fact]
    public void Draw_WithValuesInTheWarmUp_KeepsEveryPointInside()
    {
        var chart = new LineChart("A chart", "s", "ms", [new("one", [(1, 0), (2, 5), (30, 12_345)])]) { MeasuredFrom = 5 };

        var points = XDocument
            .Parse(chart.Draw())
            .Descendants("polyline")
            .SelectMany(line => line.Attribute("points")!.Value.Split(' '))
            .Select(point => Array.ConvertAll(point.Split(','), double.Parse))
            .ToList();

        Assert.Equal(3, points.Count);
        Assert.All(points, point => Assert.True(point[0] is >= 0 and <= 720 && point[1] is >= 0 and <= 260));
    }

    [Fact]
    public void Draw_ByPowersOfTen_LeavesOutWhatIsNotAboveZero()
    {
        var chart = new LineChart("A chart", "s", "ms", [new("one", [(1, 1), (2, 10), (3, 0), (4, 100), (5, 10)])])
        {
            IsLogarithmic = true,
        };

        Assert.Equal(2, XDocument.Parse(chart.Draw()).Descendants("polyline").Count());
    }

    [Fact]
    public void Write_AsText_NamesTheLimitThatFails()
    {
        var text = new StringWriter();
        TextReport.Write(s_run, text);

        Assert.Contains("FAILS   p99 of reports: 20, at most 10 ms", text.ToString(), StringComparison.Ordinal);
        Assert.Contains("holds   differences from the store: 0, at most 0", text.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Read_OfWhatWasWritten_IsTheSame()
    {
        var read = JsonReport.Read(JsonReport.Write(s_run));

        Assert.Equal(s_run.Flows[0].Response.P99, read.Flows[0].Response.P99);
        Assert.Equal(s_run.Samples.Count, read.Samples.Count);
        Assert.Equal(s_run.Processes, read.Processes);
        Assert.Equal(s_run.Limits, read.Limits);
    }
}
