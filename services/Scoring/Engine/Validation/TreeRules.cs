using EarlyWarning.Scoring.Engine.Models;

namespace EarlyWarning.Scoring.Engine.Validation;

/// <summary>What a tree must keep to.</summary>
internal sealed class TreeRules(CompositeFramework model, ErrorList errors)
{
    private readonly Dictionary<string, string> _codes = new(StringComparer.Ordinal);
    private readonly List<(Leaf Leaf, string Path)> _leaves = [];
    private readonly HashSet<string> _nodes = new(StringComparer.Ordinal);

    public void Check()
    {
        if (!(double.IsFinite(model.ScaleFloor) && model.ScaleFloor >= 0 && model.ScaleFloor < model.Ceiling))
            errors.Add(
                "scaleFloor",
                $"The scale cannot start at {ErrorList.Show(model.ScaleFloor)}.",
                "Give a floor from 0 up to below 100; 0 is usual, 1 where a geometric mean is used."
            );
        if (model.Root is null)
        {
            errors.Add("root", "There is no tree.", "Give a root node with children.");
            return;
        }

        if (model.Root.Direction != Direction.Raises)
            errors.Add(
                "root.direction",
                "The root has no parent that it could lower.",
                "Leave the direction out, and turn the root's children round instead."
            );
        CheckElement(model.Root, "root", 1);
        new DenominatorRules(_leaves, _nodes, errors).Check();
    }

    private void CheckElement(Element element, string path, int level)
    {
        if (string.IsNullOrWhiteSpace(element.Code))
            errors.Add($"{path}.code", "The element has no code.", "Give it one that is unique in the framework.");
        else if (!_codes.TryAdd(element.Code, path))
            errors.Add(
                $"{path}.code",
                $"\"{element.Code}\" is already used at {_codes[element.Code]}.",
                "Use each code and each indicator once in the tree."
            );
        if (!Enum.IsDefined(element.Direction))
            errors.Add($"{path}.direction", $"{(int)element.Direction} is no direction.", "Use Raises or Lowers.");
        if (!double.IsFinite(element.Weight) || element.Weight < 0)
            errors.Add(
                $"{path}.weight",
                $"A weight of {ErrorList.Show(element.Weight)} cannot be normalised.",
                "Give a finite weight of 0 or more."
            );
        if (element is Leaf leaf)
            CheckLeaf(leaf, path);
        else if (element is Node node)
            CheckNode(node, path, level);
    }

    private void CheckLeaf(Leaf leaf, string path)
    {
        _leaves.Add((leaf, path));
        if (leaf.Validity is { } validity && validity <= TimeSpan.Zero)
            errors.Add(
                $"{path}.validity",
                $"A validity of {validity} never holds.",
                "Give a positive duration, or leave it out for no end."
            );
        if (leaf.Normalisation is null)
            errors.Add($"{path}.normalisation", "The indicator has no normalisation.", "Give goalposts, or another method.");
        if (leaf.Normalisation is not Goalposts posts)
            return;
        if (!double.IsFinite(posts.Low) || !double.IsFinite(posts.High) || !double.IsFinite(posts.High - posts.Low))
            errors.Add(
                $"{path}.normalisation",
                $"The goalposts {ErrorList.Show(posts.Low)} and {ErrorList.Show(posts.High)} span no finite range.",
                "Give two finite numbers."
            );
        else if (posts.Low >= posts.High)
            errors.Add(
                $"{path}.normalisation",
                $"The low goalpost {ErrorList.Show(posts.Low)} is not below the high one {ErrorList.Show(posts.High)}.",
                "Swap them; if more of the indicator means less, say so by the direction."
            );
    }

    private void CheckNode(Node node, string path, int level)
    {
        _nodes.Add(node.Code);
        if (node.Aggregation is null)
            errors.Add($"{path}.aggregation", "The node has no aggregation.", "Use the arithmetic mean, or another method.");
        if (node.Weighting is null)
            errors.Add($"{path}.weighting", "The node has no weighting.", "Use the given weights, or another method.");
        CheckPolicy(node.Missing, $"{path}.missing");
        if (node.Children.IsDefaultOrEmpty)
        {
            errors.Add($"{path}.children", "The node has no children.", "Give it some, or remove it.");
            return;
        }

        if (level == TreeOutline.DeepestLevel)
        {
            errors.Add($"{path}.children", $"The tree is deeper than {TreeOutline.DeepestLevel} levels.", "Merge levels.");
            return;
        }

        var total = 0.0;
        for (var i = 0; i < node.Children.Length; i++)
        {
            if (node.Children[i] is not { } child)
            {
                errors.Add($"{path}.children[{i}]", "The child is empty.", "Give a node or a leaf, or remove it.");
                continue;
            }

            total += child.Weight;
            CheckElement(child, $"{path}.children[{i}]", level + 1);
        }

        if (total == 0 || double.IsInfinity(total))
            errors.Add(
                $"{path}.children",
                $"The children's weights add up to {ErrorList.Show(total)} and cannot be normalised.",
                "Give at least one child a weight above 0, and none an extreme one."
            );
    }

    private void CheckPolicy(MissingDataPolicy? policy, string path)
    {
        switch (policy)
        {
            case RenormaliseWeights { CoverageFloor: var floor } when !(floor >= 0 && floor <= 1):
                errors.Add($"{path}.coverageFloor", $"{ErrorList.Show(floor)} is no share.", "Give a number from 0 to 1, such as 0.5.");
                break;
            case null or HoldDefaults:
                errors.Add(
                    path,
                    "A node needs a policy that says what a missing child does.",
                    "Use RenormaliseWeights, HoldValue or RefuseIncomplete."
                );
                break;
        }
    }
}
