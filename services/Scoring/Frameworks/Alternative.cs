using EarlyWarning.Catalogue;
using EarlyWarning.Scoring.Engine.Models;
using EarlyWarning.Scoring.Engine.Uncertainty.Drawing;
using EarlyWarning.Scoring.Requests;
using EarlyWarning.ServiceDefaults.Errors;

namespace EarlyWarning.Scoring.Frameworks;

/// <summary>Another way to compute the same index: what a choice of a request makes of it.</summary>
/// <param name="Name">Its name in results.</param>
/// <param name="Subject">What it changes; alternatives of one subject exclude each other.</param>
/// <param name="Definition">The definition with the change.</param>
internal sealed record Alternative(string Name, string Subject, V1.Framework Definition)
{
    private const int LongestName = 200;

    /// <summary>
    /// The change on the engine's own model, whatever else was changed in it; what it takes over from the changed definition.
    /// </summary>
    private Func<CompositeFramework, CompositeFramework, CompositeFramework> Graft { get; init; } = static (model, _) => model;

    /// <summary>Whether something is left out, which is done on the engine's model alone.</summary>
    private bool IsOmission { get; init; }

    /// <summary>Reads a choice.</summary>
    /// <exception cref="Grpc.Core.RpcException">INVALID_ARGUMENT with the field at fault.</exception>
    public static Alternative Of(V1.MethodChoice choice, ChosenFramework framework, string field)
    {
        if (choice.DisplayName.Length > LongestName)
        {
            throw Fault.Field(
                V1.ErrorReason.InvalidField,
                $"{field}.display_name",
                $"The display name has at most {LongestName} characters."
            );
        }

        if (
            choice.Code.Length > 0
            && !framework.Compiled.TryGetNode(choice.Code, out _)
            && !framework.Compiled.TryGetLeaf(choice.Code, out _)
        )
        {
            throw Fault.Field(
                V1.ErrorReason.InvalidField,
                $"{field}.code",
                $"'{choice.Code}' is neither a node nor an indicator of {framework.Name}."
            );
        }

        var definition = framework.Definition.Clone();
        var (name, subject, graft) = Change(choice, definition, field);
        if (choice.Code.Length > 0)
        {
            (name, subject) = ($"{name} ({choice.Code})", $"{subject} of {choice.Code}");
        }

        return new(choice.DisplayName.Length > 0 ? choice.DisplayName : name, subject, definition)
        {
            Graft = graft,
            IsOmission = choice.ChangeCase == V1.MethodChoice.ChangeOneofCase.WithoutElement,
        };
    }

    /// <summary>The model with the change.</summary>
    /// <param name="framework">The framework that is changed.</param>
    /// <param name="problem">Why the contract does not allow it.</param>
    public CompositeFramework? Model(ChosenFramework framework, out string problem)
    {
        if (IsOmission)
        {
            return Omit((CompositeFramework)framework.Compiled.Model, out problem);
        }

        var allowed = FrameworkModels.TryGetModel(
            Definition,
            Math.Max(1, framework.Version),
            framework.Indicators,
            out var model,
            out var faults
        );
        problem = allowed ? "" : faults[0].Message;
        return model as CompositeFramework;
    }

    /// <summary>The change as an option that can be drawn.</summary>
    /// <exception cref="Grpc.Core.RpcException">INVALID_ARGUMENT where it cannot be taken.</exception>
    public MethodOption Option(ChosenFramework framework, string field) =>
        Model(framework, out var problem) is { } changed
            ? MethodOption.OfTree(Name, model => Graft(model, changed) with { ScaleFloor = Math.Max(model.ScaleFloor, changed.ScaleFloor) })
            : throw Fault.Field(V1.ErrorReason.InvalidFramework, field, problem);

    private CompositeFramework? Omit(CompositeFramework model, out string problem)
    {
        try
        {
            problem = "";
            return Graft(model, model);
        }
        catch (ArgumentException exception)
        {
            problem = exception.Message;
            return null;
        }
    }

    private static (string Name, string Subject, Func<CompositeFramework, CompositeFramework, CompositeFramework> Graft) Change(
        V1.MethodChoice choice,
        V1.Framework definition,
        string field
    )
    {
        bool Meant(string code) => choice.Code.Length == 0 || choice.Code == code;
        switch (choice.ChangeCase)
        {
            case V1.MethodChoice.ChangeOneofCase.Aggregation:
                RequestValues.Known(choice.Aggregation, $"{field}.aggregation");
                EditNodes(definition.Composite.Root, node =>
                {
                    if (Meant(node.Code))
                    {
                        (node.Aggregation, node.Exponent) = (choice.Aggregation, choice.Exponent);
                    }
                });
                return (Words(choice.Aggregation), "aggregation", (model, changed) =>
                    GraftNodes(model, changed, (node, other) => Meant(node.Code) ? node with { Aggregation = other.Aggregation } : node)
                );
            case V1.MethodChoice.ChangeOneofCase.Normalisation:
                EditLeaves(definition.Composite.Root, leaf =>
                {
                    if (Meant(leaf.Indicator))
                    {
                        leaf.Normalisation = choice.Normalisation.Clone();
                    }
                });
                return (Words(choice.Normalisation.MethodCase), "normalisation", (model, changed) =>
                    GraftLeaves(model, changed, (leaf, other) =>
                        Meant(leaf.Code) ? leaf with { Normalisation = other.Normalisation } : leaf
                    )
                );
            case V1.MethodChoice.ChangeOneofCase.Weighting:
                RequestValues.Known(choice.Weighting, $"{field}.weighting");
                EditNodes(definition.Composite.Root, node =>
                {
                    if (Meant(node.Code))
                    {
                        node.Weighting = new() { Method = choice.Weighting };
                    }
                });
                return ($"{Words(choice.Weighting)} weights", "weighting", (model, changed) =>
                    GraftNodes(model, changed, (node, other) => Meant(node.Code) ? node with { Weighting = other.Weighting } : node)
                );
            case V1.MethodChoice.ChangeOneofCase.WithoutTreatment when choice.WithoutTreatment:
                EditLeaves(definition.Composite.Root, leaf => leaf.Treatment = Meant(leaf.Indicator) ? null : leaf.Treatment);
                return ("without treatment", "treatment", (model, changed) =>
                    GraftLeaves(model, changed, (leaf, other) => Meant(leaf.Code) ? leaf with { Treatment = other.Treatment } : leaf)
                );
            case V1.MethodChoice.ChangeOneofCase.WithoutElement when choice.WithoutElement:
                return choice.Code.Length > 0
                    ? ("without", "omission", (model, _) => model.Without(choice.Code))
                    : throw Fault.Field(V1.ErrorReason.InvalidField, $"{field}.code", "Say which node or indicator is left out.");
            default:
                throw Fault.Field(
                    V1.ErrorReason.InvalidField,
                    field,
                    "There is no change. Give an aggregation, a normalisation, a weighting, or what is left out."
                );
        }
    }

    private static void EditNodes(V1.Node node, Action<V1.Node> edit)
    {
        if (node.Leaf is null)
        {
            edit(node);
        }

        foreach (var child in node.Children)
        {
            EditNodes(child, edit);
        }
    }

    private static void EditLeaves(V1.Node node, Action<V1.Leaf> edit)
    {
        if (node.Leaf is { } leaf)
        {
            edit(leaf);
        }

        foreach (var child in node.Children)
        {
            EditLeaves(child, edit);
        }
    }

    private static CompositeFramework GraftNodes(CompositeFramework model, CompositeFramework changed, Func<Node, Node, Node> graft)
    {
        var others = Elements(changed.Root).OfType<Node>().ToDictionary(node => node.Code, StringComparer.Ordinal);
        return model.Edit(
            (element, _) => element is Node node && others.TryGetValue(node.Code, out var other) ? graft(node, other) : element
        );
    }

    private static CompositeFramework GraftLeaves(CompositeFramework model, CompositeFramework changed, Func<Leaf, Leaf, Leaf> graft)
    {
        var others = Elements(changed.Root).OfType<Leaf>().ToDictionary(leaf => leaf.Code, StringComparer.Ordinal);
        return model.Edit(
            (element, _) => element is Leaf leaf && others.TryGetValue(leaf.Code, out var other) ? graft(leaf, other) : element
        );
    }

    private static IEnumerable<Element> Elements(Element element) =>
        element is Node node ? [node, .. node.Children.SelectMany(Elements)] : [element];

    private static string Words<T>(T value)
        where T : struct, Enum =>
        string.Concat(value.ToString().Select((c, i) => char.IsUpper(c) ? $"{(i > 0 ? " " : "")}{char.ToLowerInvariant(c)}" : $"{c}"));
}
