using System.Collections.Immutable;
using EarlyWarning.Scoring.Engine.Fitting;
using EarlyWarning.Scoring.Requests;
using EarlyWarning.ServiceDefaults.Errors;

namespace EarlyWarning.Scoring.Fitting;

/// <summary>How a model is fitted.</summary>
/// <param name="Design">The terms: each predictor, then the products.</param>
/// <param name="Recipe">Everything else.</param>
internal sealed record FitPlan(FeatureDesign Design, ModelRecipe Recipe)
{
    private const int MostMembers = 50;
    private const double StandardMix = 0.5;

    /// <summary>Reads the options of a request.</summary>
    /// <exception cref="Grpc.Core.RpcException">INVALID_ARGUMENT with the field at fault.</exception>
    public static FitPlan Of(V1.FitOptions? options, ImmutableArray<string> predictors, string field)
    {
        options ??= new();
        var mix = options.HasMix ? options.Mix : StandardMix;
        if (!(mix >= 0 && mix <= 1))
        {
            throw Fault.Field(V1.ErrorReason.InvalidField, $"{field}.mix", $"{mix:R} is not from 0 (ridge) to 1 (lasso).");
        }

        if (options.HasPenalty && !(options.Penalty >= 0 && double.IsFinite(options.Penalty)))
        {
            throw Fault.Field(
                V1.ErrorReason.InvalidField,
                $"{field}.penalty",
                "The penalty must be finite and not below 0. Leave it out to have it chosen."
            );
        }

        if (options.Members is < 0 or > MostMembers)
        {
            throw Fault.Field(V1.ErrorReason.InvalidField, $"{field}.members", $"{options.Members} is not from 0 to {MostMembers}.");
        }

        var design = FeatureDesign.Linear(predictors);
        for (var i = 0; i < options.Interactions.Count; i++)
        {
            design = With(design, options.Interactions[i], predictors, $"{field}.interactions[{i}]");
        }

        return new(
            design,
            new()
            {
                Alphas = [mix],
                Lambda = options.HasPenalty ? options.Penalty : null,
                Folds = RequestValues.Count(options.Folds, 10, 2, 20, $"{field}.folds"),
                FoldsBy = FoldKey.Period,
                Calibration = RequestValues.Known(options.Calibration, $"{field}.calibration") switch
                {
                    V1.CalibrationMethod.Platt => CalibrationMethod.Platt,
                    V1.CalibrationMethod.Isotonic => CalibrationMethod.Isotonic,
                    _ => CalibrationMethod.None,
                },
                Members = Math.Max(1, options.Members),
                Seed = options.Seed,
            }
        );
    }

    private static FeatureDesign With(FeatureDesign design, V1.Interaction interaction, ImmutableArray<string> predictors, string field)
    {
        if (interaction.Indicators.Count < 2)
        {
            throw Fault.Field(
                V1.ErrorReason.InvalidField,
                $"{field}.indicators",
                "A product needs two or more indicators; the same one twice is its square."
            );
        }

        for (var i = 0; i < interaction.Indicators.Count; i++)
        {
            if (!predictors.Contains(interaction.Indicators[i], StringComparer.Ordinal))
            {
                throw Fault.Field(
                    V1.ErrorReason.InvalidField,
                    $"{field}.indicators[{i}]",
                    $"'{interaction.Indicators[i]}' is not among the predictors. Add it, or leave the product out."
                );
            }
        }

        var longer = design.WithInteraction([.. interaction.Indicators]);
        return design.Terms.Contains(longer.Terms[^1])
            ? throw Fault.Field(V1.ErrorReason.InvalidField, field, $"The product {longer.Terms[^1].Name} is there twice. Leave one out.")
            : longer;
    }
}
