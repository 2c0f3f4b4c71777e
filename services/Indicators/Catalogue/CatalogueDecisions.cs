using EarlyWarning.Catalogue;
using EarlyWarning.Catalogue.Rules;
using EarlyWarning.Catalogue.States;
using EarlyWarning.Catalogue.Thresholds;
using EarlyWarning.ServiceDefaults.Errors;
using Google.Protobuf;

namespace EarlyWarning.Indicators.Catalogue;

/// <summary>What a request comes to: a change to journal, nothing to change, or faults.</summary>
/// <param name="Change">What is to be journalled; <see langword="null"/> where all is as asked for already, or where there are
/// faults.</param>
/// <param name="Faults">Why it is refused; empty where it is not.</param>
internal readonly record struct CatalogueDecision(IMessage? Change, IReadOnlyList<CatalogueFault> Faults);

/// <summary>Decides requests against a state of the catalogue. Pure.</summary>
internal static class CatalogueDecisions
{
    /// <summary>Decides on indicators, all or none.</summary>
    public static CatalogueDecision CreateIndicators(CatalogueState state, IReadOnlyList<V1.Indicator> indicators)
    {
        var faults = new List<CatalogueFault>();
        if (indicators.Count == 0)
        {
            faults.Add(new(V1.ErrorReason.InvalidField, "indicators", "There are no indicators. Send at least one."));
        }

        var added = IndicatorRules.Check(indicators, state.Indicators.GetValueOrDefault, faults);
        return new(faults.Count == 0 && added.Count > 0 ? new V1.CreateIndicatorsRequest { Indicators = { added } } : null, faults);
    }

    /// <summary>Decides on the next version of a framework.</summary>
    public static CatalogueDecision CreateFramework(
        CatalogueState state,
        V1.Framework framework,
        IReadOnlyList<V1.Indicator> indicators,
        Countries countries
    )
    {
        var faults = new List<CatalogueFault>();
        if (ResourceForm.IdOf(framework.Name, ResourceForm.Frameworks) is not { } exactly || !ResourceForm.IsFrameworkId(exactly))
        {
            faults.Add(
                new(
                    V1.ErrorReason.InvalidField,
                    "framework.name",
                    $"'{Trailers.Echo(framework.Name)}' names no framework. Write frameworks/ and then 1 to 40 of a-z, 0-9 and hyphen "
                        + $"between letters or digits; the suite numbers the versions."
                )
            );
            return new(null, faults);
        }

        if (Retiring.FaultOf(state, framework.Name, "framework.name") is { } retired)
        {
            return new(null, [retired]);
        }

        if (framework.Etag.Length > 0 && state.ActiveOf(exactly)?.Definition.Etag is var present && framework.Etag != present)
        {
            return Stale("framework.etag", ResourceForm.Frameworks + exactly, present ?? "");
        }

        var added = IndicatorRules.Check(indicators, state.Indicators.GetValueOrDefault, faults);
        var brought = added.ToDictionary(indicator => indicator.Code, StringComparer.Ordinal);
        var plain = Plain(framework);
        var id = ResourceForm.FrameworkIdOf(plain.Name);
        var active = state.ActiveOf(id);
        V1.Indicator? Indicator(string code) => state.Indicators.GetValueOrDefault(code) ?? brought.GetValueOrDefault(code);
        if (!FrameworkModels.TryCompile(plain, (active?.Number ?? 0) + 1, Indicator, out var compiled, out var wrong))
        {
            faults.AddRange(wrong);
        }
        else
        {
            CheckThresholds(state, new(id, (active?.Number ?? 0) + 1, plain, compiled), countries, Indicator, faults);
        }

        if (faults.Count > 0)
        {
            return new(null, faults);
        }

        if (active is null || !Plain(active.Definition).Equals(plain))
        {
            return new(new V1.CreateFrameworkRequest { Framework = plain, Indicators = { added } }, []);
        }

        return new(added.Count > 0 ? new V1.CreateIndicatorsRequest { Indicators = { added } } : null, []);
    }

    /// <summary>Decides on a new threshold.</summary>
    public static CatalogueDecision CreateThreshold(CatalogueState state, V1.Threshold threshold, Countries countries)
    {
        if (Retiring.FaultOf(state, threshold.Name, "threshold.name") is { } retired)
        {
            return new(null, [retired]);
        }

        var plain = Plain(threshold);
        if (Find(state, threshold.Name) is { } known)
        {
            return Plain(known).Equals(plain)
                ? new(null, [])
                : Refuse(
                    V1.ErrorReason.AlreadyExists,
                    "threshold.name",
                    $"There is another '{threshold.Name}' already. Choose another id, or update it.",
                    threshold.Name
                );
        }

        return Replace(state, plain, countries);
    }

    /// <summary>Decides on a threshold in place of the one of that name.</summary>
    public static CatalogueDecision UpdateThreshold(CatalogueState state, V1.Threshold threshold, Countries countries)
    {
        if (Retiring.FaultOf(state, threshold.Name, "threshold.name") is { } retired)
        {
            return new(null, [retired]);
        }

        if (Find(state, threshold.Name) is not { } known)
        {
            return Refuse(
                V1.ErrorReason.NotFound,
                "threshold.name",
                $"There is no '{threshold.Name}'. Check the name, or create it.",
                threshold.Name
            );
        }

        if (threshold.Etag.Length > 0 && threshold.Etag != known.Etag)
        {
            return Stale("threshold.etag", threshold.Name, known.Etag);
        }

        var plain = Plain(threshold);
        return Plain(known).Equals(plain) ? new(null, []) : Replace(state, plain, countries);
    }

    /// <summary>The framework without what the suite sets, with its leaves under their own codes: two that are equal score alike.</summary>
    public static V1.Framework Plain(V1.Framework framework)
    {
        var plain = framework.Clone();
        plain.Name = ResourceForm.Frameworks + ResourceForm.FrameworkIdOf(framework.Name);
        plain.Active = false;
        plain.Etag = "";
        plain.Revision = 0;
        plain.CreateTime = null;
        plain.RetireTime = null;
        if (plain.Composite?.Root is { } root)
        {
            NameLeaves(root);
        }

        return plain;
    }

    /// <summary>The threshold without what the suite sets.</summary>
    public static V1.Threshold Plain(V1.Threshold threshold)
    {
        var plain = threshold.Clone();
        plain.Etag = "";
        plain.Revision = 0;
        plain.UpdateTime = null;
        plain.RetireTime = null;
        return plain;
    }

    /// <summary>Finds a threshold that stands by its name.</summary>
    public static V1.Threshold? Find(CatalogueState state, string name) =>
        ResourceForm.IdOf(name, ResourceForm.Thresholds) is { } id ? state.Thresholds.GetValueOrDefault(id) : null;

    /// <summary>Refuses for one reason.</summary>
    public static CatalogueDecision Refuse(V1.ErrorReason reason, string field, string message, string resource) =>
        new(null, [new(reason, field, message) { Resource = resource }]);

    /// <summary>Refuses because of an etag that is not the present one.</summary>
    public static CatalogueDecision Stale(string field, string name, string present) =>
        new(null, [new(V1.ErrorReason.EtagMismatch, field, Fault.StaleWords(name, present)) { Resource = name, Etag = present }]);

    private static CatalogueDecision Replace(CatalogueState state, V1.Threshold plain, Countries countries)
    {
        var faults = new List<CatalogueFault>();
        new ThresholdRules(plain, state, countries, faults).Check();
        return new(faults.Count == 0 ? new V1.UpdateThresholdRequest { Threshold = plain } : null, faults);
    }

    // A version that drops what an armed threshold watches would silence it: that must be decided by somebody, not happen.
    private static void CheckThresholds(
        CatalogueState state,
        ActiveFramework next,
        Countries countries,
        Func<string, V1.Indicator?> indicators,
        List<CatalogueFault> faults
    )
    {
        foreach (var threshold in state.Thresholds.Values.Where(t => !t.Disabled && t.Framework == ResourceForm.Frameworks + next.Id))
        {
            var wrong = new List<CatalogueFault>();
            new ThresholdRules(threshold, state, countries, wrong, indicators).CheckAgainst(next);
            if (wrong.Count > 0)
            {
                faults.Add(
                    new(
                        V1.ErrorReason.InvalidFramework,
                        "framework",
                        $"Under this version {threshold.Name} could not be watched: {wrong[0].Message} Change, disable or retire the "
                            + $"threshold first."
                    )
                );
            }
        }
    }

    private static void NameLeaves(V1.Node node)
    {
        if (node.Leaf is { } leaf && node.Code.Length == 0)
        {
            node.Code = leaf.Indicator;
        }

        foreach (var child in node.Children)
        {
            NameLeaves(child);
        }
    }
}
