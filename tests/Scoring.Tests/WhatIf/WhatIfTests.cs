using EarlyWarning.Scoring.Tests.Infrastructure;
using Google.Protobuf.WellKnownTypes;

namespace EarlyWarning.Scoring.Tests.WhatIf;

public sealed class WhatIfTests(ScoringHouse house) : IClassFixture<ScoringHouse>
{
    private readonly FakeCall _call = new();

    [Fact]
    public async Task WhatIf_OtherValue_GivesScoreEffectsAndRank()
    {
        var answer = await AskAsync("XAB", ("killings", 100), ("mistrust", 1));

        Assert.Equal(Samples.Seen(20, 40, 0.5), answer.Before.Score, 1e-9);
        Assert.Equal(Samples.Score(100, 40, 1), answer.After.Score, 1e-9);
        Assert.Equal(answer.After.Score - answer.Before.Score, answer.Effects.Sum(effect => effect.Amount), 1e-9);
        Assert.Equal(["killings", "mistrust"], answer.Effects.Select(effect => effect.Code));
        Assert.Equal((100, "The killings"), (answer.Effects[0].Value, answer.Effects[0].DisplayName));

        // Before it stands behind XAE (78) and XAA (77), after it (80) first.
        Assert.Equal((3, 1), (answer.Before.Rank, answer.RankAfter));
        Assert.Equal(answer.RankAfter, answer.After.Rank);
        Assert.Equal((5, house.World.Current.Revision), (answer.RankedCount, answer.CatalogueRevision));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task WhatIf_AmongSomeCountries_RanksItAmongThoseAlone(bool past)
    {
        var answer = await house.Api.WhatIf(
            new()
            {
                Name = $"{Samples.Index}/risks/XAB",
                At = past ? Samples.Start.AddDays(1).Stamp() : null,
                Countries = { "XAB", "XAA", "XAB" },
                Changes = { Change("killings", 20) },
            },
            _call
        );

        Assert.Equal((2, 2, 2), (answer.Before.Rank, answer.RankAfter, answer.RankedCount));
    }

    [Fact]
    public async Task WhatIf_WithoutAValue_LeavesTheIndicatorOut()
    {
        var answer = await house.Api.WhatIf(
            new() { Name = $"{Samples.Index}/risks/XAA", Changes = { new V1.WhatIfRequest.Types.Change { Indicator = "mistrust" } } },
            _call
        );

        // Violence has two thirds of the weight; what is missing of the third is drawn around (0.7 + ½) / 2.
        Assert.Equal(((2 * 70) + 60) / 3.0, answer.After.Score, 1e-4);
        Assert.False(Assert.Single(answer.Effects).HasValue);
        Assert.Equal(2.0 / 3, answer.After.Coverage, 1e-9);
    }

    [Fact]
    public async Task WhatIf_Thresholds_AreThoseThatWouldBeMetAndAreNotNow()
    {
        house.World.Put(Threshold("above", V1.Condition.Above, threshold => threshold.Value = 70));
        house.World.Put(Threshold("met-already", V1.Condition.Above, threshold => threshold.Value = 20));
        house.World.Put(Threshold("disabled", V1.Condition.Above, threshold => (threshold.Value, threshold.Disabled) = (70, true)));
        house.World.Put(Threshold("elsewhere", V1.Condition.Above, threshold =>
            {
                threshold.Value = 70;
                threshold.Countries.Add("XAC");
            }));
        house.World.Put(Threshold("level", V1.Condition.Level, threshold => threshold.Level = "high"));
        house.World.Put(Threshold("node", V1.Condition.Above, threshold => (threshold.Value, threshold.Target) = (65, "violence")));
        house.World.Put(Threshold("indicator", V1.Condition.Above, threshold => (threshold.Value, threshold.Target) = (90, "killings")));
        house.World.Put(
            Threshold("unsure", V1.Condition.Above, threshold => (threshold.Value, threshold.MinimumProbability) = (79.9, 0.9))
        );
        house.World.Put(
            Threshold("rise", V1.Condition.Rise, threshold =>
                (threshold.Value, threshold.Window) = (30, Duration.FromTimeSpan(TimeSpan.FromDays(30)))
            )
        );
        house.World.Put(
            Threshold("small-rise", V1.Condition.Rise, threshold =>
                (threshold.Value, threshold.Window) = (99, Duration.FromTimeSpan(TimeSpan.FromDays(30)))
            )
        );

        var answer = await AskAsync("XAB", ("killings", 100), ("mistrust", 1));

        Assert.Equal(
            ["thresholds/above", "thresholds/indicator", "thresholds/level", "thresholds/node", "thresholds/rise"],
            answer.ThresholdsMet
        );
    }

    [Fact]
    public async Task WhatIf_AtAMoment_ChangesTheStateOfThen()
    {
        var before = await house.Api.WhatIf(
            new()
            {
                Name = $"{Samples.Index}/risks/XAB",
                At = Samples.Start.AddDays(-1).Stamp(),
                Changes = { Change("killings", 50) },
            },
            _call
        );

        Assert.False(before.Before.HasScore);
        Assert.Equal((50, 1, 1), (before.After.Score, before.RankAfter, before.RankedCount));
        Assert.Empty(before.Effects);
    }

    [Fact]
    public async Task WhatIf_BadRequests_AreRefusedByField()
    {
        await Refused.WithAsync(Grpc.Core.StatusCode.NotFound, "NOT_FOUND", () => AskAsync("AAA", ("killings", 1)));
        await Refused.WithAsync(Grpc.Core.StatusCode.NotFound, "NOT_FOUND", () =>
            house.Api.WhatIf(new() { Name = "frameworks/none/risks/XAA", Changes = { Change("killings", 1) } }, _call)
        );
        await Refused.AtAsync("name", "INVALID_FIELD", () =>
            house.Api.WhatIf(new() { Name = "XAA", Changes = { Change("killings", 1) } }, _call)
        );
        await Refused.AtAsync("changes", "INVALID_FIELD", () => AskAsync("XAA"));
        await Refused.AtAsync("changes[0].indicator", "UNKNOWN_INDICATOR", () => AskAsync("XAA", ("onset", 1)));
        await Refused.AtAsync("changes[0].value", "VALUE_OUT_OF_RANGE", () => AskAsync("XAA", ("killings", 101)));
        await Refused.AtAsync("changes[1].indicator", "INVALID_FIELD", () => AskAsync("XAA", ("killings", 1), ("killings", 2)));
        await Refused.AtAsync("at", "INVALID_FIELD", () => house.Api.WhatIf(
                new()
                {
                    Name = $"{Samples.Index}/risks/XAB",
                    At = new() { Seconds = long.MaxValue },
                    Changes = { Change("killings", 50) },
                },
                _call
            ));
    }

    private Task<V1.WhatIfResponse> AskAsync(string country, params (string Indicator, double Value)[] changes) =>
        house.Api.WhatIf(
            new()
            {
                Name = $"{Samples.Index}/risks/{country}",
                Changes = { changes.Select(change => Change(change.Indicator, change.Value)) },
            },
            _call
        );

    private static V1.WhatIfRequest.Types.Change Change(string indicator, double value) => new() { Indicator = indicator, Value = value };

    private static V1.Threshold Threshold(string id, V1.Condition condition, Action<V1.Threshold> change)
    {
        var threshold = new V1.Threshold
        {
            Name = $"thresholds/{id}",
            Framework = Samples.Index,
            Condition = condition,
        };
        change(threshold);
        return threshold;
    }
}
