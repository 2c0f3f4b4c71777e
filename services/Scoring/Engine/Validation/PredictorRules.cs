using EarlyWarning.Scoring.Engine.Models;

namespace EarlyWarning.Scoring.Engine.Validation;

/// <summary>What a logistic model must keep to.</summary>
internal static class PredictorRules
{
    public static void Check(LogisticFramework model, ErrorList errors)
    {
        if (!double.IsFinite(model.Intercept))
            errors.Add(
                "intercept",
                $"{ErrorList.Show(model.Intercept)} is not a finite number.",
                "Give the model's intercept on the scale of log-odds.");
        if (model.Missing is not (RefuseIncomplete or HoldDefaults))
            errors.Add(
                "missing",
                $"A logistic model cannot use {model.Missing?.GetType().Name ?? "no policy"}: its coefficients are no shares.",
                "Use RefuseIncomplete, or HoldDefaults with a default for each predictor.");
        if (model.Predictors.IsDefaultOrEmpty)
        {
            errors.Add("predictors", "There are no predictors.", "Give at least one.");
            return;
        }

        var indicators = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < model.Predictors.Length; i++)
            CheckOne(model, model.Predictors[i], $"predictors[{i}]", indicators, errors);
        if (model.Predictors.All(predictor => predictor is null || predictor.Coefficient == 0))
            errors.Add(
                "predictors",
                "Every coefficient is 0, so no observation could ever matter.",
                "Give at least one coefficient that is not 0.");
    }

    private static void CheckOne(LogisticFramework model, Predictor? predictor, string path, HashSet<string> indicators, ErrorList errors)
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
                "Use each indicator once; add the two coefficients.");
        if (!double.IsFinite(predictor.Coefficient))
            errors.Add(
                $"{path}.coefficient",
                $"{ErrorList.Show(predictor.Coefficient)} is not a finite number.",
                "Give the coefficient on the scale of log-odds.");
        if (predictor.Validity is { } validity && validity <= TimeSpan.Zero)
            errors.Add(
                $"{path}.validity",
                $"A validity of {validity} never holds.",
                "Give a positive duration, or leave it out for no end.");
        if (predictor.Default is { } held && !double.IsFinite(held))
            errors.Add($"{path}.default", $"{ErrorList.Show(held)} is not a finite number.", "Give a value in the indicator's unit.");
        if (predictor.Range is { } range && !(double.IsFinite(range.Low) && double.IsFinite(range.High) && range.Low < range.High))
            errors.Add(
                $"{path}.range",
                $"The range from {ErrorList.Show(range.Low)} to {ErrorList.Show(range.High)} is empty.",
                "Give a low end below the high end.");
        if (model.Missing is HoldDefaults && predictor.Coefficient != 0)
        {
            if (predictor.Default is null)
                errors.Add(
                    $"{path}.default",
                    "A missing value is to be held at a default, and there is none.",
                    "Give a default, or use RefuseIncomplete.");
            if (predictor.Range is null)
                errors.Add(
                    $"{path}.range",
                    "A held value widens the interval by the indicator's range, and there is none.",
                    "Give the range in which values are expected.");
        }
    }
}
