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
    /// <exception cref="DaprConfigurationException">A file asks for something that is not supported, or there is no component.</exception>
    public static DaprFolder Load(string folder)
    {
        if (!Directory.Exists(folder))
        {
            throw new DaprConfigurationException(folder, "the folder with Dapr's components and resiliency is not there");
        }

        var read = new DaprFolder();
        var folders = new[] { folder, Path.Combine(folder, ComponentsFolder) }.Where(Directory.Exists);
        foreach (var file in folders.SelectMany(one => Directory.EnumerateFiles(one, "*.y*ml")).Order(StringComparer.Ordinal))
        {
            foreach (var manifest in Manifest.Read(file))
            {
                read.Add(manifest);
            }
        }

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

    private void Add(Manifest manifest)
    {
        // The multi-app run file lies in the same folder and has no kind.
        if (manifest.Text("kind") is null && manifest.Text("apiVersion") is null && manifest.Keys.Contains("apps"))
        {
            return;
        }

        switch (manifest.Text("kind"))
        {
            case "Component":
                var component = PubSubComponent.Parse(manifest);
                if (_components.Exists(other => other.Name == component.Name))
                {
                    throw manifest.Wrong("metadata.name", $"is '{component.Name}', which another component has already");
                }

                _components.Add(component);
                break;
            case "Resiliency":
                _resiliency.Add(ResiliencyFile.Parse(manifest));
                break;
            case "Subscription":
                throw manifest.Wrong(
                    "kind",
                    "is Subscription: the local sidecar takes subscriptions from the apps only, as all of the suite's declare them"
                );
            case var kind:
                throw manifest.Wrong("kind", $"is '{kind}', which the local sidecar does not support");
        }
    }
}
