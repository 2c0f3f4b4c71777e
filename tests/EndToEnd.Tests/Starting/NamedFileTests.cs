using System.Net;
using EarlyWarning.Host.Composition;
using EarlyWarning.Host.Modules;
using EarlyWarning.Host.Options;
using Microsoft.Extensions.DependencyInjection;

namespace EarlyWarning.EndToEnd.Tests.Starting;

/// <summary>Whoever names a file means it: without it nobody would be told.</summary>
public sealed class NamedFileTests
{
    [Fact]
    public void Start_DirectoryThatIsNotThere_IsRefused()
    {
        var options = new SuiteOptions(
            Exercise: false, null, IPEndPoint.Parse(SuiteOptions.DefaultHttp), IPEndPoint.Parse(SuiteOptions.DefaultGrpc), null, null, null)
        {
            Directory = "/nowhere/directory.yaml",
        };

        var refused = Assert.Throws<StartException>(() => NotificationModule.Module.Add(new(new ServiceCollection(), options, null!, _ => false)));

        Assert.StartsWith("--directory /nowhere/directory.yaml is not there.", refused.Message, StringComparison.Ordinal);
    }
}
