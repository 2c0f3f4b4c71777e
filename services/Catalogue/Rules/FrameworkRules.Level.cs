using Google.Protobuf.Collections;

namespace EarlyWarning.Catalogue.Rules;

/// <content>How a country's level follows from several nodes.</content>
internal sealed partial class FrameworkRules
{
    private void CheckLevel(V1.Framework definition, V1.LevelRule rule, string path)
    {
        if (definition.Composite?.Root is not { } root)
        {
            Add(path, "A level follows from several nodes only in a composite index. Leave the rule out.");
            return;
        }

        if (rule.HighestOf.Count == 0)
        {
            Add($"{path}.highest_of", "No node is named. Name one, or leave the rule out.");
        }

        var codes = new HashSet<string>(StringComparer.Ordinal);
        CollectNodes(root, codes);
        var named = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < rule.HighestOf.Count; i++)
        {
            var (node, at) = (rule.HighestOf[i], $"{path}.highest_of[{i}]");
            if (node.Node == root.Code)
            {
                Add(
                    $"{at}.node",
                    $"'{node.Node}' is the index, which decides by the framework's bands and floor already. Leave it out here."
                );
            }
            else if (!codes.Contains(node.Node))
            {
                Add($"{at}.node", $"There is no node '{node.Node}' in the tree.");
            }
            else if (!named.Add(node.Node))
            {
                Add($"{at}.node", $"'{node.Node}' is named twice. Name it once.");
            }

            if (!(node.HasMinimumCoverage && node.MinimumCoverage is > 0 and <= 1))
            {
                Add(
                    $"{at}.minimum_coverage",
                    "Say how much of the node's weight must have valid data before it decides: above 0 and up to 1."
                );
            }

            CheckLevelBands(definition.Bands, node.Bands, $"{at}.bands");
        }
    }

    private void CheckLevelBands(RepeatedField<V1.Band> levels, RepeatedField<V1.Band> bands, string path)
    {
        if (bands.Count == 0)
        {
            Add(path, "There are no bands. Give them by rising lower bound.");
        }

        var last = -1;
        for (var i = 0; i < bands.Count; i++)
        {
            var at = -1;
            for (var j = 0; j < levels.Count; j++)
            {
                at = levels[j].Level == bands[i].Level ? j : at;
            }

            if (at < 0)
            {
                Add(
                    $"{path}[{i}].level",
                    $"'{bands[i].Level}' is none of the framework's levels: {string.Join(", ", levels.Select(level => level.Level))}."
                );
            }
            else if (at <= last)
            {
                Add(
                    $"{path}[{i}].level",
                    $"'{bands[i].Level}' does not come after the level before it. Keep the framework's order, each once."
                );
            }

            last = Math.Max(last, at);
            if (!double.IsFinite(bands[i].LowerBound) || bands[i].LowerBound is < 0 or >= 100)
            {
                Add($"{path}[{i}].lower_bound", $"{bands[i].LowerBound:R} is not on the scale from 0 to below 100.");
            }
            else if (i > 0 && bands[i].LowerBound <= bands[i - 1].LowerBound)
            {
                Add(
                    $"{path}[{i}].lower_bound",
                    $"{bands[i].LowerBound:R} is not above the bound before it. Give bands by rising lower bound."
                );
            }
        }
    }

    private static void CollectNodes(V1.Node node, HashSet<string> codes)
    {
        if (node.Leaf is null)
        {
            codes.Add(node.Code);
            foreach (var child in node.Children)
            {
                CollectNodes(child, codes);
            }
        }
    }
}
