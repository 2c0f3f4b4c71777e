using EarlyWarning.Scoring.Tests.Infrastructure;

namespace EarlyWarning.Scoring.Tests.Uncertainty;

public sealed class SensitivityRunningTests(ScoringHouse house) : IClassFixture<ScoringHouse>
{
    private readonly FakeCall _call = new();

    [Fact]
    public async Task AnalyseSensitivity_OfAScore_SplitsTheVarianceByWhatErrs()
    {
        var request = Request();
        (request.Detailed, request.Output, request.Country, request.BaseDraws) = (true, V1.SensitivityOutput.Score, "XAA", 4_000);

        var answer = await house.Api.AnalyseSensitivity(request, _call);

        // Violence errs by sqrt(2) 4/3 of the score, society by 5/3: shares of 0.561 and 0.439.
        Assert.Equal(["observations of violence", "observations of society"], answer.Indices.Select(index => index.Input));
        Assert.InRange(answer.Indices[0].FirstOrder, 0.5, 0.62);
        Assert.InRange(answer.Indices[1].Total, 0.38, 0.5);
        Assert.InRange(answer.Indices[0].Total, answer.Indices[0].TotalLower, answer.Indices[0].TotalUpper);
        Assert.InRange(answer.Mean, 75, 78);
        Assert.InRange(answer.Variance, 5, 8);
        Assert.Equal(16_000, answer.Computation.Draws);
    }

    [Fact]
    public async Task AnalyseSensitivity_OfRanks_HasAnInputForEachKindAndIsCached()
    {
        var request = Request();
        request.Uncertainties = new()
        {
            WeightNoise = 0.4,
            Methods =
            {
                new V1.MethodChoice { Aggregation = V1.Aggregation.Geometric },
                new V1.MethodChoice { Aggregation = V1.Aggregation.Maximum },
            },
        };

        var answer = await house.Api.AnalyseSensitivity(request, _call);
        var again = await house.Api.AnalyseSensitivity(request, _call);

        Assert.Equal(["aggregation", "observations", "weights"], answer.Indices.Select(index => index.Input).Order(StringComparer.Ordinal));
        Assert.True(answer.Variance > 0);
        Assert.Equal((false, true), (answer.Computation.Cached, again.Computation.Cached));
        Assert.Equal(answer.Indices, again.Indices);
    }

    [Fact]
    public async Task AnalyseSensitivity_BadRequests_AreRefused()
    {
        await Refused.AtAsync("uncertainties", "INVALID_FIELD", () => AskAsync(_ => { }));
        await Refused.AtAsync("base_draws", "INVALID_FIELD", () => AskAsync(request => (request.Detailed, request.BaseDraws) = (true, 10)));
        await Refused.AtAsync("country", "UNKNOWN_COUNTRY", () =>
            AskAsync(request => (request.Detailed, request.Output) = (true, V1.SensitivityOutput.Rank))
        );
        await Refused.AtAsync("country", "INVALID_FIELD", () => AskAsync(request => (request.Detailed, request.Country) = (true, "XAA")));
        await Refused.AtAsync("country", "INVALID_FIELD", () => AskAsync(request =>
            {
                (request.Detailed, request.Output, request.Country) = (true, V1.SensitivityOutput.Score, "XAA");
                request.Countries.Add("XAB");
            }));
        await Refused.WithAsync(Grpc.Core.StatusCode.FailedPrecondition, "INSUFFICIENT_DATA", () =>
            AskAsync(request => (request.Detailed, request.At) = (true, Samples.Start.AddYears(-1).Stamp()))
        );
    }

    private Task<V1.AnalyseSensitivityResponse> AskAsync(Action<V1.AnalyseSensitivityRequest> change)
    {
        var request = Request();
        change(request);
        return house.Api.AnalyseSensitivity(request, _call);
    }

    private static V1.AnalyseSensitivityRequest Request() => new() { Parent = Samples.Index, BaseDraws = 500 };
}
