using EarlyWarning.Yaml;

namespace EarlyWarning.Sidecar.Configuration;

/// <summary>What the files that daprd would be given say, as far as it concerns publishing and subscribing.</summary>
internal sealed class DaprFolder
{
    private readonly List<PubSubComponent> _components = [];
    private readonly List<ResiliencyFile> _resiliency = [];

    public IReadOnlyList<PubSubComponent> Components => _components;

    private const string ComponentsFolder = "components";

    /// <summary>
    /// Reads the .yaml files of the folder and of its folder <c>components</c>: as daprd, which reads the folders that it is named and none
    /// below, so that the same component for another broker may lie beside.
    /// </summary>
    /// <exception cref="FaultyFileException">Files ask for something that is not supported; each fault has its line.</exception>
    /// <exception cref="DaprConfigurationException">There is no folder, or no component in it.</exception>
    public static DaprFolder Load(string folder)
    {
        if (!Directory.Exists(folder))
        {
            throw new DaprConfigurationException(folder, "the folder with Dapr's components and resiliency is not there");
        }

        var read = new DaprFolder();
        var folders = new[] { folder, Path.Combine(folder, ComponentsFolder) }.Where(Directory.Exists);
        YamlReading reading = new(folder);
        foreach (var file in folders.SelectMany(one => Directory.EnumerateFiles(one, "*.y*ml")).Order(StringComparer.Ordinal))
        {
            foreach (var document in reading.LoadAll(new StringReader(File.ReadAllText(file)), file) ?? [])
            {
                read.Add(document);
            }
        }

        reading.ThrowIfAny();
        return read._components.Count > 0 ? read : throw new DaprConfigurationException(folder, "holds no pub/sub component");
    }

    /// <summary>Finds a component that the app id may use.</summary>
    public PubSubComponent? Find(string name, string appId) =>
        _components.Find(component => component.Name == name && component.Serves(appId));

    /// <summary>How deliveries of a component to an app are tried again. A later file wins.</summary>
    public DeliveryPolicy Policy(string component, string appId) =>
        _resiliency
            .FindLast(file => (file.Scopes.Count == 0 || file.Scopes.Contains(appId)) && file.Inbound.ContainsKey(component))
            ?.Inbound[component]
        ?? DeliveryPolicy.None;

    private void Add(YamlValue document)
    {
        // An empty document, or what is no manifest at all, is of no concern to daprd either; nor has the multi-app run file, which lies in
        // the same folder, a kind.
        if (!document.IsMap || document.Map() is not { } manifest || (!manifest.Has("kind") && manifest.Has("apps")))
        {
            return;
        }

        switch (manifest.Required("kind"))
        {
            case "Component" when PubSubComponent.Read(manifest) is { } component:
                if (_components.Exists(other => other.Name == component.Name))
                {
                    manifest.Fault("metadata", $"Another component is '{component.Name}' already.");
                }

                _components.Add(component);
                break;
            case "Resiliency":
                _resiliency.Add(ResiliencyFile.Read(manifest));
                break;
            case "Subscription":
                manifest.Fault(
                    "kind",
                    "Subscription is not taken: the local sidecar takes subscriptions from the apps only, as all of the suite's declare "
                        + "them."
                );
                break;
            case var kind when kind is not ("" or "Component"):
                manifest.Fault("kind", $"'{kind}' is not supported by the local sidecar.");
                break;
            default:
                break;
        }
    }
}
