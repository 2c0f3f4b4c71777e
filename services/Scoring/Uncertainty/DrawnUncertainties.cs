using System.Collections.Immutable;
using EarlyWarning.Scoring.Engine.Models;
using EarlyWarning.Scoring.Engine.Numerics;
using EarlyWarning.Scoring.Engine.Uncertainty;
using EarlyWarning.Scoring.Engine.Uncertainty.Drawing;
using EarlyWarning.Scoring.Frameworks;
using EarlyWarning.Scoring.Values;
using EarlyWarning.ServiceDefaults.Errors;

namespace EarlyWarning.Scoring.Uncertainty;

/// <summary>Reads what is drawn in a simulation.</summary>
internal static class DrawnUncertainties
{
    private const int MostCombinations = 256;

    /// <summary>Reads it, without the number of draws and the seed.</summary>
    /// <exception cref="Grpc.Core.RpcException">INVALID_ARGUMENT with the field at fault.</exception>
    public static MonteCarloOptions Of(V1.Uncertainties? asked, ChosenFramework framework)
    {
        asked ??= new();
        if (!(asked.WeightNoise >= 0 && asked.WeightNoise < 1))
        {
            throw Fault.Field(
                V1.ErrorReason.InvalidField,
                "uncertainties.weight_noise",
                $"{asked.WeightNoise:R} is not from 0 to below 1: a weight stays above 0."
            );
        }

        var isTree = framework.Compiled.Model is CompositeFramework;
        if (!isTree && (asked.WeightNoise > 0 || asked.Methods.Count > 0))
        {
            throw Fault.Field(
                V1.ErrorReason.InvalidField,
                "uncertainties",
                "A regression has neither weights nor methods to draw. Leave weight_noise and methods out."
            );
        }

        return new()
        {
            ObservationErrors = !asked.WithoutObservationErrors,
            Missing = asked.WithoutMissingData ? MissingDraw.Policy : MissingDraw.Scored,
            Weights = asked.WeightNoise > 0 ? [new UniformWeightNoise(null, asked.WeightNoise)] : [],
            Choices = Choices(asked, framework),
        };
    }

    /// <summary>What is known of the countries, in the engine's form.</summary>
    public static ImmutableArray<CountryValues> Values(ChosenFramework framework, FrameworkInputs inputs, IReadOnlyList<CountryRow> rows) =>
        [.. rows.Select(row => CountryValues.Of(row.Country, inputs.Score(framework.Compiled, row)))];

    /// <summary>The seed that is asked for, or that of the ranges which every answer shows, so that both are of the same draws.</summary>
    public static ulong SeedOf(ulong asked, ChosenFramework framework) =>
        asked != 0 ? asked : Seed.Of(framework.Compiled.Model.Id, framework.Compiled.Model.Version);

    /// <summary>Methods that change the same thing are one choice, the framework's own way among its options.</summary>
    private static ImmutableArray<MethodChoice> Choices(V1.Uncertainties asked, ChosenFramework framework)
    {
        for (var i = 0; i < asked.Methods.Count; i++)
        {
            RequireScale(asked.Methods[i], $"uncertainties.methods[{i}]");
        }

        var alternatives = asked
            .Methods.Select(
                (method, i) =>
                    (Alternative: Alternative.Of(method, framework, $"uncertainties.methods[{i}]"), Field: $"uncertainties.methods[{i}]")
            )
            .GroupBy(pair => pair.Alternative.Subject, StringComparer.Ordinal)
            .Select(group => new MethodChoice(
                group.Key,
                [MethodOption.AsIs(), .. group.Select(pair => pair.Alternative.Option(framework, pair.Field))]
            ))
            .ToImmutableArray();
        return alternatives.Aggregate(1L, (product, choice) => product * choice.Options.Length) <= MostCombinations
            ? alternatives
            : throw Fault.Field(
                V1.ErrorReason.InvalidField,
                "uncertainties.methods",
                $"The methods have more than {MostCombinations} combinations. Leave some out."
            );
    }

    /// <summary>Scores on another scale would be compared with levels of this one.</summary>
    private static void RequireScale(V1.MethodChoice method, string field)
    {
        if (
            method.Normalisation is { } normalisation
            && (normalisation.OwnScale || normalisation.MethodCase == V1.Normalisation.MethodOneofCase.ZScore)
        )
        {
            throw Fault.Field(
                V1.ErrorReason.InvalidField,
                $"{field}.normalisation",
                "Its scores have a scale of their own, on which the framework's levels and the other draws mean nothing. Take a method "
                    + "that goes from the "
                    + "framework's floor to 100, such as min_max or percentile_rank, or compare ranks with AnalyseChoices."
            );
        }
    }
}
