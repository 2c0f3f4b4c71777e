using EarlyWarning.Driver.Judging;
using EarlyWarning.Driver.Measuring;
using EarlyWarning.Driver.Reports;
using EarlyWarning.Load.Tests.Infrastructure;

namespace EarlyWarning.Load.Tests.Judging;

public class BottleneckTests
{
    private const string Closed = "closed, 16 callers";

    [Fact]
    public void Find_WithNoProcessorFree_NamesTheProcessorsAndWhoUsesMost()
    {
        var findings = Bottleneck.Find(SampleRun.With(SampleRun.Flow(Closed), busy: 97));

        Assert.Contains(findings, finding =>
            finding.Contains("Processors limit: none is free, and suite uses most", StringComparison.Ordinal)
        );
    }

    [Fact]
    public void Find_WithOthersOnTheMachine_SaysSo()
    {
        var findings = Bottleneck.Find(SampleRun.With(SampleRun.Flow(Closed), busy: 97) with { Processors = 8 });

        Assert.Contains(findings, finding => finding.Contains("Other programs took 6.1 of the processors", StringComparison.Ordinal));
    }

    [Fact]
    public void Find_WhereAllThatWasOfferedWasAnswered_SaysThatNothingLimits() =>
        Assert.Contains(Bottleneck.Find(SampleRun.With()), finding => finding.StartsWith("Nothing limits", StringComparison.Ordinal));

    [Fact]
    public void Find_WhereAQueueGrewAndProcessorsWaitForTheDisk_NamesTheDisk()
    {
        var findings = Bottleneck.Find(SampleRun.With(SampleRun.Flow(calls: 700), waiting: 40));

        Assert.Contains(findings, finding => finding.StartsWith("The disk limits", StringComparison.Ordinal));
        Assert.Contains(findings, finding => finding.Contains("70 % of what was offered was answered", StringComparison.Ordinal));
    }

    [Fact]
    public void Find_WhereTheLinkIsFull_NamesTheNetwork() =>
        Assert.Contains(Bottleneck.Find(SampleRun.With(SampleRun.Flow(calls: 700)) with { LinkMegabits = 4 }), finding =>
            finding.StartsWith("The network limits: 3 Mbit", StringComparison.Ordinal)
        );

    [Fact]
    public void Find_WhereNeitherIsAtItsEnd_NamesTheCommitterWithItsFigures()
    {
        var run = SampleRun.With(
            SampleRun.Flow(Closed),
            samples:
            [
                SampleRun.Sample(6, 50, 0, (SuiteMetrics.Appends, 1_000), (SuiteMetrics.Recorded, 10_000)),
                SampleRun.Sample(16, 50, 0, (SuiteMetrics.Appends, 5_000), (SuiteMetrics.Recorded, 50_000)),
            ]
        );

        var findings = Bottleneck.Find(run);

        Assert.Contains(findings, finding =>
            finding.Contains("400 entries a second are committed, in groups, by one committer", StringComparison.Ordinal)
        );
        Assert.Contains(findings, finding => finding.Contains("of 10.0 observations each", StringComparison.Ordinal));
    }

    [Fact]
    public void Find_WhereCallsWereSentLate_BlamesTheClient()
    {
        var flow = SampleRun.Flow() with { Response = SampleRun.Milliseconds(5, 90), Service = SampleRun.Milliseconds(5, 10) };

        Assert.Contains(Bottleneck.Find(SampleRun.With(flow)), finding => finding.Contains("were sent late", StringComparison.Ordinal));
    }

    [Fact]
    public void Of_Slopes_ReadTheSecondHalfAndTheStoreByObservation()
    {
        var samples = Enumerable
            .Range(1, 200)
            .Select(i => SampleRun.Sample(i, 50, 0, (SuiteMetrics.StoreSize, 1e6 + (i * 5_000)), (SuiteMetrics.Recorded, i * 100)))
            .ToList();

        var slopes = Slopes.Of(samples, warmup: 5);

        // The sample's memory grows by a MB a second.
        Assert.Equal(3_600, slopes.MemoryMegabytesAnHour!.Value, 3);
        Assert.Equal(50, slopes.DiskBytesAnObservation!.Value, 6);
        Assert.Equal(18, slopes.DiskMegabytesAnHour!.Value, 6);
    }

    [Fact]
    public void Of_SlopesOfAShortRun_SayNothing() =>
        Assert.Null(Slopes.Of([.. Enumerable.Range(1, 30).Select(i => SampleRun.Sample(i, 50))], 5).MemoryMegabytesAnHour);

    [Fact]
    public void Say_WhereP99LeavesTheLimitForGood_NamesTheRateBefore()
    {
        var windows = Enumerable.Range(1, 30).Select(i => new Window(i, i, i, 100 * i, 0, 5, i is 8 or > 20 ? 900 : 20, 900, 1)).ToList();

        var said = Knee.Say(SampleRun.Flow() with { Windows = windows }, warmup: 0);

        Assert.Contains("up to 2,000 observations a second", said, StringComparison.Ordinal);
        Assert.Contains("after 21 s", said, StringComparison.Ordinal);
    }
}
