using EarlyWarning.Scoring.Engine.Models;

namespace EarlyWarning.Scoring.Engine.Validation;

/// <summary>A node that decides on the level beside the root is there, once, with bands out of the framework's own.</summary>
internal static class NodeLevelRules
{
    public static void Check(Framework model, ErrorList errors)
    {
        if (model.NodeLevels.IsDefaultOrEmpty)
            return;
        var (root, nodes) = NodesOf(model);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < model.NodeLevels.Length; i++)
        {
            var (levels, path) = (model.NodeLevels[i], $"nodeLevels[{i}]");
            if (levels.Node == root)
                errors.Add($"{path}.node", $"\"{root}\" is the root, which decides with the framework's bands.", "Leave it out.");
            else if (!nodes.Contains(levels.Node))
                errors.Add($"{path}.node", $"There is no node \"{levels.Node}\".", "Name a node of the framework.");
            else if (!seen.Add(levels.Node))
                errors.Add($"{path}.node", $"\"{levels.Node}\" is there twice.", "Name each node once.");
            if (!(levels.CoverageFloor is >= 0 and <= 1))
                errors.Add(
                    $"{path}.coverageFloor",
                    $"{ErrorList.Show(levels.CoverageFloor)} is not a share.",
                    "Give a number from 0 to 1."
                );
            CheckBands(model, levels, path, errors);
        }
    }

    private static void CheckBands(Framework model, NodeLevels levels, string path, ErrorList errors)
    {
        if (levels.Bands.IsDefaultOrEmpty)
        {
            errors.Add($"{path}.bands", "There are no bands.", "Give one for each level that the node can decide.");
            return;
        }

        var names = model.Bands.IsDefaultOrEmpty ? [] : model.Bands.Select(band => band.Name).ToList();
        var (level, bound) = (-1, double.NegativeInfinity);
        for (var i = 0; i < levels.Bands.Length; i++)
        {
            var (band, at) = (levels.Bands[i], names.IndexOf(levels.Bands[i].Name));
            if (at < 0)
                errors.Add($"{path}.bands[{i}].name", $"The framework has no band \"{band.Name}\".", "Name one of the framework's.");
            else if (at <= level)
                errors.Add(
                    $"{path}.bands[{i}].name",
                    $"\"{band.Name}\" is not above the band before it.",
                    "Order the bands as the framework does."
                );
            if (!double.IsFinite(band.LowerBound) || band.LowerBound <= bound)
                errors.Add(
                    $"{path}.bands[{i}].lowerBound",
                    $"{ErrorList.Show(band.LowerBound)} is not above the bound before it.",
                    "Order the bands by rising bound."
                );
            (level, bound) = (Math.Max(level, at), band.LowerBound);
        }
    }

    private static (string Root, HashSet<string> Nodes) NodesOf(Framework model)
    {
        var nodes = new HashSet<string>(StringComparer.Ordinal);
        switch (model)
        {
            case CompositeFramework { Root: { } root }:
                Add(root);
                return (root.Code, nodes);
            case EnsembleFramework ensemble when !ensemble.Members.IsDefault:
                nodes.UnionWith(ensemble.Members.Select(member => member.Code));
                break;
        }

        return (Framework.ProbabilityCode, nodes);

        void Add(Element element)
        {
            if (element is not Node node)
                return;
            if (node.Code is not null)
                nodes.Add(node.Code);
            if (node.Children.IsDefault)
                return;
            foreach (var child in node.Children)
                Add(child);
        }
    }
}
