using EarlyWarning.Sidecar.Configuration;
using YamlDotNet.Serialization;

namespace EarlyWarning.Sidecar.Tests.Variants;

/// <summary>The component for each broker: that daprd knows every setting of it, and that it permits what the one on Redis does.</summary>
public sealed class VariantTests
{
    private static readonly string[] s_scopes = ["publishingScopes", "subscriptionScopes", "allowedTopics"];
    private static readonly string s_folder = Path.Combine(AppContext.BaseDirectory, "dapr");

    private static readonly Dictionary<string, string[]> s_known = Read<Dictionary<string, string[]>>(
        Path.Combine(AppContext.BaseDirectory, "Variants", "metadata.yaml")
    );

    public static TheoryData<string> Folders =>
        [.. Directory.GetDirectories(s_folder, "components*").Select(folder => Path.GetFileName(folder)!)];

    [Fact]
    public void Folders_OfTheRepository_AreOneABroker() =>
        Assert.Equal(
            s_known.Keys.Order(StringComparer.Ordinal),
            Folders.Select(folder => Component(folder.Data).Spec.Type).Order(StringComparer.Ordinal)
        );

    [Theory]
    [MemberData(nameof(Folders))]
    public void Component_OfEachBroker_HasOnlySettingsThatItKnowsEachOnceWithAValue(string folder)
    {
        var component = Component(folder);
        Assert.Equal(
            ("dapr.io/v1alpha1", "Component", "v1", "warnings"),
            (component.ApiVersion, component.Kind, component.Spec.Version, component.Metadata["name"])
        );

        Assert.Empty(component.Spec.Metadata.Select(item => item.Name).Except([.. s_known[component.Spec.Type], .. s_scopes]));
        Assert.Distinct(component.Spec.Metadata.Select(item => item.Name));
        Assert.All(component.Spec.Metadata, item =>
            Assert.True(item.Value is { Length: > 0 } ^ item.SecretKeyRef is { Count: > 0 }, item.Name)
        );
    }

    [Theory]
    [MemberData(nameof(Folders))]
    public void Component_OfEachBroker_PermitsTheSame(string folder)
    {
        var (own, redis) = (Component(folder), Component("components"));
        Assert.Equal(redis.Scopes, own.Scopes);
        Assert.All(s_scopes, scope => Assert.Equal(redis.Value(scope), own.Value(scope)));
    }

    [Fact]
    public void Component_WhoseBrokerDeliversAgainByItself_WaitsForTheWholeBudget()
    {
        var redis = DaprFolder.Load(s_folder).Components.Single();

        Assert.Equal(redis.ProcessingTimeout, GoDuration.Parse(Component("components-jetstream").Value("ackWait")!));
    }

    private static Manifest Component(string folder) => Read<Manifest>(Path.Combine(s_folder, folder, "warnings.yaml"));

    private static T Read<T>(string file) =>
        new DeserializerBuilder()
            .WithNamingConvention(YamlDotNet.Serialization.NamingConventions.CamelCaseNamingConvention.Instance)
            .Build()
            .Deserialize<T>(File.ReadAllText(file));

    private sealed class Manifest
    {
        public string ApiVersion { get; set; } = "";

        public string Kind { get; set; } = "";

        public Dictionary<string, string> Metadata { get; set; } = [];

        public Specification Spec { get; set; } = new();

        public List<string> Scopes { get; set; } = [];

        public string? Value(string name) => Spec.Metadata.Single(item => item.Name == name).Value;
    }

    private sealed class Specification
    {
        public string Type { get; set; } = "";

        public string Version { get; set; } = "";

        public List<Item> Metadata { get; set; } = [];
    }

    private sealed class Item
    {
        public string Name { get; set; } = "";

        public string? Value { get; set; }

        public Dictionary<string, string>? SecretKeyRef { get; set; }
    }
}
