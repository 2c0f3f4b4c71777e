namespace EarlyWarning.Catalogue.Rules;

/// <content>Leaves, and the methods by which their values enter the tree.</content>
internal sealed partial class FrameworkRules
{
    private void CheckLeaf(V1.Node node, V1.Leaf leaf, string path)
    {
        if (node.Children.Count > 0)
        {
            Add($"{path}.children", "A leaf has no children. Remove either the leaf or the children.");
        }

        path = $"{path}.leaf";
        if (leaf.Direction is not (V1.Direction.Increasing or V1.Direction.Decreasing))
        {
            Add($"{path}.direction", "Say whether more of it is more risk: DIRECTION_INCREASING or DIRECTION_DECREASING.");
        }

        CheckIndicator(leaf.Indicator, $"{path}.indicator");
        CheckDuration(leaf.Validity, $"{path}.validity");
        if (leaf.Denominator is { } denominator)
        {
            CheckDenominator(leaf, denominator, $"{path}.denominator");
        }

        CheckNormalisation(leaf, $"{path}.normalisation");
        CheckGoalposts(leaf, path);
        CheckImputation(leaf.Imputation, $"{path}.imputation");
        if (leaf.Treatment is { } treatment)
        {
            CheckTreatment(treatment, $"{path}.treatment", within: false);
        }
    }

    private void CheckDenominator(V1.Leaf leaf, V1.Denominator denominator, string path)
    {
        CheckIndicator(denominator.Indicator, $"{path}.indicator");
        CheckDuration(denominator.Validity, $"{path}.validity");
        if (denominator.Indicator == leaf.Indicator)
        {
            Add($"{path}.indicator", $"'{leaf.Indicator}' divided by itself is always 1. Name another indicator, such as population.");
        }

        if (denominator.HasScale && !(denominator.Scale > 0 && double.IsFinite(denominator.Scale)))
        {
            Add(
                $"{path}.scale",
                $"A scale of {denominator.Scale:R} gives no quotient. Give a finite number above 0, such as 100000 for \"per 100,000\"."
            );
        }
    }

    private void CheckNormalisation(V1.Leaf leaf, string path)
    {
        if (leaf.Normalisation is not { } normalisation)
        {
            return;
        }

        if (normalisation.MethodCase == V1.Normalisation.MethodOneofCase.None)
        {
            Add(path, "There is no method. Give one, such as goalposts or z_score, or leave the normalisation out.");
        }

        if (
            normalisation.MethodCase == V1.Normalisation.MethodOneofCase.DistanceToReference
            && normalisation.DistanceToReference.Unit.Length == 0
        )
        {
            Add(
                $"{path}.distance_to_reference.unit",
                "There is no country to measure the distance to. Give its code in the reference set."
            );
        }
    }

    // Only raw values lie in the indicator's range, and only capped ones count the same beyond a goalpost.
    private void CheckGoalposts(V1.Leaf leaf, string path)
    {
        if (leaf.Normalisation is null or { MethodCase: V1.Normalisation.MethodOneofCase.Goalposts } && !(leaf.HasLow && leaf.HasHigh))
        {
            Add(leaf.HasLow ? $"{path}.high" : $"{path}.low", "A goalpost is missing. Give both ends; where 0 is meant, say 0.");
            return;
        }

        if (
            leaf.Normalisation is null or { MethodCase: V1.Normalisation.MethodOneofCase.Goalposts, Goalposts.Uncapped: false }
            && leaf.Denominator is null
            && leaf.Treatment is null
            && _indicators(leaf.Indicator) is { } indicator
            && ((indicator.HasMinimum && leaf.High <= indicator.Minimum) || (indicator.HasMaximum && leaf.Low >= indicator.Maximum))
        )
        {
            Add(
                $"{path}.low",
                $"The goalposts {leaf.Low:R} and {leaf.High:R} lie outside the range of '{leaf.Indicator}', so every value would count "
                    + $"the same. Move them into it."
            );
        }
    }

    private void CheckImputation(V1.Imputation? imputation, string path)
    {
        switch (imputation?.MethodCase)
        {
            case V1.Imputation.MethodOneofCase.None:
                Add(
                    path,
                    "There is no method. Give one of central, sibling, linear, carried_forward and expectation_maximisation, or leave "
                        + "the imputation out."
                );
                break;
            case V1.Imputation.MethodOneofCase.Central:
                CheckChoice(imputation.Central.Statistic, $"{path}.central.statistic", "middle of a distribution");
                break;
            case V1.Imputation.MethodOneofCase.Sibling:
                CheckChoice(imputation.Sibling.Statistic, $"{path}.sibling.statistic", "middle of a distribution");
                break;
        }
    }

    private void CheckTreatment(V1.Treatment treatment, string path, bool within)
    {
        switch (treatment.MethodCase)
        {
            case V1.Treatment.MethodOneofCase.None:
                Add(path, "There is no method. Give one of skew_driven, winsorise, log and box_cox, or leave the treatment out.");
                break;
            case V1.Treatment.MethodOneofCase.SkewDriven when within:
                Add(path, "A course of treatments cannot hold another. Give winsorise, log or box_cox.");
                break;
            case V1.Treatment.MethodOneofCase.SkewDriven:
                CheckCourse(treatment.SkewDriven, $"{path}.skew_driven");
                break;
            case V1.Treatment.MethodOneofCase.Winsorise when treatment.Winsorise.MaximumPoints < 0:
                Add(
                    $"{path}.winsorise.maximum_points",
                    $"{treatment.Winsorise.MaximumPoints} is no number of points. Give 1 or more, or 0 for no limit."
                );
                break;
            case V1.Treatment.MethodOneofCase.Log:
                CheckChoice(treatment.Log.Form, $"{path}.log.form", "form of a logarithm");
                break;
        }
    }

    private void CheckCourse(V1.SkewDriven course, string path)
    {
        if (course.First is { } first)
        {
            CheckTreatment(first, $"{path}.first", within: true);
        }

        if (course.Second is { } second)
        {
            CheckTreatment(second, $"{path}.second", within: true);
            if (course.FirstOnly)
            {
                Add($"{path}.second", "After the first treatment alone there is no second. Leave out either second or first_only.");
            }
        }
    }
}
