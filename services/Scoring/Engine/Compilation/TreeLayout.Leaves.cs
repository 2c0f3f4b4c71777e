using EarlyWarning.Scoring.Engine.Models;

namespace EarlyWarning.Scoring.Engine.Compilation;

/// <content>The leaves, and the indicators that only divide them.</content>
internal sealed partial class TreeLayout
{
    private LeafPlan[] LeafPlans()
    {
        var numbers = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var leaf in _outline.Leaves)
            numbers.Add(leaf.Leaf.Code, numbers.Count);
        foreach (var denominator in Denominators())
            numbers.Add(denominator.Indicator, numbers.Count);
        var divides = numbers.Values.ToDictionary(number => number, _ => new List<int>());
        for (var leaf = 0; leaf < _outline.Leaves.Count; leaf++)
            if (_outline.Leaves[leaf].Leaf.Denominator is { } denominator)
                divides[numbers[denominator.Indicator]].Add(leaf);
        return
        [
            .. Enumerable
                .Range(0, numbers.Count)
                .Select(i =>
                {
                    var leaf = i < _outline.Leaves.Count ? _outline.Leaves[i].Leaf : null;
                    return new LeafPlan
                    {
                        Slot = leaf is null ? -1 : _leafSlots[i],
                        Node = leaf is null ? -1 : _outline.Leaves[i].Parent,
                        IsBent = leaf is not null && LinkOf(_outline.Nodes[_outline.Leaves[i].Parent].Node).BendsTerms,
                        MoreSlots = [],
                        Denominator = leaf?.Denominator is { } denominator ? numbers[denominator.Indicator] : -1,
                        DenominatorScale = leaf?.Denominator?.Scale ?? 1,
                        Divides = [.. divides[i]],
                        IsImputed = leaf?.Imputation is not null,
                        Transform = leaf is null ? null : _resolution.Transforms[i],
                    };
                }),
        ];
    }

    private IEnumerable<LeafInfo> LeafInfos()
    {
        for (var i = 0; i < _outline.Leaves.Count; i++)
        {
            var leaf = _outline.Leaves[i];
            yield return new LeafInfo(i, leaf.Leaf.Indicator, leaf.Parent, _leafWeights[i], leaf.Leaf.Validity)
            {
                DefaultError = leaf.Leaf.DefaultError,
                ValidRange = leaf.Leaf.ValidRange,
            };
        }

        var next = _outline.Leaves.Count;
        foreach (var denominator in Denominators())
            yield return new LeafInfo(next++, denominator.Indicator, _outline.Nodes.Count - 1, 0, denominator.Validity);
    }

    /// <summary>The denominators that are no leaves of the tree, each once, in the order in which they are met.</summary>
    private IEnumerable<Denominator> Denominators()
    {
        var codes = _outline.Leaves.Select(leaf => leaf.Leaf.Code).ToHashSet(StringComparer.Ordinal);
        foreach (var leaf in _outline.Leaves)
            if (leaf.Leaf.Denominator is { } denominator && codes.Add(denominator.Indicator))
                yield return denominator;
    }
}
