using EarlyWarning.Catalogue;
using EarlyWarning.Catalogue.Rules;
using EarlyWarning.Contracts.Catalogue;
using Google.Protobuf;

namespace EarlyWarning.Indicators.Catalogue;

/// <summary>What a write of the catalogue came to, as the state after it has it. Pure.</summary>
internal static class ChangeResults
{
    /// <summary>The largest change in bytes.</summary>
    public const int MaxChange = 1_000_000;

    public static CatalogueChange Indicators(CatalogueState state, IReadOnlyList<V1.Indicator> indicators) =>
        new(0, [.. indicators.Select(indicator => state.Indicators[indicator.Code])], null, null, []);

    public static CatalogueChange Framework(CatalogueState state, V1.Framework framework, IReadOnlyList<V1.Indicator> indicators) =>
        Indicators(state, indicators) with
        {
            Framework = state.ActiveOf(ResourceForm.FrameworkIdOf(framework.Name))?.Definition,
        };

    public static CatalogueChange Threshold(CatalogueState state, string name) =>
        new(0, [], null, state.ThresholdOf(ResourceForm.IdOf(name, ResourceForm.Thresholds) ?? ""), []);

    public static CatalogueChange RetiredFramework(CatalogueState state, string name)
    {
        var (versions, end) = (state.VersionsOf(ResourceForm.IdOf(name, ResourceForm.Frameworks)!)!, state.Retired[name]);
        return new(0, [], FrameworkVersions.Shown(versions[^1], versions, end), null, [])
        {
            RetiredThresholds =
            [
                .. state
                    .RetiredThresholds.Values.Where(threshold => threshold.Framework == name && threshold.Revision == end.Revision)
                    .Select(threshold => threshold.Name),
            ],
        };
    }

    public static CatalogueChange Refused(long revision, IReadOnlyList<CatalogueFault> faults) => new(revision, [], null, null, faults);

    public static CatalogueChange NotWritten(Exception exception) =>
        Refused(
            0,
            [
                new(
                    V1.ErrorReason.StoreUnavailable,
                    "",
                    $"The catalogue cannot be written: {exception.Message} Send the same again, with back-off."
                ),
            ]
        );

    /// <summary>Says that a change is longer than one may be; <see langword="null"/> where it is not.</summary>
    public static CatalogueFault? TooLarge(IMessage change, int length) =>
        length <= MaxChange ? null
        : change is V1.CreateFrameworkRequest { Framework: var framework }
            ? new(
                V1.ErrorReason.InvalidFramework,
                framework.Composite?.ReferenceSet is null ? "framework" : "framework.composite.reference_set",
                $"With the indicators that come along the framework has {length:N0} bytes and may have {MaxChange:N0}. "
                    + "Keep fewer units or columns in a reference set, shorten texts, or create the indicators first."
            )
        : new(V1.ErrorReason.InvalidField, "", $"The change has {length:N0} bytes and may have {MaxChange:N0}. Send it in parts.");
}
