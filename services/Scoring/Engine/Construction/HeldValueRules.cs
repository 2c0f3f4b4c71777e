using EarlyWarning.Scoring.Engine.Construction.Nodes;
using EarlyWarning.Scoring.Engine.Models;
using EarlyWarning.Scoring.Engine.Validation;

namespace EarlyWarning.Scoring.Engine.Construction;

/// <summary>A value that is held for a missing child must lie on the scale of the children.</summary>
internal static class HeldValueRules
{
    public static void Check(CompositeFramework model, Resolution resolution, ErrorList errors)
    {
        var outline = TreeOutline.Of(model);
        var reaches = new ElementRanges(model, outline, resolution.Transforms);
        for (var node = 0; node < outline.Nodes.Count; node++)
        {
            reaches.Settle(node, resolution.Weights[node], resolution.Units.Length);
            var outlined = outline.Nodes[node];
            if (outlined.Node.Missing is not HoldValue { Value: var value, Spread: var spread })
                continue;
            if (!(double.IsFinite(spread) && spread >= 0))
                errors.Add($"{outlined.Path}.missing.spread", $"{ErrorList.Show(spread)} is no standard deviation.", "Give 0 or more.");
            var scale = outlined.Children.Select(reaches.Counted).Aggregate((one, other) => one.Or(other));
            if (!double.IsFinite(value) || value < scale.Start || value > scale.End)
                errors.Add(
                    $"{outlined.Path}.missing.value",
                    $"{ErrorList.Show(value)} is not on the scale from {ErrorList.Show(scale.Start)} to {ErrorList.Show(scale.End)}.",
                    "Give a value on the scale: its end for the worst case of a risk, its middle for a neutral one."
                );
        }
    }
}
