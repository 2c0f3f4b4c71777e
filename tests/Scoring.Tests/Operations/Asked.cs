using EarlyWarning.Scoring.Tests.Infrastructure;
using static EarlyWarning.V1.Operation.Types;

namespace EarlyWarning.Scoring.Tests.Operations;

/// <summary>What tests ask operations for.</summary>
internal static class Asked
{
    /// <summary>Draws of the small index, by a seed that makes it a question of its own.</summary>
    public static V1.StartOperationRequest Uncertainty(ulong seed = 1, string requestId = "") =>
        new()
        {
            RequestId = requestId,
            QuantifyUncertainty = new()
            {
                Parent = Samples.Index,
                Draws = 200,
                Seed = seed,
            },
        };

    /// <summary>What no machine has done before a test ends it.</summary>
    public static V1.StartOperationRequest Endless(ulong seed = 1) =>
        new()
        {
            AnalyseSensitivity = new()
            {
                Parent = Samples.Index,
                BaseDraws = 100_000,
                Seed = seed,
                Detailed = true,
                Uncertainties = new()
                {
                    WeightNoise = 0.5,
                    Methods =
                    {
                        new V1.MethodChoice { Aggregation = V1.Aggregation.Median },
                        new V1.MethodChoice { Aggregation = V1.Aggregation.Maximum },
                    },
                },
            },
        };

    /// <summary>A world of so many countries that nothing in it is computed in a moment.</summary>
    public static World Wide()
    {
        var world = Samples.World();
        foreach (var (i, country) in Chronicle.Countries.Index())
        {
            world
                .See(country, "killings", 4 * i, error: 4)
                .See(country, "threats", 100 - i, error: 4)
                .See(country, "mistrust", 0.5, error: 0.1);
        }

        return world;
    }

    /// <summary>One request of each call.</summary>
    public static V1.StartOperationRequest Of(Method method) =>
        method switch
        {
            Method.FitModel => new()
            {
                FitModel = new()
                {
                    Data = new() { History = Chronicle.Window("stress", "noise") },
                    Outcome = Chronicle.Outcome(),
                    Options = new() { Members = 3, Calibration = V1.CalibrationMethod.Isotonic },
                    CreateAs = "frameworks/fitted",
                },
            },
            Method.Backtest => new()
            {
                Backtest = new()
                {
                    Model = new()
                    {
                        Data = new() { History = Chronicle.Window("stress", "noise") },
                        Options = new() { Penalty = 0.01 },
                        FirstTest = Chronicle.EndOf(2014).Stamp(),
                    },
                    Outcome = Chronicle.Outcome(),
                },
            },
            Method.QuantifyUncertainty => Uncertainty(),
            Method.AnalyseSensitivity => new()
            {
                AnalyseSensitivity = new()
                {
                    Parent = Samples.Index,
                    BaseDraws = 64,
                    Uncertainties = new() { WeightNoise = 0.2 },
                },
            },
            Method.AnalyseChoices => new() { AnalyseChoices = new() { Parent = Samples.Index } },
            Method.CompareFrameworks => new()
            {
                CompareFrameworks = new()
                {
                    Before = new() { Name = Samples.Index },
                    After = new() { Definition = Samples.Small(reference: Samples.Reference()) },
                },
            },
            _ => new()
            {
                OptimiseWeights = new()
                {
                    Framework = new() { Definition = Samples.Small("", Samples.Reference()) },
                    Codes = { "violence", "society" },
                },
            },
        };
}
