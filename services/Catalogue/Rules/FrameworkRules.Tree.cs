using EarlyWarning.Catalogue.Models;
using EarlyWarning.Scoring.Engine.Construction.Weights;

namespace EarlyWarning.Catalogue.Rules;

/// <content>The tree of a composite framework: its nodes.</content>
internal sealed partial class FrameworkRules
{
    private const int DeepestLevel = 32;

    private void CheckComposite(V1.CompositeModel model, string path)
    {
        if (model.Root is not { } root)
        {
            Add($"{path}.root", "There is no tree. Give a root with children.");
            return;
        }

        if (root.Leaf is not null)
        {
            Add($"{path}.root.leaf", "The root cannot be a leaf. Put the indicator under it, in children.");
        }

        CheckNode(root, $"{path}.root", 1);
        if (model.HasScaleFloor && !(model.ScaleFloor >= 0 && model.ScaleFloor < 100))
        {
            Add(
                $"{path}.scale_floor",
                $"The scale cannot start at {model.ScaleFloor:R}. Give a number from 0 to below 100, or leave it out."
            );
        }

        if (model.ReferenceSet is { } set)
        {
            CheckReferenceSet(set, $"{path}.reference_set");
        }
    }

    private void CheckNode(V1.Node node, string path, int level)
    {
        // A leaf may leave out its code: it goes by its indicator's.
        if (node.Leaf is null ? !ResourceForm.IsCode(node.Code) : node.Code.Length > 0 && node.Code != node.Leaf.Indicator)
        {
            Add(
                $"{path}.code",
                node.Leaf is null
                    ? $"'{node.Code}' is no code. Use 1 to 64 of a-z, 0-9, dot, hyphen and underscore, a letter first."
                    : $"A leaf goes by its indicator's code, '{node.Leaf.Indicator}', and not by '{node.Code}'. Leave the code out."
            );
        }

        CheckWeight(node.HasWeight, node.Weight, $"{path}.weight");
        if (node.WeightReason.Length > IndicatorRules.LongestText)
        {
            Add($"{path}.weight_reason", $"The reason must have at most {IndicatorRules.LongestText} characters.");
        }

        CheckAggregation(node, path);
        CheckWeighting(node, path);
        if (node.MissingData is { } missing)
        {
            CheckMissingData(missing, node.Aggregation, $"{path}.missing_data");
        }

        if (node.Leaf is { } leaf)
        {
            CheckLeaf(node, leaf, path);
        }
        else if (level == DeepestLevel)
        {
            Add($"{path}.children", $"The tree is deeper than {DeepestLevel} levels. Merge levels.");
        }
        else
        {
            for (var i = 0; i < node.Children.Count; i++)
            {
                CheckNode(node.Children[i], $"{path}.children[{i}]", level + 1);
            }
        }
    }

    private void CheckAggregation(V1.Node node, string path)
    {
        CheckChoice(node.Aggregation, $"{path}.aggregation", "aggregation");
        if (node.Exponent != 0 && node.Aggregation != V1.Aggregation.Generalised)
        {
            Add($"{path}.exponent", "An exponent is for AGGREGATION_GENERALISED alone. Leave it out, or change the aggregation.");
        }

        if (node.OwnScale && node.Aggregation != V1.Aggregation.Copeland)
        {
            Add($"{path}.own_scale", "A scale of its own is for AGGREGATION_COPELAND alone. Leave it out, or change the aggregation.");
        }
    }

    private void CheckWeighting(V1.Node node, string path)
    {
        if (node.Weighting is not { } weighting)
        {
            return;
        }

        if (node.Leaf is not null)
        {
            Add($"{path}.weighting", "A leaf has no children to weigh. Leave the weighting out.");
        }

        CheckChoice(weighting.Method, $"{path}.weighting.method", "method of weighting");
        CheckChoice(weighting.Correlation, $"{path}.weighting.correlation", "kind of correlation");
        if (weighting.Method != V1.WeightingMethod.Correlation)
        {
            const string Owner = "WEIGHTING_METHOD_CORRELATION";
            RefuseIf(weighting.Influences.Count > 0, $"{path}.weighting", "influences", Owner);
            RefuseIf(weighting.Correlation != V1.Correlation.Unspecified, $"{path}.weighting", "correlation", Owner);
            RefuseIf(weighting.HasTolerance, $"{path}.weighting", "tolerance", Owner);
            RefuseIf(weighting.HasMaximumEvaluations, $"{path}.weighting", "maximum_evaluations", Owner);
        }
        else if (weighting.HasMaximumEvaluations && weighting.MaximumEvaluations > WeightOptimisation.MostEvaluations)
        {
            Add(
                $"{path}.weighting.maximum_evaluations",
                $"A search has at most {WeightOptimisation.MostEvaluations} trials. Give fewer; 500 is usual."
            );
        }
    }

    private void CheckMissingData(V1.MissingDataPolicy missing, V1.Aggregation aggregation, string path)
    {
        CheckChoice(missing.Treatment, $"{path}.treatment", "treatment of missing data");
        var treatment = TreeModels.TreatmentOf(missing, aggregation);
        var (reweighs, states) = (treatment == V1.MissingDataTreatment.Reweight, treatment == V1.MissingDataTreatment.StatedValue);
        RefuseIf(missing.HasMinimumCoverage && !reweighs, path, "minimum_coverage", "MISSING_DATA_TREATMENT_REWEIGHT");
        RefuseIf(missing.HasMinimumPresence && !reweighs, path, "minimum_presence", "MISSING_DATA_TREATMENT_REWEIGHT");
        RefuseIf(missing.HasStatedValue && !states, path, "stated_value", "MISSING_DATA_TREATMENT_STATED_VALUE");
        RefuseIf(missing.HasStatedSpread && !states, path, "stated_spread", "MISSING_DATA_TREATMENT_STATED_VALUE");
        if (states && !missing.HasStatedValue)
        {
            Add($"{path}.stated_value", "There is no value to stand in. Give one from 0 to 100: 0 is meant only where it is written.");
        }

        if (states && !(missing.HasStatedSpread && missing.StatedSpread is >= 0 and <= 50))
        {
            Add(
                $"{path}.stated_spread",
                "Say how far the truth may lie from the stated value: a standard deviation from 0, for certain, to 50."
            );
        }
    }

    private void RefuseIf(bool unused, string path, string field, string owner)
    {
        if (unused)
        {
            Add($"{path}.{field}", $"{field} is for {owner} alone. Leave it out, or choose that.");
        }
    }
}
