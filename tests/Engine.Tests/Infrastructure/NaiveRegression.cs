using System.Collections.Immutable;
using EarlyWarning.Scoring.Engine.Models;

namespace EarlyWarning.Engine.Tests.Infrastructure;

/// <summary>Logistic models and ensembles, plainly: odds are products of powers of e.</summary>
internal static class NaiveRegression
{
    public static Naive.Result Evaluate(LogisticFramework model, IReadOnlyDictionary<string, double> values) =>
        One(model.Intercept, model.Predictors, model.Interactions, model.Calibration, model.Missing, values);

    public static Naive.Result Evaluate(EnsembleFramework model, IReadOnlyDictionary<string, double> values)
    {
        var members = model
            .Members.Select(member =>
                (
                    member.Weight,
                    Result: One(member.Intercept, member.Predictors, member.Interactions, member.Calibration, model.Missing, values)
                )
            )
            .ToList();
        var whole = members.Sum(member => member.Weight);
        var coverage = members.Sum(member => member.Weight * member.Result.Coverage) / whole;
        double? mean = members.Exists(member => member.Result.Score is null)
            ? null
            : members.Sum(member => member.Weight * member.Result.Score!.Value) / whole;
        return new Naive.Result(mean is { } value ? Calibrated(model.Calibration, value) : null, coverage, coverage);
    }

    private static Naive.Result One(
        double intercept,
        ImmutableArray<Predictor> predictors,
        ImmutableArray<Interaction> products,
        Calibration? calibration,
        MissingDataPolicy missing,
        IReadOnlyDictionary<string, double> values
    )
    {
        var counted = predictors
            .Where(predictor =>
                predictor.Coefficient != 0
                || products.Any(product => product.Coefficient != 0 && product.Indicators.Contains(predictor.Indicator))
            )
            .ToList();
        var ranged = counted.TrueForAll(predictor => predictor.Range is not null);
        var coverage = counted.Where(predictor => values.ContainsKey(predictor.Indicator)).Sum(Share) / counted.Sum(Share);
        if (missing is RefuseIncomplete && counted.Exists(predictor => !values.ContainsKey(predictor.Indicator)))
            return new Naive.Result(null, coverage, coverage);
        var odds = Math.Exp(intercept);
        foreach (var predictor in counted)
            odds *= Math.Exp(predictor.Coefficient * Value(predictor.Indicator));
        foreach (var product in products.Where(product => product.Coefficient != 0))
            odds *= Math.Exp(product.Coefficient * product.Indicators.Aggregate(1.0, (all, code) => all * Value(code)));
        return new Naive.Result(Calibrated(calibration, odds / (1 + odds)), coverage, coverage);

        double Value(string code) =>
            values.TryGetValue(code, out var value) ? value : predictors.Single(predictor => predictor.Indicator == code).Default!.Value;

        double Share(Predictor predictor)
        {
            if (!ranged)
                return 1;
            var own = Math.Abs(predictor.Coefficient) * (predictor.Range is { } range ? range.High - range.Low : 0);
            return own
                + products
                    .Where(product => product.Indicators.Contains(predictor.Indicator))
                    .Sum(product => Sweep(product) / product.Indicators.Distinct().Count());
        }

        // What a product can move the log-odds by: its highest value over the ranges' corners, and 0 for even powers, less its lowest.
        double Sweep(Interaction product)
        {
            var reached = new List<double> { 1 };
            foreach (var factor in product.Indicators.GroupBy(code => code))
            {
                var range = predictors.Single(predictor => predictor.Indicator == factor.Key).Range!;
                List<double> powers = [Math.Pow(range.Low, factor.Count()), Math.Pow(range.High, factor.Count())];
                if (range.Low < 0 && range.High > 0)
                    powers.Add(0);
                reached = [.. reached.SelectMany(one => powers.Select(power => one * power))];
            }

            return Math.Abs(product.Coefficient) * (reached.Max() - reached.Min());
        }
    }

    private static double Calibrated(Calibration? calibration, double p) =>
        calibration switch
        {
            PlattCalibration platt => 1 / (1 + (Math.Exp(-platt.Intercept) * Math.Pow((1 - p) / p, platt.Slope))),
            IsotonicCalibration isotonic => Between(isotonic.Points, p),
            _ => p,
        };

    private static double Between(ImmutableArray<CalibrationPoint> points, double p)
    {
        if (points.LastOrDefault(point => point.Probability <= p) is not { } left)
            return points[0].Frequency;
        if (points.FirstOrDefault(point => point.Probability > p) is not { } right)
            return points[^1].Frequency;
        var share = (p - left.Probability) / (right.Probability - left.Probability);
        return (left.Frequency * (1 - share)) + (right.Frequency * share);
    }
}
