using System.Collections.Immutable;
using EarlyWarning.Scoring.Engine.Models;

namespace EarlyWarning.Catalogue.Models;

/// <summary>Turns logistic models, their terms and calibrations into the engine's.</summary>
internal static class RegressionModels
{
    /// <summary>Whether the probability depends on the term's indicator: by a coefficient, or by an interaction.</summary>
    public static bool Counts(V1.Coefficient term, V1.LogisticModel model) =>
        term.Value != 0 || model.Interactions.Any(interaction => interaction.Value != 0 && interaction.Indicators.Contains(term.Indicator));

    /// <summary>Turns a member of an ensemble.</summary>
    public static EnsembleMember Member(V1.EnsembleMember member, Func<string, V1.Indicator?> indicators) =>
        new(member.Code, member.HasWeight ? member.Weight : 1)
        {
            Intercept = member.Model.Intercept,
            Predictors = Predictors(member.Model, indicators),
            Interactions = Interactions(member.Model),
            Calibration = Calibration(member.Model.Calibration),
        };

    /// <summary>Turns the terms; a range is the indicator's own.</summary>
    public static ImmutableArray<Predictor> Predictors(V1.LogisticModel model, Func<string, V1.Indicator?> indicators) =>
        [
            .. model.Coefficients.Select(term => new Predictor(term.Indicator, term.Value)
            {
                Default = term.HasStatedValue ? term.StatedValue : null,
                Range = indicators(term.Indicator) is { HasMinimum: true, HasMaximum: true } indicator
                    ? new(indicator.Minimum, indicator.Maximum)
                    : null,
                DefaultError = ErrorModels.Error(indicators(term.Indicator)),
                Validity = term.Validity?.ToTimeSpan(),
            }),
        ];

    /// <summary>Turns the products.</summary>
    public static ImmutableArray<Interaction> Interactions(V1.LogisticModel model) =>
        [.. model.Interactions.Select(interaction => new Interaction(interaction.Value, [.. interaction.Indicators]))];

    /// <summary>Turns a calibration; <see langword="null"/> for none.</summary>
    public static Calibration? Calibration(V1.Calibration? given) =>
        given?.MethodCase switch
        {
            V1.Calibration.MethodOneofCase.Platt => new PlattCalibration(given.Platt.Slope, given.Platt.Intercept),
            V1.Calibration.MethodOneofCase.Isotonic => new IsotonicCalibration([
                .. given.Isotonic.Points.Select(point => new CalibrationPoint(point.Probability, point.Frequency)),
            ]),
            _ => null,
        };

    /// <summary>
    /// The policy of models that stand together: of the terms that count, all or none have a stated value, so one look decides.
    /// </summary>
    public static MissingDataPolicy Missing(IEnumerable<V1.LogisticModel> models) =>
        models.Any(model => model.Coefficients.Any(term => term.HasStatedValue && Counts(term, model)))
            ? new HoldDefaults()
            : new RefuseIncomplete();
}
