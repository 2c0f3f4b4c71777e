using EarlyWarning.Scoring.Engine.Models;

namespace EarlyWarning.Scoring.Engine.Validation;

/// <summary>What an ensemble must keep to.</summary>
internal static class EnsembleRules
{
    public static void Check(EnsembleFramework model, ErrorList errors)
    {
        RegressionRules.CheckPolicy(model.Missing, errors);
        if (model.Members.IsDefault || model.Members.Length < 2)
        {
            errors.Add("members", "An ensemble has two members or more.", "Give at least two, or use a logistic model.");
            return;
        }

        var codes = new HashSet<string>(StringComparer.Ordinal);
        var indicators = new Dictionary<string, (Predictor Predictor, string Path)>(StringComparer.Ordinal);
        var total = 0.0;
        for (var i = 0; i < model.Members.Length; i++)
        {
            if (model.Members[i] is not { } member)
            {
                errors.Add($"members[{i}]", "The member is empty.", "Give a regression, or remove it.");
                continue;
            }

            CheckMember(member, $"members[{i}]", codes, errors);
            var rules = new RegressionRules(model.Missing, $"members[{i}].", errors);
            rules.CheckIntercept(member.Intercept);
            rules.CheckTerms(member.Predictors, member.Interactions);
            CalibrationRules.Check(member.Calibration, $"members[{i}].calibration", errors);
            CheckShared(member, $"members[{i}]", indicators, errors);
            total += member.Weight;
        }

        if (double.IsInfinity(total))
            errors.Add("members", "The members' weights add up to no finite number.", "Give none an extreme weight.");
        CheckCodes(model, indicators, errors);
        CalibrationRules.Check(model.Calibration, "calibration", errors);
    }

    private static void CheckMember(EnsembleMember member, string path, HashSet<string> codes, ErrorList errors)
    {
        if (string.IsNullOrWhiteSpace(member.Code))
            errors.Add($"{path}.code", "The member has no code.", "Give it one that is unique in the framework.");
        else if (member.Code == Framework.ProbabilityCode)
            errors.Add($"{path}.code", $"\"{member.Code}\" is the code of the mean of all.", "Give the member another.");
        else if (!codes.Add(member.Code))
            errors.Add($"{path}.code", $"Two members have the code \"{member.Code}\".", "Give each member a code of its own.");
        if (!(double.IsFinite(member.Weight) && member.Weight > 0))
            errors.Add(
                $"{path}.weight",
                $"A weight of {ErrorList.Show(member.Weight)} cannot be normalised.",
                "Give a finite weight above 0."
            );
    }

    private static void CheckShared(
        EnsembleMember member,
        string path,
        Dictionary<string, (Predictor Predictor, string Path)> indicators,
        ErrorList errors
    )
    {
        if (member.Predictors.IsDefault)
            return;
        for (var i = 0; i < member.Predictors.Length; i++)
        {
            if (member.Predictors[i] is not { } predictor || string.IsNullOrWhiteSpace(predictor.Indicator))
                continue;
            var at = $"{path}.predictors[{i}]";
            if (indicators.TryAdd(predictor.Indicator, (predictor, at)))
                continue;
            var (first, where) = indicators[predictor.Indicator];
            if (first.Validity != predictor.Validity)
                Differs("validity");
            if (first.Default != predictor.Default)
                Differs("default");
            if (first.Range != predictor.Range)
                Differs("range");

            void Differs(string what) =>
                errors.Add(
                    $"{at}.{what}",
                    $"The {what} of \"{predictor.Indicator}\" differs from that at {where}, and the indicator is the same.",
                    $"Give it the same {what} in every member."
                );
        }
    }

    private static void CheckCodes(
        EnsembleFramework model,
        Dictionary<string, (Predictor Predictor, string Path)> indicators,
        ErrorList errors
    )
    {
        for (var i = 0; i < model.Members.Length; i++)
            if (model.Members[i]?.Code is { } code && indicators.ContainsKey(code))
                errors.Add($"members[{i}].code", $"\"{code}\" is an indicator's code.", "Give the member another.");
    }
}
