using EarlyWarning.Scoring.Engine.Models;
using EarlyWarning.Scoring.Engine.Validation;

namespace EarlyWarning.Scoring.Engine.Construction;

/// <summary>What the parameters of methods must keep to, whatever the reference set.</summary>
internal sealed class ParameterRules(CompositeFramework model, ErrorList errors)
{
    public void Check(TreeOutline outline)
    {
        if (model.Screening is { } screening)
        {
            Share(screening.Available, "screening.available");
            Share(screening.NonZero, "screening.nonZero");
        }

        foreach (var leaf in outline.Leaves)
            Check(leaf.Leaf, leaf.Path);
        foreach (var node in outline.Nodes)
            Check(node, outline);
    }

    private void Check(Leaf leaf, string path)
    {
        if (leaf.Denominator is { } denominator)
            Check(denominator, $"{path}.denominator");
        if (leaf.Treatment is { } treatment)
            Check(treatment, $"{path}.treatment");
        if (leaf.Imputation is CarriedForward { MaximumTimes: <= 0 and var times })
            errors.Add($"{path}.imputation.maximumTimes", $"{times} times back is none.", "Give 1 or more, or leave it out for no limit.");
        Check(leaf.Normalisation, $"{path}.normalisation");
    }

    private void Check(Denominator denominator, string path)
    {
        if (string.IsNullOrWhiteSpace(denominator.Indicator))
            errors.Add($"{path}.indicator", "The denominator names no indicator.", "Give the code of the indicator to divide by.");
        Positive(denominator.Scale, $"{path}.scale", "a scale");
        if (denominator.Validity is { } validity && validity <= TimeSpan.Zero)
            errors.Add(
                $"{path}.validity",
                $"A validity of {validity} never holds.",
                "Give a positive duration, or leave it out for no end."
            );
    }

    private void Check(Treatment treatment, string path)
    {
        switch (treatment)
        {
            case Winsorisation winsorisation:
                if (winsorisation.MaximumPoints < 0)
                    errors.Add($"{path}.maximumPoints", $"{winsorisation.MaximumPoints} points cannot be changed.", "Give 0 or more.");
                if (winsorisation is { Always: true, MaximumPoints: null })
                    errors.Add($"{path}.maximumPoints", "Winsorising always and without a limit never ends.", "Give a limit, such as 5.");
                Check(winsorisation.Test, $"{path}.test");
                break;
            case LogTransform { Form: var form } when !Enum.IsDefined(form):
                errors.Add($"{path}.form", $"{(int)form} is no form.", "Use Shifted, ShiftedBySkew, ShiftedByOne or InnovationIndex.");
                break;
            case BoxCox { Lambda: var lambda }:
                Finite(lambda, $"{path}.lambda", "an exponent");
                break;
            case SkewDriven course:
                if (course.First is null)
                    errors.Add($"{path}.first", "There is no first treatment.", "Give one, such as winsorisation.");
                else
                    Check(course.First, $"{path}.first");
                if (course.Second is not null)
                    Check(course.Second, $"{path}.second");
                Check(course.Test, $"{path}.test");
                break;
        }
    }

    private void Check(ShapeTest? test, string path)
    {
        if (test is null || !(test.Skewness > 0) || double.IsNaN(test.Kurtosis))
            errors.Add(
                path,
                "The test has no limits that a distribution could keep to.",
                "Give a skewness above 0 and a kurtosis: 2 and 3.5."
            );
    }

    private void Check(Normalisation method, string path)
    {
        switch (method)
        {
            case MinMax own:
                Finite(own.Low, $"{path}.low", "an end of the scale");
                Finite(own.High, $"{path}.high", "an end of the scale");
                if (own.OwnScale && own.Low >= own.High)
                    errors.Add(
                        $"{path}.high",
                        $"The scale's end {ErrorList.Show(own.High)} is not above its start {ErrorList.Show(own.Low)}.",
                        "Swap them; if more of the indicator means less, say so by the direction."
                    );
                break;
            case ZScore score:
                Finite(score.Mean, $"{path}.mean", "a mean");
                Positive(score.Deviation, $"{path}.deviation", "a deviation");
                break;
            case DistanceToTarget { Target: var target }:
                Finite(target, $"{path}.target", "a target");
                break;
            case DistanceToReference { Unit: var unit } when string.IsNullOrWhiteSpace(unit):
                errors.Add($"{path}.unit", "The distance is to no country.", "Give the code of a country of the reference set.");
                break;
            case LogisticCurve curve:
                Finite(curve.Midpoint, $"{path}.midpoint", "a midpoint");
                Positive(curve.Steepness, $"{path}.steepness", "a steepness");
                break;
            case CategoricalBands bands:
                Check(bands, path);
                break;
        }
    }

    private void Check(CategoricalBands bands, string path)
    {
        if (bands.Steps.IsDefault || bands.Steps.Length < 2)
        {
            errors.Add($"{path}.steps", "There are fewer than two ranges of values.", "Give at least two.");
            return;
        }

        for (var i = 0; i < bands.Steps.Length; i++)
        {
            var (from, score) = bands.Steps[i];
            Finite(from, $"{path}.steps[{i}].from", "a bound");
            Finite(score, $"{path}.steps[{i}].score", "a score");
            if (i > 0 && from <= bands.Steps[i - 1].From)
                errors.Add(
                    $"{path}.steps[{i}].from",
                    $"{ErrorList.Show(from)} is not above {ErrorList.Show(bands.Steps[i - 1].From)}, where the range before it starts.",
                    "Order the ranges by rising bound."
                );
        }
    }

    private void Check(OutlinedNode node, TreeOutline outline)
    {
        if (node.Node.Missing is RenormaliseWeights renormalise)
            Share(renormalise.PresenceFloor, $"{node.Path}.missing.presenceFloor");
        if (node.Node.Aggregation is GeneralisedMean { Exponent: var exponent } && (!double.IsFinite(exponent) || exponent == 0))
            errors.Add(
                $"{node.Path}.aggregation.exponent",
                $"{ErrorList.Show(exponent)} is no exponent of a mean.",
                "Give a finite number other than 0; the mean of exponent 0 is the geometric one."
            );
        if (node.Node.Weighting is CorrelationWeights weights)
            Check(weights, node, $"{node.Path}.weighting");
        for (var leaf = node.FirstLeaf; leaf < node.EndLeaf && node.Parent < 0; leaf++)
            CheckWithin(outline, leaf);
    }

    private void Check(CorrelationWeights weights, OutlinedNode node, string path)
    {
        var influences = weights.Influences;
        if (!influences.IsDefaultOrEmpty && influences.Length != node.Children.Length)
            errors.Add(
                $"{path}.influences",
                $"There are {influences.Length} for {node.Children.Length} children.",
                "Give one a child, or none."
            );
        else if (!influences.IsDefaultOrEmpty && !influences.All(influence => double.IsFinite(influence) && influence > 0))
            errors.Add($"{path}.influences", "An influence is not above 0.", "Give finite numbers above 0; only ratios count.");
        Positive(weights.Tolerance, $"{path}.tolerance", "a tolerance");
        if (weights.MaximumEvaluations < 1)
            errors.Add(
                $"{path}.maximumEvaluations",
                $"{weights.MaximumEvaluations} evaluations find nothing.",
                "Give 1 or more; 500 is usual."
            );
        if (!Enum.IsDefined(weights.Kind))
            errors.Add($"{path}.kind", $"{(int)weights.Kind} is no kind of correlation.", "Use Pearson, Spearman or Kendall.");
    }

    private void CheckWithin(TreeOutline outline, int leaf)
    {
        if (outline.Leaves[leaf].Leaf.Imputation is not ExpectationMaximisation { Within: { } within })
            return;
        var node = outline.Nodes.FirstOrDefault(node => node.Node.Code == within);
        if (node is null || leaf < node.FirstLeaf || leaf >= node.EndLeaf)
            errors.Add(
                $"{outline.Leaves[leaf].Path}.imputation.within",
                node is null ? $"There is no node \"{within}\"." : $"The indicator is not below \"{within}\".",
                "Name a node that the indicator is below, or leave it out for the whole tree."
            );
    }

    private void Share(double value, string path)
    {
        if (!(value >= 0 && value <= 1))
            errors.Add(path, $"{ErrorList.Show(value)} is no share.", "Give a number from 0 to 1.");
    }

    private void Finite(double value, string path, string what)
    {
        if (!double.IsFinite(value))
            errors.Add(path, $"{ErrorList.Show(value)} cannot be {what}.", "Give a finite number.");
    }

    private void Positive(double value, string path, string what)
    {
        if (!(double.IsFinite(value) && value > 0))
            errors.Add(path, $"{ErrorList.Show(value)} cannot be {what}.", "Give a finite number above 0.");
    }
}
