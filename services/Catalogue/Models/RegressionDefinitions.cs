using System.Collections.Immutable;
using EarlyWarning.Scoring.Engine.Models;
using Google.Protobuf.WellKnownTypes;

namespace EarlyWarning.Catalogue.Models;

/// <summary>Writes the engine's regressions in the form of the contract.</summary>
internal static class RegressionDefinitions
{
    /// <summary>Writes a logistic model.</summary>
    public static V1.LogisticModel Of(LogisticFramework model) =>
        Model(model.Intercept, model.Predictors, model.Interactions, model.Calibration, model.Missing is HoldDefaults);

    /// <summary>Writes an ensemble.</summary>
    public static V1.EnsembleModel Of(EnsembleFramework model) =>
        new()
        {
            Members =
            {
                model.Members.Select(member => new V1.EnsembleMember
                {
                    Code = member.Code,
                    Weight = member.Weight,
                    Model = Model(
                        member.Intercept,
                        member.Predictors,
                        member.Interactions,
                        member.Calibration,
                        model.Missing is HoldDefaults
                    ),
                }),
            },
            Calibration = CalibrationOf(model.Calibration),
        };

    private static V1.LogisticModel Model(
        double intercept,
        ImmutableArray<Predictor> predictors,
        ImmutableArray<Interaction> interactions,
        Calibration? calibration,
        bool holds
    ) =>
        new()
        {
            Intercept = intercept,
            Coefficients = { predictors.Select(predictor => Coefficient(predictor, holds)) },
            Interactions =
            {
                interactions.Select(interaction => new V1.Interaction
                {
                    Indicators = { interaction.Indicators },
                    Value = interaction.Coefficient,
                }),
            },
            Calibration = CalibrationOf(calibration),
        };

    private static V1.Coefficient Coefficient(Predictor predictor, bool holds)
    {
        var coefficient = new V1.Coefficient
        {
            Indicator = predictor.Indicator,
            Value = predictor.Coefficient,
            Validity = predictor.Validity is { } validity ? Duration.FromTimeSpan(validity) : null,
        };
        if (holds && predictor.Default is { } stated)
        {
            coefficient.StatedValue = stated;
        }

        return coefficient;
    }

    private static V1.Calibration? CalibrationOf(Calibration? calibration) =>
        calibration switch
        {
            PlattCalibration platt => new()
            {
                Platt = new() { Slope = platt.Slope, Intercept = platt.Intercept },
            },
            IsotonicCalibration isotonic => new()
            {
                Isotonic = new()
                {
                    Points =
                    {
                        isotonic.Points.Select(point => new V1.CalibrationPoint
                        {
                            Probability = point.Probability,
                            Frequency = point.Frequency,
                        }),
                    },
                },
            },
            _ => null,
        };
}
