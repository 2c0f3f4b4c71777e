using System.Collections.Immutable;
using EarlyWarning.Scoring.Cache;
using EarlyWarning.Scoring.Computing;
using EarlyWarning.Scoring.Engine.Uncertainty;
using EarlyWarning.Scoring.Frameworks;
using EarlyWarning.Scoring.Requests;
using EarlyWarning.Scoring.Values;
using EarlyWarning.ServiceDefaults.Errors;
using Grpc.Core;

namespace EarlyWarning.Scoring.Uncertainty;

/// <summary>Says which uncertain input makes how much of the variance.</summary>
internal sealed class SensitivityRunning(
    FrameworkResolver choices,
    CountryChoice countries,
    CountryValuesReader reader,
    ResultCache cache,
    ComputationGate gate
)
{
    private const int FewestInputs = 2;

    /// <summary>The share of the work that drawing counts for.</summary>
    private const double Drawing = 0.8;

    public async Task<V1.AnalyseSensitivityResponse> AnalyseAsync(
        V1.AnalyseSensitivityRequest request,
        ComputationRun run,
        CancellationToken cancellationToken
    )
    {
        var framework = choices.Named(request.Parent, "parent");
        var samples = RequestValues.Count(request.BaseDraws, 1_000, 64, 100_000, "base_draws");
        var uncertainties = DrawnUncertainties.Of(request.Uncertainties, framework);
        var factors = SensitivityFactor.AllOf(framework.Compiled, uncertainties, request.Detailed);
        if (factors.Length < FewestInputs)
        {
            throw Fault.Field(
                V1.ErrorReason.InvalidField,
                "uncertainties",
                "Less than two inputs are uncertain, so there is nothing to split. Add weight_noise or methods, or ask for detail."
            );
        }

        var named = countries.Named(request.Countries, "countries");
        var output = OutputOf(request, named);
        var inputs = new FrameworkInputs(framework.Compiled);
        var revision = choices.Revision;
        run.Reading?.Report(0);
        var rows = await reader.ReadAsync(named, inputs.Wanted, Moment.Of(request.At, run), cancellationToken);
        CheckData(rows, output);
        var options = new SensitivityOptions
        {
            Uncertainties = uncertainties,
            Factors = factors,
            Outputs = [output],
            Sobol = new() { Samples = samples, Seed = DrawnUncertainties.SeedOf(request.Seed, framework) },
        };
        var (result, cached) = await cache.GetAsync(
            new ContentKey("sensitivity")
                .Add(framework.Content)
                .Add(request.Uncertainties)
                .Add(request.Detailed ? 1 : 0)
                .Add((long)request.Output)
                .Add(request.Country)
                .Add(samples)
                .Add((long)options.Sobol.Seed)
                .Add(rows),
            (key, progress, ending) => RunAsync(framework, inputs, rows, options, key, progress, ending),
            cancellationToken,
            run.OnAdvance
        );
        (result.Computation.Cached, result.Computation.CountryCount, result.Computation.CatalogueRevision) = (cached, rows.Count, revision);
        return result;
    }

    private async Task<V1.AnalyseSensitivityResponse> RunAsync(
        ChosenFramework framework,
        FrameworkInputs inputs,
        IReadOnlyList<CountryRow> rows,
        SensitivityOptions options,
        string key,
        IProgress<ComputationProgress> progress,
        CancellationToken cancellationToken
    )
    {
        var values = DrawnUncertainties.Values(framework, inputs, rows);
        var results = await SimulationFaults.TranslateAsync(() =>
            gate.RunParallelAsync(
                threads =>
                    Sensitivity.Analyse(
                        framework.Compiled,
                        values,
                        options with
                        {
                            Uncertainties = options.Uncertainties with { Threads = threads },
                        },
                        new PhaseProgress("drawing", drawn => progress.Report(Advanced(drawn))),
                        cancellationToken
                    ),
                cancellationToken
            )
        );
        var analysis = results[0].Analysis;
        return new()
        {
            Indices = { analysis.Inputs.OrderByDescending(input => input.Total.Value).Select(IndexOf) },
            Variance = Finite(analysis.Variance),
            Mean = Finite(analysis.Mean),
            Computation = new()
            {
                Framework = framework.Name,
                Key = key,
                Seed = options.Sobol.Seed,
                Draws = options.Sobol.Samples * (options.Factors.Length + 2),
            },
        };
    }

    /// <summary>What is drawn is estimated from, again and again for the intervals.</summary>
    private static ComputationProgress Advanced(ComputationProgress drawn) =>
        drawn.Share < 1 ? drawn with { Share = Drawing * drawn.Share } : new(Drawing, "estimating");

    private SensitivityOutput OutputOf(V1.AnalyseSensitivityRequest request, IReadOnlyList<string> named)
    {
        var kind = RequestValues.Known(request.Output, "output") switch
        {
            V1.SensitivityOutput.Score => SensitivityOutputKind.Score,
            V1.SensitivityOutput.Rank => SensitivityOutputKind.Rank,
            _ => SensitivityOutputKind.MeanRankShift,
        };
        if (kind == SensitivityOutputKind.MeanRankShift)
        {
            return request.Country.Length == 0
                ? new(kind)
                : throw Fault.Field(
                    V1.ErrorReason.InvalidField,
                    "country",
                    "The mean shift of ranks is that of all countries. Leave the country out, or change the output."
                );
        }

        if (!countries.Knows(request.Country))
        {
            throw CountryChoice.Unknown(request.Country, "country");
        }

        return named.Count == 0 || named.Contains(request.Country)
            ? new(kind, request.Country)
            : throw Fault.Field(
                V1.ErrorReason.InvalidField,
                "country",
                $"{request.Country} is not among the countries of the call. Add it to them."
            );
    }

    private static void CheckData(IReadOnlyList<CountryRow> rows, SensitivityOutput output)
    {
        if (output.Kind != SensitivityOutputKind.Score && rows.Count < 2)
        {
            throw Insufficient(
                $"Only {rows.Count} countries have data, so there are no ranks. Take another moment, or a score as the output."
            );
        }

        if (output.Kind != SensitivityOutputKind.MeanRankShift && rows.All(row => row.Country != output.Country))
        {
            throw Insufficient($"{output.Country} has no data then. Take another country or moment.");
        }
    }

    private static RpcException Insufficient(string message) =>
        Fault.Of(StatusCode.FailedPrecondition, V1.ErrorReason.InsufficientData, message);

    private static V1.SobolIndex IndexOf(SobolIndex index) =>
        new()
        {
            Input = index.Input,
            FirstOrder = Finite(index.FirstOrder.Value),
            FirstOrderLower = Finite(index.FirstOrder.Low),
            FirstOrderUpper = Finite(index.FirstOrder.High),
            Total = Finite(index.Total.Value),
            TotalLower = Finite(index.Total.Low),
            TotalUpper = Finite(index.Total.High),
        };

    /// <summary>An output that is a number nowhere has no variance to split.</summary>
    private static double Finite(double value) => double.IsFinite(value) ? value : 0;
}
