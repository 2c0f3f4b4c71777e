using EarlyWarning.Catalogue.Scores;
using EarlyWarning.Scoring.Cache;
using EarlyWarning.Scoring.Computing;
using EarlyWarning.Scoring.Engine.States;
using EarlyWarning.Scoring.Engine.Uncertainty;
using EarlyWarning.Scoring.Engine.Uncertainty.Drawing;
using EarlyWarning.Scoring.Frameworks;
using EarlyWarning.Scoring.Rankings;
using EarlyWarning.Scoring.Requests;
using EarlyWarning.Scoring.Values;
using EarlyWarning.ServiceDefaults.Errors;

namespace EarlyWarning.Scoring.Uncertainty;

/// <summary>Simulates how sure scores and ranks are.</summary>
internal sealed class UncertaintyRunning(
    FrameworkResolver choices,
    CountryChoice countries,
    CountryValuesReader reader,
    ResultCache cache,
    ComputationGate gate,
    TimeProvider time
)
{
    private const double MostUnknown = 0.5;
    private const double StandardConfidence = 0.9;

    public async Task<V1.QuantifyUncertaintyResponse> QuantifyAsync(
        V1.QuantifyUncertaintyRequest request,
        ComputationRun run,
        CancellationToken cancellationToken
    )
    {
        var framework = choices.Named(request.Parent, "parent");
        var draws = RequestValues.Count(request.Draws, 10_000, 100, 100_000, "draws");
        var confidence = request.Confidence == 0 ? StandardConfidence : request.Confidence;
        if (!(confidence > 0 && confidence < 1))
        {
            throw Fault.Field(V1.ErrorReason.InvalidField, "confidence", $"{confidence:R} is not above 0 and below 1.");
        }

        var options = DrawnUncertainties.Of(request.Uncertainties, framework) with { Draws = draws, Confidence = confidence };
        var inputs = new FrameworkInputs(framework.Compiled);
        var named = countries.Named(request.Countries, "countries");
        var revision = choices.Revision;
        var moment = Moment.Of(request.At, request.AsOf, run, time.GetUtcNow());
        run.Reading?.Report(0);
        var rows = await reader.ReadAsync(named, inputs.Wanted, moment, cancellationToken);
        options = options with { Seed = DrawnUncertainties.SeedOf(request.Seed, framework) };
        var (result, cached) = await cache.GetAsync(
            new ContentKey("uncertainty")
                .Add(framework.Content)
                .Add(request.Uncertainties)
                .Add([confidence])
                .Add(draws)
                .Add((long)options.Seed)
                .Add(rows),
            (key, progress, ending) => RunAsync(framework, inputs, rows, options, key, progress, ending),
            cancellationToken,
            run.OnAdvance
        );
        (result.Computation.Cached, result.Computation.CountryCount, result.Computation.CatalogueRevision) = (cached, rows.Count, revision);
        Stamp(result, rows);
        return result;
    }

    private async Task<V1.QuantifyUncertaintyResponse> RunAsync(
        ChosenFramework framework,
        FrameworkInputs inputs,
        IReadOnlyList<CountryRow> rows,
        MonteCarloOptions options,
        string key,
        IProgress<ComputationProgress> progress,
        CancellationToken cancellationToken
    )
    {
        var response = new V1.QuantifyUncertaintyResponse
        {
            Computation = new()
            {
                Framework = framework.Name,
                Key = key,
                Seed = options.Seed,
                Draws = options.Draws,
            },
        };
        if (rows.Count == 0)
        {
            return response;
        }

        var values = DrawnUncertainties.Values(framework, inputs, rows);
        var result = await SimulationFaults.TranslateAsync(() =>
            gate.RunParallelAsync(
                threads =>
                    MonteCarlo.Run(
                        framework.Compiled,
                        values,
                        options with
                        {
                            Threads = threads,
                        },
                        new PhaseProgress("drawing", progress.Report),
                        cancellationToken
                    ),
                cancellationToken
            )
        );
        var states = rows.Select(row => inputs.Score(framework.Compiled, row)).ToArray();
        response.Scores.AddRange(
            result
                .Countries.Select((country, i) => (Country: country, State: states[i]))
                .OrderByDescending(pair => RankKey.Of(pair.State))
                .ThenBy(pair => pair.Country.Country, StringComparer.Ordinal)
                .Select(pair => Score(framework, pair.Country, pair.State, options.Confidence))
        );
        return response;
    }

    /// <summary>The same values may stand at a later position than those that were computed from.</summary>
    private static void Stamp(V1.QuantifyUncertaintyResponse result, IReadOnlyList<CountryRow> rows)
    {
        var revisions = rows.ToDictionary(row => row.Country, row => row.Revision, StringComparer.Ordinal);
        foreach (var score in result.Scores)
        {
            score.Revision = revisions[score.Country];
        }
    }

    private static V1.SimulatedScore Score(ChosenFramework framework, CountryDistribution country, ScoreState state, double confidence)
    {
        var score = new V1.SimulatedScore { Country = country.Country, State = ScoreParts.State(country.Nominal) };
        if (state.UnknownErrorShare(framework.Compiled.Root) is { } unknown)
        {
            score.UnknownErrorShare = unknown;
        }

        if (country.Nominal is not { } nominal)
        {
            return score;
        }

        score.Score = nominal;
        (score.Mean, score.StandardDeviation) = (country.Mean, country.StandardDeviation);

        // What nobody states is not drawn: of mostly unknown errors there is neither a range nor a probability.
        if (score.UnknownErrorShare <= MostUnknown)
        {
            score.Interval = new()
            {
                Lower = Math.Min(country.Low, nominal),
                Upper = Math.Max(country.High, nominal),
                Probability = confidence,
            };
            score.Levels.AddRange(
                country.Levels.Select(
                    (level, i) =>
                        new V1.LevelProbability
                        {
                            Level = framework.Compiled.Model.Bands[i].Name,
                            Probability = level.Value,
                            StandardError = level.StandardError,
                        }
                )
            );
        }

        (score.Rank, score.RankLower, score.RankUpper, score.RankMedian) = country.Rank is { } rank
            ? (rank.Nominal, rank.Low, rank.High, rank.Median)
            : (1, 1, 1, 1);
        return score;
    }
}
