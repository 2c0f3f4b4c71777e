namespace EarlyWarning.Catalogue.Rules;

/// <summary>What an indicator's default error must keep to.</summary>
internal static class DefaultErrorRules
{
    /// <summary>Adds what is wrong, by field and message.</summary>
    public static void Check(V1.Indicator indicator, V1.DefaultError error, Action<string, string> add)
    {
        if (error.Reason.Length is 0 or > IndicatorRules.LongestText)
        {
            add("default_error.reason", $"Say in 1 to {IndicatorRules.LongestText} characters why the error is as large as it is.");
        }

        switch (error.FormCase)
        {
            case V1.DefaultError.FormOneofCase.Normal:
                CheckNormal(error.Normal, add);
                break;
            case V1.DefaultError.FormOneofCase.Judgement:
                CheckJudgement(indicator, error.Judgement, add);
                break;
            default:
                add("default_error", "There is no error. Give normal or judgement, or leave it out: it is then not known.");
                break;
        }
    }

    private static void CheckNormal(V1.NormalError normal, Action<string, string> add)
    {
        if (!IsPart(normal.Absolute))
        {
            add("default_error.normal.absolute", $"A standard error is finite and not below 0; {normal.Absolute:R} is not.");
        }

        if (!IsPart(normal.Relative))
        {
            add("default_error.normal.relative", $"A share is finite and not below 0; {normal.Relative:R} is not.");
        }

        if (normal is { Absolute: 0, Relative: 0 })
        {
            add(
                "default_error.normal",
                "An error of nothing says that every value is exact. Give a part above 0, or leave the default error out."
            );
        }
    }

    private static void CheckJudgement(V1.Indicator indicator, V1.JudgementError judgement, Action<string, string> add)
    {
        if (judgement.HasStep && !(judgement.Step > 0 && double.IsFinite(judgement.Step)))
        {
            add("default_error.judgement.step", $"A step is above 0; {judgement.Step:R} is not.");
        }

        if (!(indicator.HasMinimum && indicator.HasMaximum))
        {
            add("default_error.judgement", "Steps need a scale with ends. Give the indicator a minimum and a maximum.");
        }

        CheckShare(judgement.HasUp, judgement.Up, "up", add);
        CheckShare(judgement.HasDown, judgement.Down, "down", add);
        if (judgement.Up + judgement.Down is not (> 0 and <= 1))
        {
            add(
                "default_error.judgement",
                $"The probabilities of up and down come to {judgement.Up + judgement.Down:R}. Together they must be above 0 and at most 1."
            );
        }
    }

    private static void CheckShare(bool given, double value, string field, Action<string, string> add)
    {
        if (!given || value is not (>= 0 and <= 1))
        {
            add($"default_error.judgement.{field}", $"Give the probability of a step {field}, from 0 to 1.");
        }
    }

    private static bool IsPart(double value) => value >= 0 && double.IsFinite(value);
}
