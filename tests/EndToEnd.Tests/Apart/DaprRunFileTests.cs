using EarlyWarning.EndToEnd.Tests.Structure;
using EarlyWarning.Host.Modules;
using EarlyWarning.Host.Options;
using YamlDotNet.RepresentationModel;

namespace EarlyWarning.EndToEnd.Tests.Apart;

/// <summary>Holds the file of Dapr's multi-app run to the suite's command line and to what its services are.</summary>
public sealed class DaprRunFileTests
{
    private static readonly YamlMappingNode[] s_apps = Apps();

    [Fact]
    public void RunFile_CommandOfEachApp_IsTakenBySuite() =>
        Assert.All(s_apps, app =>
            Assert.Empty(
                HostCommand
                    .Build((_, _) => Task.FromResult(0), GivenByDapr(app))
                    .Parse([.. Arguments(app), "--store", "Host=localhost;Database=early_warning"])
                    .Errors.Select(error => error.Message)
            )
        );

    [Fact]
    public void RunFile_AppsTogether_RunEachServiceOnceOnPortsOfTheirOwn()
    {
        Assert.Equal(
            ModuleTable.All.Select(module => module.Name).Order(StringComparer.Ordinal),
            s_apps.SelectMany(Services).Order(StringComparer.Ordinal)
        );
        Assert.Distinct(
            s_apps.SelectMany(app =>
                Arguments(app)
                    .Where(argument => argument.StartsWith("127.0.0.1:", StringComparison.Ordinal))
                    .Concat(Text(app, "appPort") is { } port ? [$"127.0.0.1:{port}"] : [])
            )
        );
        Assert.Distinct(s_apps.Select(app => Arguments(app)[Array.IndexOf(Arguments(app), "--data") + 1]));
    }

    [Fact]
    public void RunFile_AppsThatSubscribe_AreCalledBackAndProbed() => Assert.All(s_apps, app =>
        {
            var modules = ModuleTable.All.Where(module => module.AppId is not null && Services(app).Contains(module.Name)).ToList();
            Assert.All(modules, module => Assert.Equal(module.AppId, Text(app, "appID")));
            var subscribes = modules.Exists(module => module.Subscribes);
            Assert.Equal(subscribes, Text(app, "appPort") is not null);
            Assert.Equal(subscribes ? ("grpc", "true") : (null, null), (Text(app, "appProtocol"), Text(app, "enableAppHealthCheck")));
        });

    private static YamlMappingNode[] Apps()
    {
        YamlStream stream = [];
        stream.Load(new StringReader(File.ReadAllText(Path.Combine(Repository.Root, "dapr", "dapr.yaml"))));
        return [.. ((YamlSequenceNode)stream.Documents[0].RootNode["apps"]).Cast<YamlMappingNode>()];
    }

    private static string? Text(YamlMappingNode app, string key) =>
        app.Children.TryGetValue(new YamlScalarNode(key), out var value) ? ((YamlScalarNode)value).Value : null;

    private static Dictionary<string, string> GivenByDapr(YamlMappingNode app)
    {
        Dictionary<string, string> variables = new() { ["DAPR_GRPC_PORT"] = "50001", ["DAPR_HTTP_PORT"] = "3500" };
        if (Text(app, "appPort") is { } port)
        {
            variables["APP_PORT"] = port;
        }

        return variables;
    }

    private static string[] Arguments(YamlMappingNode app) =>
        [.. ((YamlSequenceNode)app["command"]).Skip(1).Select(word => ((YamlScalarNode)word).Value!)];

    private static string[] Services(YamlMappingNode app) => Arguments(app)[Array.IndexOf(Arguments(app), "--services") + 1].Split(',');
}
