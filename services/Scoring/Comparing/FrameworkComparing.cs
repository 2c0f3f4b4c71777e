using EarlyWarning.Scoring.Cache;
using EarlyWarning.Scoring.Computing;
using EarlyWarning.Scoring.Engine.States;
using EarlyWarning.Scoring.Frameworks;
using EarlyWarning.Scoring.Values;

namespace EarlyWarning.Scoring.Comparing;

/// <summary>Compares two frameworks over all countries.</summary>
internal sealed class FrameworkComparing(
    FrameworkResolver choices,
    CountryValuesReader reader,
    ResultCache cache,
    ComputationGate gate,
    TimeProvider time
)
{
    public async Task<V1.CompareFrameworksResponse> CompareAsync(
        V1.CompareFrameworksRequest request,
        ComputationRun run,
        CancellationToken cancellationToken
    )
    {
        var before = choices.Of(request.Before, "before");
        var after = choices.Of(request.After, "after");
        var inputs = new FrameworkInputs(before.Compiled, after.Compiled);
        var revision = choices.Revision;
        var moment = Moment.Of(request.At, request.AsOf, run, time.GetUtcNow());
        run.Reading?.Report(0);
        var rows = await reader.ReadAsync([], inputs.Wanted, moment, cancellationToken);
        var (result, cached) = await cache.GetAsync(
            new ContentKey("comparison").Add(before.Content).Add(after.Content).Add(rows),
            async (key, progress, ending) =>
                new V1.CompareFrameworksResponse
                {
                    Difference = await gate.RunAsync(
                        () => Difference(before, after, inputs, rows, new PhaseProgress("comparing", progress.Report), ending),
                        ending
                    ),
                    Computation = new() { Framework = after.Name, Key = key },
                },
            cancellationToken,
            run.OnAdvance
        );
        (result.Computation.Cached, result.Computation.CountryCount, result.Computation.CatalogueRevision) = (cached, rows.Count, revision);
        return result;
    }

    /// <summary>Scores the countries under both and compares.</summary>
    public static V1.RankingDifference Difference(
        ChosenFramework before,
        ChosenFramework after,
        FrameworkInputs inputs,
        IReadOnlyList<CountryRow> rows,
        IProgress<double>? progress,
        CancellationToken cancellationToken
    )
    {
        var done = 0;
        return RankingDifferences.Of([.. rows.Select(row => row.Country)], (before, States(before)), (after, States(after)));

        ScoreState[] States(ChosenFramework framework) =>
            [
                .. rows.Select(row =>
                {
                    cancellationToken.ThrowIfCancellationRequested();
                    progress?.Report(done++ / (2.0 * rows.Count));
                    return inputs.Score(framework.Compiled, row);
                }),
            ];
    }
}
