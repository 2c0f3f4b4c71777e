using EarlyWarning.Catalogue.Models;

namespace EarlyWarning.Catalogue.Rules;

/// <content>Logistic models and ensembles of them.</content>
internal sealed partial class FrameworkRules
{
    private const int MostMembers = 50;

    /// <summary>Whether every term that counts has a stated value, or some have.</summary>
    private readonly record struct StatedValues(bool Any, bool All);

    private static StatedValues CountStated(IEnumerable<V1.LogisticModel> models)
    {
        var stated = models
            .SelectMany(model => model.Coefficients.Where(term => RegressionModels.Counts(term, model)))
            .ToLookup(term => term.HasStatedValue);
        return new(stated.Contains(true), !stated.Contains(false));
    }

    private void CheckEnsemble(V1.EnsembleModel model, string path)
    {
        if (model.Members.Count > MostMembers)
        {
            Add($"{path}.members", $"There are {model.Members.Count} members. Give at most {MostMembers}.");
            return;
        }

        var stated = CountStated(model.Members.Select(member => member.Model).OfType<V1.LogisticModel>());
        for (var i = 0; i < model.Members.Count; i++)
        {
            var (member, at) = (model.Members[i], $"{path}.members[{i}]");
            if (!ResourceForm.IsCode(member.Code))
            {
                Add($"{at}.code", $"'{member.Code}' is no code. Use 1 to 64 of a-z, 0-9, dot, hyphen and underscore, a letter first.");
            }

            CheckWeight(member.HasWeight, member.Weight, $"{at}.weight");
            if (member.Model is { } regression)
            {
                CheckRegression(regression, $"{at}.model", stated);
                CheckCalibration(regression.Calibration, $"{at}.model.calibration");
            }
            else
            {
                Add($"{at}.model", "The member has no model. Give a logistic model, or remove the member.");
            }
        }

        CheckCalibration(model.Calibration, $"{path}.calibration");
    }

    private void CheckRegression(V1.LogisticModel model, string path, StatedValues stated)
    {
        for (var i = 0; i < model.Coefficients.Count; i++)
        {
            var (term, at) = (model.Coefficients[i], $"{path}.coefficients[{i}]");
            CheckIndicator(term.Indicator, $"{at}.indicator");
            CheckDuration(term.Validity, $"{at}.validity");
            if (RegressionModels.Counts(term, model))
            {
                CheckStated(term, $"{at}.stated_value", stated);
            }
        }

        for (var i = 0; i < model.Interactions.Count; i++)
        {
            for (var j = 0; j < model.Interactions[i].Indicators.Count; j++)
            {
                CheckIndicator(model.Interactions[i].Indicators[j], $"{path}.interactions[{i}].indicators[{j}]");
            }
        }
    }

    private void CheckStated(V1.Coefficient term, string path, StatedValues stated)
    {
        if (stated is { Any: true, All: false } && !term.HasStatedValue)
        {
            Add(
                path,
                "Either every coefficient that counts (one other than 0, or of an indicator in an interaction) has a stated value or "
                    + "none has. Give one, or leave out the others."
            );
        }
        else if (term.HasStatedValue && _indicators(term.Indicator) is { } indicator && !(indicator.HasMinimum && indicator.HasMaximum))
        {
            Add(
                path,
                $"A stated value widens the interval by the indicator's range, and '{term.Indicator}' has none. Leave the stated value "
                    + $"out, or use an indicator with minimum and maximum."
            );
        }
    }

    private void CheckCalibration(V1.Calibration? calibration, string path)
    {
        if (calibration is { MethodCase: V1.Calibration.MethodOneofCase.None })
        {
            Add(path, "There is no method. Give platt or isotonic, or leave the calibration out.");
        }
    }
}
