using System.Diagnostics;
using EarlyWarning.Catalogue.Copies;
using EarlyWarning.Catalogue.Tests.Infrastructure;
using EarlyWarning.Indicators.Tests.Infrastructure;

namespace EarlyWarning.Indicators.Tests.Catalogue;

public sealed class SiloCatalogueTests(SuiteCluster cluster) : IClassFixture<SuiteCluster>
{
    [Fact]
    public async Task At_RevisionBeforeAChange_GivesTheCatalogueOfThenAndSharesTheRest()
    {
        await cluster.Grain.CreateFrameworkAsync(Sample.Tree("past"), [], false);
        await cluster.Catalogue.RefreshAsync(CancellationToken.None);
        var before = cluster.Catalogue.Current;
        var changed = Sample.Tree("past");
        changed.Bands[1].LowerBound = 50;
        await cluster.Grain.CreateFrameworkAsync(changed, [], false);
        await cluster.Catalogue.RefreshAsync(CancellationToken.None);

        var then = cluster.Catalogue.At(before.Revision);

        Assert.Equal((1, 2), (then.Frameworks["past"].Version, cluster.Catalogue.Current.Frameworks["past"].Version));
        Assert.Same(before.Frameworks["past"].Compiled, then.Frameworks["past"].Compiled);
        Assert.Same(then.Indicators, cluster.Catalogue.Current.Indicators);
        Assert.Same(cluster.Catalogue.Current, cluster.Catalogue.At(long.MaxValue));
        Assert.Empty(cluster.Catalogue.At(0).Indicators);
    }

    [Fact]
    public async Task Changed_ChangeMadeElsewhere_CompletesWithoutBeingAsked()
    {
        var revision = cluster.Catalogue.Current.Revision;
        var changed = cluster.Catalogue.ChangedAsync(revision, CancellationToken.None);
        Assert.False(changed.IsCompleted);

        await cluster.Grain.CreateIndicatorsAsync(
            [
                new V1.Indicator
                {
                    Code = "late",
                    DisplayName = "Late",
                    Unit = "units",
                },
            ],
            false
        );
        await changed.WaitAsync(TimeSpan.FromSeconds(30));

        Assert.Contains("late", cluster.Catalogue.Current.Indicators.Keys);
        Assert.True(cluster.Catalogue.ChangedAsync(revision, CancellationToken.None).IsCompleted);
    }

    // What a caller does next may be served by any process that follows.
    [Fact]
    public async Task Write_OthersFollow_IsAnsweredOnceTheyHaveIt()
    {
        SiloCatalogue other = new(cluster.Grain.ChangesAfterAsync);
        await other.RefreshAsync(CancellationToken.None);
        using var stop = new CancellationTokenSource();
        var following = FollowAsync(other, stop.Token);

        var change = await cluster.Grain.CreateIndicatorsAsync(
            [
                new V1.Indicator
                {
                    Code = "followed",
                    DisplayName = "Followed",
                    Unit = "units",
                },
            ],
            false
        );

        Assert.Equal((change.Revision, change.Revision), (other.Current.Revision, cluster.Catalogue.Current.Revision));
        await stop.CancelAsync();
        await following;
    }

    [Fact]
    public async Task Write_AFollowerIsGone_WaitsForItOnce()
    {
        // It has asked once, and asks no more.
        _ = await cluster.Grain.ChangesAfterAsync(0, "gone", TimeSpan.Zero);
        var began = Stopwatch.StartNew();

        await cluster.Grain.CreateIndicatorsAsync(
            [
                new V1.Indicator
                {
                    Code = "late-1",
                    DisplayName = "Late",
                    Unit = "units",
                },
            ],
            false
        );
        var first = began.Elapsed;
        await cluster.Grain.CreateIndicatorsAsync(
            [
                new V1.Indicator
                {
                    Code = "late-2",
                    DisplayName = "Late",
                    Unit = "units",
                },
            ],
            false
        );

        Assert.InRange(first, TimeSpan.FromSeconds(0.9), TimeSpan.FromSeconds(20));
        Assert.True(began.Elapsed - first < TimeSpan.FromSeconds(0.9), $"{began.Elapsed - first}");
    }

    private static async Task FollowAsync(SiloCatalogue catalogue, CancellationToken stop)
    {
        try
        {
            while (true)
            {
                await catalogue.FollowAsync(TimeSpan.FromSeconds(1), stop);
            }
        }
        catch (OperationCanceledException)
        {
            // Stopped.
        }
    }

    [Fact]
    public async Task Changed_CallerGoes_Ends()
    {
        using var cancelled = new CancellationTokenSource();
        var waiting = cluster.Catalogue.ChangedAsync(long.MaxValue, cancelled.Token);

        await cancelled.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
    }
}
