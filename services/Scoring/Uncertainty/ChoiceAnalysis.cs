using System.Globalization;
using EarlyWarning.Scoring.Cache;
using EarlyWarning.Scoring.Comparing;
using EarlyWarning.Scoring.Computing;
using EarlyWarning.Scoring.Engine.Compilation;
using EarlyWarning.Scoring.Engine.Models;
using EarlyWarning.Scoring.Engine.States;
using EarlyWarning.Scoring.Frameworks;
using EarlyWarning.Scoring.Values;
using EarlyWarning.ServiceDefaults.Errors;

namespace EarlyWarning.Scoring.Uncertainty;

/// <summary>Says what each choice of a framework does to its ranking.</summary>
internal sealed class ChoiceAnalysis(FrameworkResolver choices, CountryValuesReader reader, ResultCache cache, ComputationGate gate)
{
    private const int MostChoices = 200;
    private const int ShownCountries = 10;

    public async Task<V1.AnalyseChoicesResponse> AnalyseAsync(
        V1.AnalyseChoicesRequest request,
        ComputationRun run,
        CancellationToken cancellationToken
    )
    {
        var framework = choices.Named(request.Parent, "parent");
        if (framework.Compiled.Model is not CompositeFramework)
        {
            throw Fault.Field(V1.ErrorReason.InvalidField, "parent", "A regression has no such choices. Name a composite framework.");
        }

        if (request.Choices.Count > MostChoices)
        {
            throw Fault.Field(
                V1.ErrorReason.BatchTooLarge,
                "choices",
                $"Give at most {MostChoices} choices; there are {request.Choices.Count}.",
                Grpc.Core.StatusCode.InvalidArgument,
                ("given", request.Choices.Count.ToString(CultureInfo.InvariantCulture)),
                ("limit", MostChoices.ToString(CultureInfo.InvariantCulture))
            );
        }

        IReadOnlyList<V1.MethodChoice> asked = request.Choices.Count > 0 ? request.Choices : [.. UsualChoices.Of(framework.Definition)];
        Alternative[] alternatives = [.. asked.Select((choice, i) => Alternative.Of(choice, framework, $"choices[{i}]"))];
        var inputs = new FrameworkInputs(framework.Compiled);
        var revision = choices.Revision;
        run.Reading?.Report(0);
        var rows = await reader.ReadAsync([], inputs.Wanted, Moment.Of(request.At, run), cancellationToken);
        var key = new ContentKey("choices").Add(framework.Content).Add(rows);
        foreach (var choice in asked)
        {
            key.Add(choice);
        }

        var (result, cached) = await cache.GetAsync(
            key,
            (digest, progress, ending) =>
                gate.RunAsync(() => Analyse(framework, alternatives, inputs, rows, digest, progress, ending), ending),
            cancellationToken,
            run.OnAdvance
        );
        (result.Computation.Cached, result.Computation.CountryCount, result.Computation.CatalogueRevision) = (cached, rows.Count, revision);
        return result;
    }

    private static V1.AnalyseChoicesResponse Analyse(
        ChosenFramework framework,
        Alternative[] alternatives,
        FrameworkInputs inputs,
        IReadOnlyList<CountryRow> rows,
        string key,
        IProgress<ComputationProgress> progress,
        CancellationToken cancellationToken
    )
    {
        string[] countries = [.. rows.Select(row => row.Country)];
        var values = DrawnUncertainties.Values(framework, inputs, rows);
        ScoreState[] own = [.. rows.Select(row => inputs.Score(framework.Compiled, row))];
        var effects = alternatives.Select(
            (alternative, i) =>
            {
                cancellationToken.ThrowIfCancellationRequested();
                progress.Report(new((double)i / alternatives.Length, "trying choices"));
                var effect = new V1.AnalyseChoicesResponse.Types.ChoiceEffect { DisplayName = alternative.Name };
                if (Compile(framework, alternative, effect) is { } compiled)
                {
                    ScoreState[] other = [.. values.Select(country => country.Under(compiled))];
                    effect.Difference = RankingDifferences.Of(countries, (framework, own), (framework with { Compiled = compiled }, other));
                    while (effect.Difference.Countries.Count > ShownCountries)
                    {
                        effect.Difference.Countries.RemoveAt(ShownCountries);
                    }
                }

                return effect;
            }
        );
        return new()
        {
            Effects = { effects.OrderByDescending(effect => effect.Difference?.MeanAbsoluteShift ?? -1) },
            Computation = new() { Framework = framework.Name, Key = key },
        };
    }

    private static CompiledFramework? Compile(
        ChosenFramework framework,
        Alternative alternative,
        V1.AnalyseChoicesResponse.Types.ChoiceEffect effect
    )
    {
        if (alternative.Model(framework, out var problem) is not { } model)
        {
            effect.Problem = problem;
            return null;
        }

        if (!CompiledFramework.TryCompile(model, out var compiled, out var errors))
        {
            effect.Problem = $"{errors[0].Path}: {errors[0].Reason} {errors[0].Fix}";
        }

        return compiled;
    }
}
