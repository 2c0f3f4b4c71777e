using System.Collections.Immutable;
using EarlyWarning.Scoring.Engine.Models;

namespace EarlyWarning.Scoring.Engine.Validation;

/// <summary>What a regression must keep to, alone or as a member of an ensemble.</summary>
/// <param name="missing">What a missing predictor does.</param>
/// <param name="prefix">What paths start with.</param>
/// <param name="errors">Takes what is wrong.</param>
internal sealed class RegressionRules(MissingDataPolicy? missing, string prefix, ErrorList errors)
{
    public static void Check(LogisticFramework model, ErrorList errors)
    {
        var rules = new RegressionRules(model.Missing, "", errors);
        rules.CheckIntercept(model.Intercept);
        CheckPolicy(model.Missing, errors);
        rules.CheckTerms(model.Predictors, model.Interactions);
        CalibrationRules.Check(model.Calibration, "calibration", errors);
    }

    public static void CheckPolicy(MissingDataPolicy? missing, ErrorList errors)
    {
        if (missing is not (RefuseIncomplete or HoldDefaults))
            errors.Add(
                "missing",
                $"A logistic model cannot use {missing?.GetType().Name ?? "no policy"}: its coefficients are no shares.",
                "Use RefuseIncomplete, or HoldDefaults with a default for each predictor."
            );
    }

    public void CheckIntercept(double intercept)
    {
        if (!double.IsFinite(intercept))
            errors.Add(
                $"{prefix}intercept",
                $"{ErrorList.Show(intercept)} is not a finite number.",
                "Give the model's intercept on the scale of log-odds."
            );
    }

    public void CheckTerms(ImmutableArray<Predictor> predictors, ImmutableArray<Interaction> interactions)
    {
        if (predictors.IsDefaultOrEmpty)
        {
            errors.Add($"{prefix}predictors", "There are no predictors.", "Give at least one.");
            return;
        }

        var products = interactions.IsDefault ? [] : interactions;
        var multiplied = products
            .Where(product => product is { Coefficient: not 0, Indicators.IsDefault: false })
            .SelectMany(product => product.Indicators)
            .ToHashSet(StringComparer.Ordinal);
        var indicators = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < predictors.Length; i++)
            CheckPredictor(predictors[i], $"{prefix}predictors[{i}]", indicators, multiplied);
        CheckProducts(products, indicators);
        if (multiplied.Count == 0 && predictors.All(predictor => predictor is null || predictor.Coefficient == 0))
            errors.Add(
                $"{prefix}predictors",
                "Every coefficient is 0, so no observation could ever matter.",
                "Give at least one coefficient that is not 0."
            );
    }

    private void CheckPredictor(Predictor? predictor, string path, HashSet<string> indicators, HashSet<string> multiplied)
    {
        if (predictor is null)
        {
            errors.Add(path, "The predictor is empty.", "Give an indicator and a coefficient, or remove it.");
            return;
        }

        if (string.IsNullOrWhiteSpace(predictor.Indicator))
            errors.Add($"{path}.indicator", "The predictor names no indicator.", "Give the indicator's code.");
        else if (!indicators.Add(predictor.Indicator))
            errors.Add(
                $"{path}.indicator",
                $"\"{predictor.Indicator}\" is used twice.",
                "Use each indicator once; add the two coefficients."
            );
        if (!double.IsFinite(predictor.Coefficient))
            errors.Add(
                $"{path}.coefficient",
                $"{ErrorList.Show(predictor.Coefficient)} is not a finite number.",
                "Give the coefficient on the scale of log-odds."
            );
        if (predictor.Validity is { } validity && validity <= TimeSpan.Zero)
            errors.Add(
                $"{path}.validity",
                $"A validity of {validity} never holds.",
                "Give a positive duration, or leave it out for no end."
            );
        if (predictor.Default is { } held && !double.IsFinite(held))
            errors.Add($"{path}.default", $"{ErrorList.Show(held)} is not a finite number.", "Give a value in the indicator's unit.");
        if (predictor.Range is { } range && !(double.IsFinite(range.Low) && double.IsFinite(range.High) && range.Low < range.High))
            errors.Add(
                $"{path}.range",
                $"The range from {ErrorList.Show(range.Low)} to {ErrorList.Show(range.High)} is empty.",
                "Give a low end below the high end."
            );
        if (missing is HoldDefaults && (predictor.Coefficient != 0 || multiplied.Contains(predictor.Indicator ?? "")))
            CheckHeld(predictor, path);
    }

    private void CheckHeld(Predictor predictor, string path)
    {
        if (predictor.Default is null)
            errors.Add(
                $"{path}.default",
                "A missing value is to be held at a default, and there is none.",
                "Give a default, or use RefuseIncomplete."
            );
        if (predictor.Range is null)
            errors.Add(
                $"{path}.range",
                "A held value widens the interval by the indicator's range, and there is none.",
                "Give the range in which values are expected."
            );
    }

    private void CheckProducts(ImmutableArray<Interaction> products, HashSet<string> indicators)
    {
        for (var i = 0; i < products.Length; i++)
        {
            var path = $"{prefix}interactions[{i}]";
            if (products[i] is not { Indicators.IsDefault: false, Indicators.Length: >= 2 } product)
            {
                errors.Add(
                    $"{path}.indicators",
                    "A product has two factors or more.",
                    "Name two indicators, or the same one twice for its square."
                );
                continue;
            }

            if (!double.IsFinite(product.Coefficient))
                errors.Add(
                    $"{path}.coefficient",
                    $"{ErrorList.Show(product.Coefficient)} is not a finite number.",
                    "Give the coefficient on the scale of log-odds."
                );
            for (var factor = 0; factor < product.Indicators.Length; factor++)
                if (product.Indicators[factor] is not { } code || !indicators.Contains(code))
                    errors.Add(
                        $"{path}.indicators[{factor}]",
                        $"\"{product.Indicators[factor]}\" is no predictor of the model.",
                        "Name a predictor; give it a coefficient of 0 if it is only in products."
                    );
        }
    }
}
