using System.Collections;
using System.Globalization;
using Google.Protobuf;
using Google.Protobuf.Reflection;

namespace EarlyWarning.Catalogue;

/// <summary>
/// Turns the paths of the engine's model into those of the contract's fields, so that a caller finds the fault in what was sent.
/// </summary>
/// <remarks>
/// It walks the definition along the engine's path and names only fields that are there: a part that the contract keeps deeper (a leaf's
/// methods, the chosen one of several, a member's model) is looked for there, and where nothing fits, the path ends.
/// </remarks>
internal static class ModelPaths
{
    // What the contract calls a part of the engine's model; any other name differs in its form alone.
    private static readonly Dictionary<string, string[]> s_names = new(StringComparer.Ordinal)
    {
        ["id"] = ["name"],
        ["name"] = ["level", "display_name"],
        ["missing"] = ["missing_data"],
        ["coverageFloor"] = ["minimum_coverage"],
        ["presenceFloor"] = ["minimum_presence"],
        ["value"] = ["value", "stated_value"],
        ["predictors"] = ["coefficients"],
        ["coefficient"] = ["value"],
        ["default"] = ["stated_value"],
        ["range"] = ["stated_value"],
        ["reference"] = ["reference_set"],
        ["capped"] = ["capped", "uncapped"],
        ["makePositive"] = ["unshifted"],
        ["holdEnds"] = ["inside_only"],
    };

    public static string ToField(string path, V1.Framework definition)
    {
        var field = "framework";
        IMessage? message = definition;
        var segments = path.Split('.');
        for (var i = 0; i < segments.Length && message is not null; i++)
        {
            if (message is V1.Node { Leaf: { } leaf } && segments[i] == "normalisation" && IsGoalposts(leaf))
            {
                return $"{field}.leaf.{(segments[^1] == "low" ? "low" : "high")}";
            }

            // The parameters of an aggregation stand beside it.
            if (segments[i] != "aggregation" || i == segments.Length - 1)
            {
                message = Step(message, segments[i], ref field);
            }
        }

        return field;
    }

    // The contract keeps goalposts in the leaf itself.
    private static bool IsGoalposts(V1.Leaf leaf) =>
        leaf.Normalisation is null or { MethodCase: V1.Normalisation.MethodOneofCase.Goalposts };

    private static IMessage? Step(IMessage message, string segment, ref string field)
    {
        var bracket = segment.IndexOf('[', StringComparison.Ordinal);
        var name = bracket < 0 ? segment : segment[..bracket];
        var at = field;
        for (IMessage? owner = message; owner is not null; )
        {
            foreach (var candidate in s_names.GetValueOrDefault(name) ?? [SnakeOf(name)])
            {
                if (owner.Descriptor.FindFieldByName(candidate) is { } found)
                {
                    field = $"{at}.{candidate}{segment[name.Length..]}";
                    return ValueOf(found, owner, segment[name.Length..]);
                }
            }

            var inner = InnerOf(owner);
            at = $"{at}.{inner?.Name}";
            owner = inner?.Accessor.GetValue(owner) as IMessage;
        }

        return null;
    }

    private static IMessage? ValueOf(FieldDescriptor field, IMessage owner, string index)
    {
        var value = field.Accessor.GetValue(owner);
        return value is IList list
            ? int.TryParse(index.Trim('[', ']'), CultureInfo.InvariantCulture, out var i) && i < list.Count
                ? list[i] as IMessage
                : null
            : value as IMessage;
    }

    private static FieldDescriptor? InnerOf(IMessage message) =>
        message switch
        {
            V1.Node => V1.Node.Descriptor.FindFieldByNumber(V1.Node.LeafFieldNumber),
            V1.EnsembleMember => V1.EnsembleMember.Descriptor.FindFieldByNumber(V1.EnsembleMember.ModelFieldNumber),
            _ => message.Descriptor.Oneofs.FirstOrDefault(oneof => !oneof.IsSynthetic)?.Accessor.GetCaseFieldDescriptor(message),
        };

    private static string SnakeOf(string name) =>
        string.Concat(name.Select(c => char.IsAsciiLetterUpper(c) ? $"_{char.ToLowerInvariant(c)}" : c.ToString()));
}
