using EarlyWarning.Scoring.Tests.Infrastructure;

namespace EarlyWarning.Scoring.Tests.Comparing;

public sealed class FrameworkComparingTests(ScoringHouse house) : IClassFixture<ScoringHouse>
{
    private readonly FakeCall _call = new();

    [Fact]
    public async Task CompareFrameworks_OtherWeights_TellsShiftsAndCorrelations()
    {
        var difference = (await CompareAsync()).Difference;

        // Under mistrust alone: XAA 90, XAB 50, XAC 30, XAD 10; XAE has no score.
        Assert.Equal(["XAA", "XAB", "XAC", "XAD", "XAE"], difference.Countries.Select(country => country.Country));
        Assert.Equal([2, 3, 4, 5, 1], difference.Countries.Select(country => country.RankBefore));
        Assert.Equal([1, 2, 3, 4, 0], difference.Countries.Select(country => country.RankAfter));
        Assert.Equal((1, 1), (difference.MeanAbsoluteShift, difference.LargestShift));
        Assert.Equal(1, difference.Spearman, 1e-12);
        Assert.Equal(1, difference.Kendall, 1e-12);
        Assert.Equal(2, difference.LevelChanges);
        Assert.Equal(Samples.Seen(20, 40, 0.5), difference.Countries[1].ScoreBefore, 1e-9);
        Assert.Equal(50, difference.Countries[1].ScoreAfter, 1e-9);
        Assert.Equal(("high", ""), (difference.Countries[4].LevelBefore, difference.Countries[4].LevelAfter));
    }

    [Fact]
    public async Task CompareFrameworks_TheSameAgain_IsAnsweredFromTheCacheWithTheSameBits()
    {
        house.World.See("XAB", "threats", 41);
        var first = await CompareAsync();
        var second = await CompareAsync();
        house.World.See("XAB", "threats", 42);
        var third = await CompareAsync();

        Assert.Equal((false, true, false), (first.Computation.Cached, second.Computation.Cached, third.Computation.Cached));
        Assert.Equal(first.Computation.Key, second.Computation.Key);
        Assert.NotEqual(first.Computation.Key, third.Computation.Key);
        second.Computation.Cached = false;
        Assert.Equal(first, second);
        house.World.See("XAB", "threats", 40);
    }

    [Fact]
    public async Task CompareFrameworks_AsOf_SeesWhatWasKnownThen()
    {
        house.World.See("XAD", "killings", 100, Samples.Start.AddDays(1), Samples.Start.AddDays(40));
        var then = await CompareAsync(Samples.Start.AddDays(30));
        var now = await CompareAsync();

        Assert.Equal(Samples.Seen(5, 5, 0.1), Of(then).ScoreBefore, 1e-9);
        Assert.Equal(Samples.Score(100, Samples.Mean(5, 4), Samples.Mean(10, 5) / 100), Of(now).ScoreBefore, 1e-9);
        house.World.See("XAD", "killings", 5, Samples.Start.AddDays(2));

        static V1.ScoreShift Of(V1.CompareFrameworksResponse response) =>
            response.Difference.Countries.Single(country => country.Country == "XAD");
    }

    [Fact]
    public async Task CompareFrameworks_AsOfAMomentAhead_IsRefused() =>
        await Refused.AtAsync("as_of", "INVALID_FIELD", () => CompareAsync(Samples.Now.AddDays(1)));

    [Fact]
    public async Task CompareFrameworks_OfARetiredFramework_TakesItsVersionsAndNamesItsEnd()
    {
        house
            .World.Put(Samples.Small("frameworks/past"))
            .Put(Samples.Small("frameworks/past", change: model => model.Root.Children.RemoveAt(0)))
            .Retire("past");

        foreach (var version in new[] { 1, 2 })
        {
            var answer = await house.Api.CompareFrameworks(
                new()
                {
                    Before = new() { Name = $"frameworks/past/versions/{version}" },
                    After = new() { Name = Samples.Index },
                },
                _call
            );
            Assert.NotEmpty(answer.Difference.Countries);
        }

        var error = await Assert.ThrowsAsync<Grpc.Core.RpcException>(() =>
            house.Api.CompareFrameworks(
                new()
                {
                    Before = new() { Name = "frameworks/past" },
                    After = new() { Name = Samples.Index },
                },
                _call
            )
        );
        Assert.Equal(
            (Grpc.Core.StatusCode.FailedPrecondition, true),
            (error.StatusCode, error.Status.Detail.Contains("was retired", StringComparison.Ordinal))
        );
    }

    [Fact]
    public async Task CompareFrameworks_WithoutOne_IsRefused() =>
        await Refused.AtAsync("after", "INVALID_FIELD", () =>
            house.Api.CompareFrameworks(new() { Before = new() { Name = Samples.Index } }, _call)
        );

    private Task<V1.CompareFrameworksResponse> CompareAsync(DateTimeOffset? asOf = null) =>
        house.Api.CompareFrameworks(
            new()
            {
                Before = new() { Name = Samples.Index },
                After = new() { Definition = Samples.Small("", change: model => model.Root.Children.RemoveAt(0)) },
                AsOf = asOf?.Stamp(),
            },
            _call
        );
}
