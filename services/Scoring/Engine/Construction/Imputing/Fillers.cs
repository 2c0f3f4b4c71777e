using EarlyWarning.Scoring.Engine.Construction.Stages;
using EarlyWarning.Scoring.Engine.Models;
using EarlyWarning.Scoring.Engine.Validation;

namespace EarlyWarning.Scoring.Engine.Construction.Imputing;

/// <summary>Learns a framework's fillers from its reference set.</summary>
internal static class Fillers
{
    /// <summary>Learns them.</summary>
    /// <param name="outline">The tree.</param>
    /// <param name="columns">The set's denominated values by leaf.</param>
    /// <param name="units">The set's units.</param>
    /// <param name="errors">Takes what makes a method impossible on the set.</param>
    /// <returns>The imputer; null where no leaf asks for one.</returns>
    public static RowImputer? Learn(TreeOutline outline, SetColumn[] columns, IReadOnlyList<ReferenceUnit> units, ErrorList errors)
    {
        var fillers = new List<IFiller>();
        for (var i = 0; i < columns.Length; i++)
        {
            var leaf = outline.Leaves[i];
            if (columns[i].Count == 0 && leaf.Leaf.Imputation is CentralValue or SiblingValue or ExpectationMaximisation)
            {
                errors.Add(
                    $"{leaf.Path}.imputation",
                    "The reference set has no value of the indicator to learn from.",
                    "Give a set that has some."
                );
                continue;
            }

            switch (leaf.Leaf.Imputation)
            {
                case CentralValue { Group: { } grouping } when units.All(unit => unit.GroupIn(grouping) is null):
                    errors.Add(
                        $"{leaf.Path}.imputation.group",
                        $"No unit of the reference set is in a group of \"{grouping}\".",
                        "Name a grouping of the set."
                    );
                    break;
                case CentralValue central:
                    fillers.Add(new CentralFiller(i, central, columns[i], units));
                    break;
                case SiblingValue sibling:
                    var siblings = outline
                        .Nodes[leaf.Parent]
                        .Children.Where(child => child < 0 && ~child != i)
                        .Select(child => ~child)
                        .ToArray();
                    if (siblings.Length == 0)
                        errors.Add(
                            $"{leaf.Path}.imputation",
                            "The indicator has no other one beside it.",
                            "Use the mean of the set instead."
                        );
                    else
                        fillers.Add(new SiblingFiller(i, sibling, siblings, columns, number => outline.Leaves[number].Lowers));
                    break;
            }
        }

        var blocks = Enumerable
            .Range(0, columns.Length)
            .Where(i => outline.Leaves[i].Leaf.Imputation is ExpectationMaximisation)
            .GroupBy(i => ((ExpectationMaximisation)outline.Leaves[i].Leaf.Imputation!).Within ?? "", StringComparer.Ordinal);
        foreach (var block in blocks)
            if (Normal([.. block], outline, columns, errors) is { } filler)
                fillers.Add(filler);
        return fillers.Count == 0 ? null : new RowImputer([.. fillers]);
    }

    private static NormalFiller? Normal(int[] leaves, TreeOutline outline, SetColumn[] columns, ErrorList errors)
    {
        if (leaves.Length == 1)
        {
            errors.Add(
                $"{outline.Leaves[leaves[0]].Path}.imputation",
                "Expectation-maximisation over one indicator has nothing to expect its values from.",
                "Ask for it at several indicators, or use the mean of the set."
            );
            return null;
        }

        if (Array.Exists(leaves, leaf => columns[leaf].Count == 0))
            return null;
        var rows = Enumerable
            .Range(0, columns[leaves[0]].Values.Length)
            .Select(unit => Array.ConvertAll(leaves, leaf => columns[leaf].Values[unit]))
            .ToArray();
        var centres = Array.ConvertAll(leaves, leaf => columns[leaf].Mean);
        var scales = Array.ConvertAll(leaves, leaf => columns[leaf].Deviation is > 0 and var deviation ? deviation : 1);
        return new NormalFiller(leaves, MultivariateNormal.Fit(rows, centres, scales));
    }
}
