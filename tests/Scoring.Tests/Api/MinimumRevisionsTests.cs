using EarlyWarning.Scoring.Tests.Infrastructure;
using Grpc.Core;

namespace EarlyWarning.Scoring.Tests.Api;

public sealed class MinimumRevisionsTests : IClassFixture<ScoringHouse>
{
    private static readonly Dictionary<string, Func<ScoringHouse, V1.CountryRevision[], ServerCallContext, Task>> s_calls = new()
    {
        ["WhatIf"] = (house, minima, call) => house.Api.WhatIf(WhatIf(minima), call),
        ["ExplainScore"] = (house, minima, call) => house.Api.ExplainScore(Explain(minima), call),
        ["QuantifyUncertainty"] = (house, minima, call) => house.Api.QuantifyUncertainty(Uncertainty(minima), call),
        ["AnalyseSensitivity"] = (house, minima, call) =>
            house.Api.AnalyseSensitivity(
                new()
                {
                    Parent = Samples.Index,
                    Detailed = true,
                    BaseDraws = 64,
                    MinimumRevisions = { minima },
                },
                call
            ),
        ["AnalyseChoices"] = (house, minima, call) =>
            house.Api.AnalyseChoices(new() { Parent = Samples.Index, MinimumRevisions = { minima } }, call),
        ["CompareFrameworks"] = (house, minima, call) =>
            house.Api.CompareFrameworks(
                new()
                {
                    Before = new() { Name = Samples.Index },
                    After = new() { Name = Samples.Index },
                    MinimumRevisions = { minima },
                },
                call
            ),
        ["RebaseFramework"] = (house, minima, call) =>
            house.Api.RebaseFramework(
                new()
                {
                    Name = Samples.Index,
                    ValidateOnly = true,
                    MinimumRevisions = { minima },
                },
                call
            ),
        ["FitModel"] = (house, minima, call) => house.Api.FitModel(Fit(minima), call),
        ["Backtest"] = (house, minima, call) => house.Api.Backtest(Backtest(minima), new FakeWriter<V1.BacktestResponse>(), call),
    };

    private readonly ScoringHouse _house;

    public MinimumRevisionsTests(ScoringHouse house)
    {
        _house = house;
        if (!house.World.Countries.Contains(Chronicle.Countries[0]))
        {
            Chronicle.Put(house.World);
        }
    }

    public static TheoryData<string> Calls => [.. s_calls.Keys];

    [Theory, MemberData(nameof(Calls))]
    public Task MinimumRevision_OfAnUnknownCountry_IsRefusedWithItsPath(string call) =>
        Refused.AtAsync("minimum_revisions[1].country", "UNKNOWN_COUNTRY", () =>
            s_calls[call](_house, [Of("XAA", 1), Of("FRA", 1)], new FakeCall())
        );

    [Theory, MemberData(nameof(Calls))]
    public Task MinimumRevision_NotReachedByTheDeadline_IsRefusedWithItsReason(string call) =>
        Refused.WithAsync(StatusCode.Unavailable, "REVISION_NOT_REACHED", () =>
            s_calls[call](_house, [Of("XAA", 1), Of("XAB", 1_000_000)], new FakeCall(deadline: DateTimeOffset.UtcNow.AddMilliseconds(150)))
        );

    [Theory, MemberData(nameof(Calls))]
    public Task MinimumRevision_ThatIsReached_IsAnsweredAtOnce(string call) =>
        s_calls[call](_house, [Of("XAA", 1), Of("XAA", _house.World.RevisionOf("XAA"))], new FakeCall());

    [Fact]
    public async Task MinimumRevision_ReachedWhileACallWaits_IsInTheAnswer()
    {
        var revision = _house.World.RevisionOf("XAF") + 1;
        var before = await _house.Api.QuantifyUncertainty(Uncertainty([]), new FakeCall());

        var waiting = _house.Api.QuantifyUncertainty(Uncertainty([Of("XAF", revision)]), new FakeCall());
        await _house.World.Waiting.WaitAsync(TestContext.Current.CancellationToken);
        Assert.False(waiting.IsCompleted);
        _house.World.See("XAF", "killings", 30).See("XAG", "onset", 1);
        var answer = await waiting;

        // XAG has no value that the framework reads.
        Assert.Equal(before.Computation.CountryCount + 1, answer.Computation.CountryCount);
        Assert.Equal(revision, answer.Scores.Single(score => score.Country == "XAF").Revision);
    }

    [Fact]
    public async Task FitModel_RightAfterARecord_SeesEveryCountry()
    {
        var countries = _house.World.Countries.ToArray();
        foreach (var country in countries)
        {
            _house.World.See(country, "stress", 50, Chronicle.EndOf(2010));
        }

        var answer = await _house.Api.FitModel(
            Fit([.. countries.Select(country => Of(country, _house.World.RevisionOf(country)))]),
            new FakeCall()
        );

        Assert.Equal(
            (countries.Length, _house.World.Current.Revision),
            (answer.Computation.CountryCount, answer.Computation.CatalogueRevision)
        );
    }

    [Fact]
    public async Task FitModel_SameHistoryAfterALaterRevision_IsKeptFromBefore()
    {
        var first = await _house.Api.FitModel(Fit([]), new FakeCall());
        var second = await _house.Api.FitModel(Fit([Of("XBA", _house.World.RevisionOf("XBA"))]), new FakeCall());

        Assert.Equal((first.Computation.Key, true), (second.Computation.Key, second.Computation.Cached));
    }

    [Fact]
    public async Task WhatIf_AfterARevision_RanksAmongTheCountriesThemselves()
    {
        var answer = await _house.Api.WhatIf(WhatIf([Of("XAA", 1)]), new FakeCall());
        var explained = await _house.Api.ExplainScore(Explain([Of("XAA", 1)]), new FakeCall());

        Assert.InRange(answer.RankedCount, 5, 7);
        Assert.Equal((answer.RankedCount, _house.World.Current.Revision), (explained.RankedCount, explained.CatalogueRevision));
        Assert.Equal(answer.Before.Rank, explained.Explanation.Score.Rank);
    }

    [Fact]
    public Task ExplainScore_ValuesThatComeAlong_AreOfNoRevision()
    {
        var request = new V1.ExplainScoreRequest
        {
            AdHoc = new()
            {
                Framework = new() { Name = Samples.Index },
                Unit = Samples.Unit("one", 10, 10, 0.1),
            },
            MinimumRevisions = { Of("XAA", 1) },
        };
        return Refused.AtAsync("minimum_revisions", "INVALID_FIELD", () => _house.Api.ExplainScore(request, new FakeCall()));
    }

    private static V1.CountryRevision Of(string country, long revision) => new() { Country = country, Revision = revision };

    private static V1.WhatIfRequest WhatIf(V1.CountryRevision[] minima) =>
        new()
        {
            Name = $"{Samples.Index}/risks/XAB",
            Changes =
            {
                new V1.WhatIfRequest.Types.Change { Indicator = "killings", Value = 60 },
            },
            MinimumRevisions = { minima },
        };

    private static V1.ExplainScoreRequest Explain(V1.CountryRevision[] minima) =>
        new() { Name = $"{Samples.Index}/risks/XAB", MinimumRevisions = { minima } };

    private static V1.QuantifyUncertaintyRequest Uncertainty(V1.CountryRevision[] minima) =>
        new()
        {
            Parent = Samples.Index,
            Draws = 100,
            MinimumRevisions = { minima },
        };

    private static V1.FitModelRequest Fit(V1.CountryRevision[] minima) =>
        new()
        {
            Data = new() { History = Window() },
            Outcome = Chronicle.Outcome(),
            Options = new() { Penalty = 0.01 },
            MinimumRevisions = { minima },
        };

    private static V1.BacktestRequest Backtest(V1.CountryRevision[] minima) =>
        new()
        {
            Framework = new()
            {
                Framework = new() { Name = Samples.Index },
                Window = Months(),
            },
            Outcome = new()
            {
                Events =
                {
                    new V1.OutcomeEvent { Country = "XAA", Time = Samples.Start.AddDays(20).Stamp() },
                },
            },
            MinimumRevisions = { minima },
        };

    private static V1.HistoryWindow Months() =>
        new()
        {
            From = Samples.Start.Stamp(),
            Until = Samples.Now.Stamp(),
            StepMonths = 1,
        };

    private static V1.HistoryWindow Window()
    {
        var window = Chronicle.Window("stress");
        window.Countries.Clear();
        window.Until = Samples.Now.Stamp();
        return window;
    }
}
