using EarlyWarning.Scoring.Tests.Infrastructure;
using Google.Protobuf.WellKnownTypes;

namespace EarlyWarning.Scoring.Tests.Backtesting;

public sealed partial class BacktestTests : IClassFixture<ScoringHouse>
{
    private const int FirstTest = 2012;
    private readonly ScoringHouse _house;

    public BacktestTests(ScoringHouse house)
    {
        _house = house;
        if (!house.World.Countries.Contains(Chronicle.Countries[0]))
        {
            Chronicle.Put(house.World);
            house.World.Put(Stressed());
        }
    }

    [Fact]
    public async Task Backtest_Model_StreamsPeriodsAndBeatsTheBaseRate()
    {
        var stream = await RunAsync(Changed(Model(), request => request.Model.Options = new() { Seed = 1 }));

        var progress = stream.Written.Select(message => message.Progress).ToArray();
        Assert.Equal(progress.Order(), progress);
        Assert.Equal((0, 1), (progress[0], progress[^1]));
        var periods = stream
            .Written.Where(message => message.Period is not null)
            .Select(message => message.Period.Time.ToDateTimeOffset().Year);
        Assert.Equal(Enumerable.Range(FirstTest, Chronicle.LastYear - FirstTest + 1), periods.Order());
        var result = stream.Written[^1].Result;
        Assert.All(stream.Written.SkipLast(1), message => Assert.Null(message.Result));
        Assert.Equal(["model", "base-rate", "persistence"], result.Skills.Select(skill => skill.Name));

        // The horizon of the last year is not over.
        Assert.Equal(20 * (Chronicle.LastYear - FirstTest), result.Skills[0].Pooled.Count);
        Assert.Equal(Chronicle.Events(FirstTest + 1, Chronicle.LastYear).Count(), result.Skills[0].Pooled.Events);
        Assert.Equal(0, result.Periods[^1].Model.Count);
        Assert.True(result.Skills[0].Pooled.Auc > 0.65);
        Assert.True(result.Skills[0].Pooled.Brier < result.Skills[1].Pooled.Brier);
        Assert.Equal(result.Skills[0].Pooled.Count, result.Calibration.Sum(bin => bin.Count));
        Assert.Equal((1, 1), (result.Curve[^1].TruePositiveRate, result.Curve[^1].FalsePositiveRate));
        Assert.InRange(result.Skills[0].Pooled.RecallAtTop, 0.3, 1);

        // What ranks nobody has no area, and what is in no figure is named.
        Assert.True(result.Skills[0].Pooled.HasAucLower && result.Skills[0].Pooled.AucInterval == V1.AucInterval.Clustered);
        Assert.False(result.Skills[1].Pooled.HasAuc || result.Skills[1].Pooled.HasAveragePrecision);
        var left = Assert.Single(result.LeftOut);
        Assert.Equal((Chronicle.LastYear, V1.LeftOutReason.OutcomeUnknown, 20), (left.Time.ToDateTime().Year, left.Reason, left.Count));
        Assert.Equal(Chronicle.EndOf(Chronicle.LastYear), result.KnownUntil.ToDateTimeOffset());
        Assert.Contains("follows, strictly, within 366 days", result.Definition, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Backtest_SameAgain_IsCachedWithTheSameBits()
    {
        var request = Model();
        request.Model.Options = new()
        {
            Members = 2,
            Seed = 3,
            Penalty = 0.01,
        };

        var first = (await RunAsync(request)).Written[^1].Result;
        var second = (await RunAsync(request)).Written;

        Assert.Equal((false, true), (first.Computation.Cached, second[^1].Result.Computation.Cached));
        second[^1].Result.Computation.Cached = false;
        Assert.Equal(first, second[^1].Result);
        Assert.Equal(3UL, first.Computation.Seed);
    }

    [Fact]
    public async Task Backtest_Model_HasSeenNothingOfLaterYears()
    {
        var request = Model();
        var before = (await RunAsync(request)).Written[^1].Result.Periods[0];

        // What happens in the last years changes nothing of the first test.
        var shorter = Model();
        shorter.Model.Data.History.Until = Chronicle.EndOf(FirstTest + 1).Stamp();
        var after = (await RunAsync(shorter)).Written[^1].Result.Periods[0];

        Assert.Equal(before, after);
    }

    [Fact]
    public async Task Backtest_Framework_ScoresHistoryAsItWasKnown()
    {
        var result = (await RunAsync(Framework())).Written[^1].Result;

        Assert.Equal("frameworks/stressed/versions/1", result.Computation.Framework);
        Assert.False(result.Skills[0].Pooled.HasBrier);
        Assert.True(result.Skills[1].Pooled.HasBrier);
        Assert.Empty(result.Calibration);

        // In the first year nothing was known to compare with.
        Assert.Equal(
            [(Chronicle.FirstYear, V1.LeftOutReason.NothingToCompare), (Chronicle.LastYear, V1.LeftOutReason.OutcomeUnknown)],
            result.LeftOut.Select(left => (left.Time.ToDateTime().Year, left.Reason))
        );
        Assert.Equal(20 * (Chronicle.LastYear - Chronicle.FirstYear - 1), result.Skills[0].Pooled.Count);
        Assert.Equal(20, result.Periods[0].Model.Count);
        Assert.Equal(0, result.Periods[0].Naive.Count);
        var cases = Chronicle
            .Countries.SelectMany(country =>
                Enumerable
                    .Range(Chronicle.FirstYear + 1, Chronicle.LastYear - Chronicle.FirstYear - 1)
                    .Select(year => (Chronicle.Stress(country, year), Chronicle.Onset(country, year + 1)))
            )
            .ToArray();
        Assert.Equal(NaiveAuc(cases), result.Skills[0].Pooled.Auc, 1e-9);
    }

    [Fact]
    public async Task Backtest_OfEveryKind_SaysHowManyCountriesAsOfWhichCatalogue()
    {
        var table = Changed(Model(), request =>
        {
            request.Model.Data = new() { Table = new() { Predictors = { new V1.ReferenceColumn { Indicator = "x" } } } };
            for (var i = 0; i < 40; i++)
            {
                request.Model.Data.Table.Countries.Add(Chronicle.Countries[i % 10]);
                request.Model.Data.Table.Times.Add(Chronicle.EndOf(2010 + (i / 10)).Stamp());
                request.Model.Data.Table.Predictors[0].Values.Add(i * 7 % 11);
            }
        });
        var listed = Changed(table.Clone(), request => request.Outcome = new() { Events = { Chronicle.Events(2010, 2014) } });

        var revision = _house.World.Current.Revision;
        foreach (
            var (request, expected) in new[]
            {
                (Model(), (20, revision)),
                (Framework(), (20, revision)),
                (Rule(new() { TopRank = 3 }), (20, revision)),
                (table, (10, revision)),
                (listed, (0, 0)),
            }
        )
        {
            var computation = (await RunAsync(request)).Written[^1].Result.Computation;
            Assert.Equal(expected, (computation.CountryCount, computation.CatalogueRevision));
        }
    }

    private async Task<FakeWriter<V1.BacktestResponse>> RunAsync(V1.BacktestRequest request)
    {
        var stream = new FakeWriter<V1.BacktestResponse>();
        await _house.Api.Backtest(request, stream, new FakeCall());
        return stream;
    }

    private static V1.BacktestRequest Changed(V1.BacktestRequest request, Action<V1.BacktestRequest> change)
    {
        change(request);
        return request;
    }

    private static V1.BacktestRequest Model() =>
        new()
        {
            Model = new()
            {
                Data = new() { History = Chronicle.Window("stress", "noise") },
                FirstTest = Chronicle.EndOf(FirstTest).Stamp(),
            },
            Outcome = Chronicle.Outcome(),
            Top = 5,
        };

    private static V1.BacktestRequest Framework() =>
        new()
        {
            Framework = new()
            {
                Framework = new() { Name = "frameworks/stressed" },
                Window = Chronicle.Window(),
            },
            Outcome = Chronicle.Outcome(),
            Top = 5,
        };

    private static V1.BacktestRequest Rule(V1.BacktestRequest.Types.RuleTest rule)
    {
        rule.Scores = Framework().Framework;
        return new() { Rule = rule, Outcome = Chronicle.Outcome() };
    }

    /// <summary>An index of stress alone.</summary>
    private static V1.Framework Stressed() => Samples.Small("frameworks/stressed", change: model =>
        {
            model.Root.Children.RemoveAt(1);
            model.Root.Children[0].Children.RemoveAt(1);
            model.Root.Children[0].Children[0].Leaf.Indicator = "stress";
            model.Root.Children[0].Children[0].Leaf.Validity = Duration.FromTimeSpan(TimeSpan.FromDays(400));
        });

    private static double NaiveAuc((double Score, bool Event)[] cases)
    {
        var pairs =
            from one in cases
            where one.Event
            from other in cases
            where !other.Event
            select one.Score > other.Score ? 1.0
            : one.Score == other.Score ? 0.5
            : 0;
        return pairs.Average();
    }
}
