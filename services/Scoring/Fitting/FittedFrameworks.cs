using System.Collections.Immutable;
using System.Globalization;
using EarlyWarning.Catalogue;
using EarlyWarning.Scoring.Engine.Fitting;
using EarlyWarning.Scoring.Engine.Models;

namespace EarlyWarning.Scoring.Fitting;

/// <summary>Writes what was fitted as a framework: the means that filled gaps become stated values.</summary>
/// <param name="rows">The data.</param>
/// <param name="indicators">Finds an indicator of the catalogue.</param>
internal sealed class FittedFrameworks(TrainingRows rows, Func<string, V1.Indicator?> indicators)
{
    /// <summary>Writes it.</summary>
    /// <param name="id">The framework's id.</param>
    /// <param name="displayName">Its name for people.</param>
    /// <param name="forecast">What was fitted.</param>
    /// <param name="bands">Its levels; empty for the usual ones.</param>
    /// <param name="baseRate">The share of rows with an event.</param>
    public V1.Framework Write(string id, string displayName, FittedForecast forecast, IReadOnlyList<V1.Band> bands, double baseRate)
    {
        ImmutableArray<Band> levels =
            bands.Count > 0
                ? [.. bands.Select(band => new Band(band.Level, band.LowerBound))]
                : [new("low", 0), new("elevated", Math.Min(2 * baseRate, 0.5)), new("high", Math.Min(5 * baseRate, 0.8))];
        var ensemble = forecast.Result.Ensemble;
        return ensemble.Members is [(var single, _)]
            ? FrameworkModels.ToDefinition(
                new LogisticFramework
                {
                    Id = id,
                    Version = 1,
                    Bands = levels,
                    Intercept = single.Intercept,
                    Predictors = Predictors(single, forecast),
                    Interactions = Interactions(single),
                    Calibration = ensemble.Calibration,
                    Missing = Missing(forecast),
                },
                displayName
            )
            : FrameworkModels.ToDefinition(
                new EnsembleFramework
                {
                    Id = id,
                    Version = 1,
                    Bands = levels,
                    Members =
                    [
                        .. ensemble.Members.Select(
                            (member, i) =>
                                new EnsembleMember(string.Create(CultureInfo.InvariantCulture, $"member-{i + 1}"), member.Weight)
                                {
                                    Intercept = member.Model.Intercept,
                                    Predictors = Predictors(member.Model, forecast),
                                    Interactions = Interactions(member.Model),
                                }
                        ),
                    ],
                    Calibration = ensemble.Calibration,
                    Missing = Missing(forecast),
                },
                displayName
            );
    }

    /// <summary>
    /// A stated value widens the interval by the indicator's range: where one that counts has none, a country with gaps has no score.
    /// </summary>
    private MissingDataPolicy Missing(FittedForecast forecast) =>
        forecast
            .Result.Ensemble.Members.SelectMany(member => member.Model.Terms)
            .Where(term => term.Coefficient != 0)
            .SelectMany(term => term.Indicators)
            .All(IsRanged)
            ? new HoldDefaults()
            : new RefuseIncomplete();

    private bool IsRanged(string code) => indicators(code) is { HasMinimum: true, HasMaximum: true };

    private ImmutableArray<Predictor> Predictors(FittedModel model, FittedForecast forecast)
    {
        var coefficients = model
            .Terms.Where(term => term.Indicators.Length == 1)
            .ToDictionary(term => term.Indicators[0], term => term.Coefficient, StringComparer.Ordinal);
        var means = forecast.Imputation.Means.ToArray();
        return
        [
            .. rows.Predictors.Select(
                (code, i) =>
                    new Predictor(code, coefficients[code])
                    {
                        Default = IsRanged(code) ? means[i] : null,
                        Range = IsRanged(code) ? new(indicators(code)!.Minimum, indicators(code)!.Maximum) : null,
                        Validity = rows.Validity,
                    }
            ),
        ];
    }

    private static ImmutableArray<Interaction> Interactions(FittedModel model) =>
        [
            .. model
                .Terms.Where(term => term.Indicators.Length > 1 && term.Coefficient != 0)
                .Select(term => new Interaction(term.Coefficient, term.Indicators)),
        ];
}
