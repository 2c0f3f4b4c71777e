using EarlyWarning.Scoring.Tests.Infrastructure;

namespace EarlyWarning.Scoring.Tests.Scores;

public sealed class UnitScoringTests(ScoringHouse house) : IClassFixture<ScoringHouse>
{
    private readonly FakeCall _call = new();

    [Fact]
    public async Task ScoreUnits_ByName_ScoresRanksAndShowsNodes()
    {
        var request = new V1.ScoreUnitsRequest
        {
            Framework = new() { Name = Samples.Index },
            Units =
            {
                Samples.Unit("one", 80, 60, 0.9),
                Samples.Unit("two", 95, double.NaN, double.NaN),
                Samples.Unit("three", 20, 40, 0.5),
            },
        };

        var scores = (await house.Api.ScoreUnits(request, _call)).Scores;

        Assert.Equal(
            [Samples.Score(80, 60, 0.9), Samples.Alone(95), Samples.Score(20, 40, 0.5)],
            scores.Select(score => Math.Round(score.Score, 9)),
            (a, b) => Math.Abs(a - b) < 1e-9
        );
        Assert.Equal([2, 1, 3], scores.Select(score => score.Rank));
        Assert.Equal(["high", "high", "low"], scores.Select(score => score.Level));
        Assert.Equal(["index", "society", "violence"], scores[0].Nodes.Select(node => node.Code));
        Assert.Equal([0, 1, 1], scores[0].Nodes.Select(node => node.Depth));
        Assert.Equal(1.0 / 3, scores[1].Coverage, 1e-9);
        Assert.Equal(["index", "index", "index"], scores.Select(score => score.DecidingNode));

        // Nobody says how far the values lie from the truth: that is not known, and no range of no width.
        Assert.All(scores, score => Assert.Null(score.Interval));
        Assert.All(scores, score => Assert.Equal(1, score.UnknownErrorShare));
    }

    [Fact]
    public async Task ScoreUnits_ErrorsStated_HaveARangeThatHoldsTheScoreAndIsWiderWithGaps()
    {
        V1.UnitValues[] units = [Samples.Unit("one", 80, 60, 0.9), Samples.Unit("two", 95, double.NaN, double.NaN)];
        foreach (var value in units.SelectMany(unit => unit.Values))
        {
            value.StandardError = value.Indicator == "mistrust" ? 0.05 : 4;
        }

        var scores = (
            await house.Api.ScoreUnits(
                new()
                {
                    Framework = new() { Name = Samples.Index },
                    Units = { units },
                },
                _call
            )
        ).Scores;

        Assert.All(scores, score => Assert.InRange(score.Score, score.Interval.Lower, score.Interval.Upper));
        Assert.All(scores, score => Assert.Equal(1, score.LevelProbabilities.Sum(level => level.Probability), 1e-9));
        Assert.True(scores[1].Interval.Upper - scores[1].Interval.Lower > scores[0].Interval.Upper - scores[0].Interval.Lower);
    }

    [Fact]
    public async Task ScoreUnits_ValueLeftOut_IsRefusedAndNotZero()
    {
        var unit = Samples.Unit("u", 1);
        unit.Values[0].ClearValue();

        await Refused.AtAsync("units[0].values[0].value", "INVALID_FIELD", () => house.Api.ScoreUnits(
                new()
                {
                    Framework = new() { Name = Samples.Index },
                    Units = { unit },
                },
                _call
            ));
    }

    [Fact]
    public async Task ScoreUnits_NoValues_AreInsufficientAndHaveNoRank()
    {
        var request = new V1.ScoreUnitsRequest
        {
            Framework = new() { Name = Samples.Index },
            Units =
            {
                new V1.UnitValues { Code = "empty" },
                Samples.Unit("one", 80, 60, 0.9),
            },
        };

        var scores = (await house.Api.ScoreUnits(request, _call)).Scores;

        Assert.Equal(V1.DataState.Insufficient, scores[0].State);
        Assert.False(scores[0].HasScore || scores[0].HasRank || scores[0].HasUnknownErrorShare);
        Assert.Equal(("", ""), (scores[0].Level, scores[0].LevelAtLeast));
        Assert.Equal(1, scores[1].Rank);
    }

    [Fact]
    public async Task ScoreUnits_Definition_WithIndicatorsThatComeAlong_IsScoredAndNotKept()
    {
        var definition = Samples.Small("", change: model => model.Root.Children[1].Children[0].Leaf.Indicator = "brought");
        var request = new V1.ScoreUnitsRequest
        {
            Framework = new() { Definition = definition, Indicators = { new V1.Indicator { Code = "brought" } } },
            Units =
            {
                new V1.UnitValues
                {
                    Code = "u",
                    Values =
                    {
                        new V1.IndicatorValue { Indicator = "brought", Value = 0.5 },
                    },
                },
            },
        };

        var score = (await house.Api.ScoreUnits(request, _call)).Scores[0];

        Assert.Equal(50, score.Score, 1e-9);
        Assert.DoesNotContain("ad-hoc", house.World.Current.Frameworks.Keys);
        Assert.DoesNotContain("brought", house.World.Current.Indicators.Keys);
    }

    [Fact]
    public async Task ScoreUnits_EarlierVersion_IsFoundByItsNumber()
    {
        house.World.Put(Samples.Small("frameworks/two"));
        house.World.Put(Samples.Small("frameworks/two", change: model => model.Root.Children[0].Weight = 1));
        var unit = Samples.Unit("u", 80, 60, 0.1);

        var first = await ScoreAsync("frameworks/two/versions/1");
        var second = await ScoreAsync("frameworks/two/versions/2");

        Assert.Equal(Samples.Score(80, 60, 0.1), first, 1e-9);
        Assert.Equal(40, second, 1e-9);
        Assert.Equal(second, await ScoreAsync("frameworks/two"));

        async Task<double> ScoreAsync(string name) => (
                await house.Api.ScoreUnits(
                    new()
                    {
                        Framework = new() { Name = name },
                        Units = { unit },
                    },
                    _call
                )
            ).Scores[0].Score;
    }

    [Theory]
    [InlineData("frameworks/none")]
    [InlineData("frameworks/small/versions/9")]
    public async Task ScoreUnits_UnknownFramework_IsNotFound(string name) =>
        await Refused.WithAsync(Grpc.Core.StatusCode.NotFound, "NOT_FOUND", () => house.Api.ScoreUnits(
                new()
                {
                    Framework = new() { Name = name },
                    Units = { Samples.Unit("u", 1) },
                },
                _call
            ));

    [Fact]
    public async Task ScoreUnits_BadUnits_NameUnitAndField()
    {
        await Refused.AtAsync("units", "INVALID_FIELD", () => ScoreAsync());
        await Refused.AtAsync("units", "BATCH_TOO_LARGE", () =>
            ScoreAsync([.. Enumerable.Range(0, 1_001).Select(i => Samples.Unit($"u{i}", 1))])
        );
        await Refused.AtAsync("units[0].code", "INVALID_FIELD", () => ScoreAsync(Samples.Unit("", 1)));
        await Refused.AtAsync("units[1].code", "INVALID_FIELD", () => ScoreAsync(Samples.Unit("u", 1), Samples.Unit("u", 2)));
        await Refused.AtAsync("units[0].values[1].value", "VALUE_OUT_OF_RANGE", () => ScoreAsync(Samples.Unit("u", 1, 101)));
        await Refused.AtAsync("units[0].values[0].value", "VALUE_NOT_FINITE", () => ScoreAsync(Samples.Unit("u", double.PositiveInfinity)));
        var unknown = Samples.Unit("u", 1);
        unknown.Values[0].Indicator = "onset";
        await Refused.AtAsync("units[0].values[0].indicator", "UNKNOWN_INDICATOR", () => ScoreAsync(unknown));
        var error = Samples.Unit("u", 1);
        error.Values[0].StandardError = -1;
        await Refused.AtAsync("units[0].values[0].standard_error", "VALUE_NOT_FINITE", () => ScoreAsync(error));
        var twice = Samples.Unit("u", 1);
        twice.Values.Add(twice.Values[0]);
        await Refused.AtAsync("units[0].values[1].indicator", "INVALID_FIELD", () => ScoreAsync(twice));

        Task ScoreAsync(params V1.UnitValues[] units) =>
            house.Api.ScoreUnits(
                new()
                {
                    Framework = new() { Name = Samples.Index },
                    Units = { units },
                },
                _call
            );
    }

    [Fact]
    public async Task ScoreUnits_BadFramework_NamesThePathInTheRequest()
    {
        var unit = Samples.Unit("u", 1);
        await Refused.AtAsync("framework", "INVALID_FIELD", () => ScoreAsync(new()));
        await Refused.AtAsync("framework.name", "INVALID_FIELD", () => ScoreAsync(new() { Name = "small" }));
        await Refused.AtAsync("framework.indicators", "INVALID_FIELD", () =>
            ScoreAsync(new() { Name = Samples.Index, Indicators = { new V1.Indicator { Code = "a" } } })
        );
        await Refused.AtAsync("framework.definition.composite.root.children[0].weight", "INVALID_FRAMEWORK", () =>
            ScoreAsync(new() { Definition = Samples.Small(change: model => model.Root.Children[0].Weight = -1) })
        );
        await Refused.AtAsync("framework.indicators[0].code", "INVALID_FIELD", () =>
            ScoreAsync(new() { Definition = Samples.Small(), Indicators = { new V1.Indicator { Code = "A B" } } })
        );

        Task ScoreAsync(V1.FrameworkChoice choice) => house.Api.ScoreUnits(new() { Framework = choice, Units = { unit } }, _call);
    }
}
