using System.Collections.Concurrent;
using EarlyWarning.Cli.Tests.Infrastructure;
using Grpc.Core;

namespace EarlyWarning.Cli.Tests.Importing;

public class SendingTests
{
    [Fact]
    public async Task Import_OfManyRows_KeepsTheSuitesLimits()
    {
        await using var suite = await FakeSuite.StartAsync();
        using var folder = new TemporaryFolder();

        var run = await suite.EwAsync("import", folder.Write("o.csv", LongImportTests.Csv(rows: 500)));

        Assert.Equal(0, run.Code);
        Assert.Equal(500, suite.Observations.Recorded.Count);
        Assert.Equal((4, 1), (suite.Observations.LargestBatch, suite.Observations.Streams));
        Assert.InRange(suite.Observations.MostUnanswered, 2, 3);
    }

    [Fact]
    public async Task Import_StreamBreaks_SendsTheUnansweredAgainAndLosesNone()
    {
        await using var suite = await FakeSuite.StartAsync();
        suite.Observations.BreakAt = batch => batch is 3 or 7 or 8 ? Refusal.Lost() : null;
        using var folder = new TemporaryFolder();

        var run = await suite.EwAsync("import", folder.Write("o.csv", LongImportTests.Csv(rows: 60)), "--json");

        Assert.Equal(0, run.Code);
        Assert.Equal(60, suite.Observations.Recorded.Count);
        Assert.Equal(4, suite.Observations.Streams);
        var summary = System.Text.Json.JsonDocument.Parse(run.Out).RootElement;
        Assert.Equal(60, summary.GetProperty("recorded").GetInt32() + summary.GetProperty("duplicates").GetInt32());
        Assert.True(summary.GetProperty("resent").GetInt32() >= 12, run.Out);
        Assert.Contains("unanswered batches go out again", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Import_SuitePutsItemsOff_SendsThoseAgainWithGrowingWaits()
    {
        await using var suite = await FakeSuite.StartAsync();
        var asked = new ConcurrentDictionary<double, int>();
        suite.Observations.PutOff = one => one.Value is 5 or 6 && asked.AddOrUpdate(one.Value, 1, (_, times) => times + 1) <= 3;
        using var folder = new TemporaryFolder();

        var run = await suite.EwAsync("import", folder.Write("o.csv", LongImportTests.Csv(rows: 12)));

        Assert.Equal(0, run.Code);
        Assert.Equal(12, suite.Observations.Recorded.Count);
        Assert.Contains("6 sent again", run.Out, StringComparison.Ordinal);
        Assert.Equal((4, 4), (asked[5], asked[6]));
        Assert.True(suite.Time.Waits.Max() > TimeSpan.FromMilliseconds(500), string.Join(' ', suite.Time.Waits));
    }

    [Fact]
    public async Task Import_OneCountryStaysPutOff_GivesItUpAndRecordsTheOthers()
    {
        await using var suite = await FakeSuite.StartAsync();
        suite.Observations.PutOff = one => one.Country == "XAB";
        using var folder = new TemporaryFolder();

        // The clock jumps with each wait, so that the patience is soon over.
        var run = await suite.EwAsync("import", folder.Write("o.csv", LongImportTests.Csv(rows: 12)), "--patience", "2s");

        Assert.Equal(4, run.Code);
        Assert.Equal(8, suite.Observations.Recorded.Count);
        Assert.Contains("4 rejected", run.Out, StringComparison.Ordinal);
        Assert.Contains("STORE_UNAVAILABLE", run.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Import_SuiteTakesNothing_EndsAfterThePatienceAndSaysToRunItAgain()
    {
        await using var suite = await FakeSuite.StartAsync();
        suite.Observations.PutOff = _ => true;
        using var folder = new TemporaryFolder();

        var run = await suite.EwAsync("import", folder.Write("o.csv", LongImportTests.Csv(rows: 12)), "--patience", "30s");

        Assert.Equal(1, run.Code);
        Assert.Contains(
            "the suite has taken nothing for 0.5 min: The store does not answer. (STORE_UNAVAILABLE)",
            run.Error,
            StringComparison.Ordinal
        );
        Assert.Contains("0 recorded", run.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Import_StreamRefused_EndsWith1AndTheReason()
    {
        await using var suite = await FakeSuite.StartAsync();
        suite.Observations.BreakAt = _ => Refusal.Of(StatusCode.PermissionDenied, "PERMISSION_DENIED", "This key may not record.");
        using var folder = new TemporaryFolder();

        var run = await suite.EwAsync("import", folder.Write("o.csv", LongImportTests.Csv(rows: 12)));

        Assert.Equal(1, run.Code);
        Assert.Contains("ew: This key may not record. (PERMISSION_DENIED)", run.Error, StringComparison.Ordinal);
        Assert.Equal(1, suite.Observations.Streams);
    }

    [Fact]
    public async Task Import_OnATerminal_ShowsAProgressBar()
    {
        await using var suite = await FakeSuite.StartAsync();
        using var folder = new TemporaryFolder();

        var run = await suite.EwOnAsync(
            new()
            {
                Out = TextWriter.Null,
                Error = TextWriter.Null,
                IsErrorTerminal = true,
            },
            "import",
            folder.Write("o.csv", LongImportTests.Csv(rows: 12))
        );

        Assert.Equal(0, run.Code);
        Assert.Contains("100%", run.Error, StringComparison.Ordinal);
        Assert.Contains("12 recorded", run.Out, StringComparison.Ordinal);
    }
}
