namespace EarlyWarning.EndToEnd.Tests.Structure;

/// <summary>
/// Risk is built in layers, each a folder: one may use those that are named with it, all of which stand above it here. So nothing of the
/// journal knows of states, nothing of states of how they are written, and nothing of all that of a silo.
/// </summary>
public sealed class RiskLayerTests
{
    private const string Risk = "EarlyWarning.Risk";

    private static readonly (string Layer, string[] Uses)[] s_layers =
    [
        ("Observations", []),
        ("Telemetry", []),
        ("Breaches", []),
        ("Arming", []),
        ("Journal", ["Observations"]),
        ("Lookup", ["Journal", "Observations"]),
        ("Scores", ["Journal", "Observations"]),
        ("Intake", ["Journal", "Lookup", "Observations", "Telemetry"]),
        ("Explaining", ["Observations", "Scores"]),
        ("Thresholds", ["Explaining", "Journal", "Observations", "Scores"]),
        ("States", ["Journal", "Observations", "Scores", "Thresholds"]),
        ("Writing", ["Breaches", "Intake", "Journal", "Lookup", "Observations", "States", "Telemetry"]),
        ("Queries", ["Explaining", "Journal", "Lookup", "Observations", "Scores", "States", "Telemetry", "Thresholds"]),
        ("Countries", ["Intake", "Queries", "Scores", "States", "Writing"]),
        ("Rankings", ["Journal"]),
        ("Status", ["Countries"]),
        ("Waking", ["Countries", "Journal"]),
        ("Invariants", ["Journal", "Observations", "States", "Thresholds"]),
        ("Api", ["Rankings"]),
    ];

    [Fact]
    public void Layers_OfRisk_UseWhatIsNamedWithThemAndNoOther()
    {
        var uses = Assemblies
            .Read(ReferencedNamespaces.Of)["Risk"]
            .Where(edge => edge.From != Risk)
            .ToLookup(edge => Name(edge.From), edge => Name(edge.To), StringComparer.Ordinal);

        Assert.Equal(
            s_layers.Select(layer => $"{layer.Layer}: {string.Join(", ", layer.Uses)}"),
            s_layers.Select(layer => $"{layer.Layer}: {string.Join(", ", uses[layer.Layer].Order(StringComparer.Ordinal))}")
        );
        Assert.Empty(uses.Select(layer => layer.Key).Except(s_layers.Select(layer => layer.Layer), StringComparer.Ordinal));
    }

    [Fact]
    public void Layers_AsTheyAreNamed_StandAboveThoseThatUseThem() =>
        Assert.All(s_layers.Index(), layer =>
            Assert.Empty(layer.Item.Uses.Except(s_layers.Take(layer.Index).Select(above => above.Layer), StringComparer.Ordinal))
        );

    private static string Name(string name) => name == Risk ? "" : name[(Risk.Length + 1)..];
}
