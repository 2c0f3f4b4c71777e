using System.Text.Json.Nodes;

namespace EarlyWarning.EndToEnd.Tests.Chart;

/// <summary>What Helm has made of values.</summary>
/// <param name="Text">The manifests as they are given to the cluster.</param>
public sealed record Rendered(string Text)
{
    /// <summary>Gets the manifests.</summary>
    public IReadOnlyList<JsonNode> Manifests { get; } = HelmChart.Read(Text);

    /// <summary>Gets the Deployments, each a kind of process.</summary>
    public IReadOnlyList<JsonNode> Deployments => Of("Deployment");

    /// <summary>Gets the specifications of all pods: those of the Deployments, and the one of <c>helm test</c>.</summary>
    public IReadOnlyList<JsonNode> Pods =>
        [.. Deployments.Select(one => one["spec"]!["template"]!["spec"]!), .. Of("Pod").Select(one => one["spec"]!)];

    /// <summary>Lists the manifests of a kind.</summary>
    public IReadOnlyList<JsonNode> Of(string kind) => [.. Manifests.Where(one => one["kind"]!.GetValue<string>() == kind)];

    /// <summary>Gives the only manifest of a kind.</summary>
    public JsonNode Only(string kind) => Assert.Single(Of(kind));

    /// <summary>Gives the one of a kind that has a name.</summary>
    public JsonNode Named(string kind, string name) => Assert.Single(Of(kind), one => one["metadata"]!["name"]!.GetValue<string>() == name);
}

/// <summary>Short words for reading JSON.</summary>
internal static class JsonReading
{
    public static string Text(this JsonNode? node) => node!.GetValue<string>();

    public static IEnumerable<JsonNode> Each(this JsonNode? node) => node is JsonArray array ? array.Select(one => one!) : [];

    public static IEnumerable<string> Texts(this JsonNode? node) => node.Each().Select(Text);

    /// <summary>The component that a manifest, or a pod of it, is labelled with.</summary>
    public static string Component(this JsonNode? metadata) => metadata!["labels"]!["app.kubernetes.io/component"].Text();
}
