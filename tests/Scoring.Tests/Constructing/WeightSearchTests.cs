using EarlyWarning.Scoring.Tests.Infrastructure;

namespace EarlyWarning.Scoring.Tests.Constructing;

public sealed class WeightSearchTests(ScoringHouse house) : IClassFixture<ScoringHouse>
{
    private readonly FakeCall _call = new();

    [Fact]
    public async Task OptimiseWeights_EqualInfluences_MakesCorrelationsMoreEqual()
    {
        var answer = await house.Api.OptimiseWeights(Request("killings", "threats", "mistrust"), _call);

        Assert.Equal(1, answer.Weights.Sum(), 1e-9);
        Assert.Equal(1, answer.Correlations.Sum(), 1e-9);
        Assert.All(answer.Correlations, share => Assert.InRange(share, 0.28, 0.39));
    }

    [Fact]
    public async Task OptimiseWeights_MostInformation_TellsCorrelationsAsTheyAre()
    {
        var request = Request("violence", "society");
        (request.MostInformation, request.Correlation) = (true, V1.Correlation.Spearman);

        var answer = await house.Api.OptimiseWeights(request, _call);

        // Both order the four countries almost alike, so both go with the index almost fully.
        Assert.All(answer.Correlations, correlation => Assert.InRange(correlation, 0.79, 1));
    }

    [Fact]
    public async Task OptimiseWeights_BadRequests_AreRefusedByField()
    {
        await Refused.AtAsync("codes", "INVALID_FIELD", () => AskAsync(Request("killings")));
        await Refused.AtAsync("codes", "INVALID_FIELD", () => AskAsync(Request("killings", "mistrust")));
        await Refused.AtAsync("codes[1]", "INVALID_FIELD", () => AskAsync(Request("violence", "none")));
        await Refused.AtAsync("influences", "INVALID_FIELD", () =>
            AskAsync(Request("violence", "society"), request => request.Influences.Add(1))
        );
        await Refused.AtAsync("influences[1]", "INVALID_FIELD", () =>
            AskAsync(Request("violence", "society"), request => request.Influences.Add([1, 0]))
        );
        await Refused.AtAsync("tolerance", "INVALID_FIELD", () =>
            AskAsync(Request("violence", "society"), request => request.Tolerance = 0)
        );
        await Refused.AtAsync("maximum_evaluations", "INVALID_FIELD", () =>
            AskAsync(Request("violence", "society"), request => request.MaximumEvaluations = -1)
        );
        await Refused.AtAsync("correlation", "INVALID_FIELD", () =>
            AskAsync(Request("violence", "society"), request => request.Correlation = (V1.Correlation)7)
        );
    }

    private Task<V1.OptimiseWeightsResponse> AskAsync(V1.OptimiseWeightsRequest request, Action<V1.OptimiseWeightsRequest>? change = null)
    {
        change?.Invoke(request);
        return house.Api.OptimiseWeights(request, _call);
    }

    private static V1.OptimiseWeightsRequest Request(params string[] codes) =>
        new()
        {
            Framework = new() { Definition = Samples.Small("", Samples.Reference()) },
            Codes = { codes },
        };
}
