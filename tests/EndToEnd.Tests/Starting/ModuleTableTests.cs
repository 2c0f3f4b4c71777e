using System.Reflection;
using EarlyWarning.Host.Modules;
using EarlyWarning.Host.Options;
using EarlyWarning.V1;
using Google.Protobuf.Reflection;

namespace EarlyWarning.EndToEnd.Tests.Starting;

public sealed class ModuleTableTests
{
    [Fact]
    public void Table_OfServices_HasEachOnceWithAllThatTheContractHas()
    {
        Assert.Equal(ServiceNames.Services, ModuleTable.All.Select(module => module.Name));
        Assert.Equal(ServiceNames.Services.Count, ServiceNames.Services.Distinct(StringComparer.Ordinal).Count());

        // What tells of the suite as a whole is of no module.
        string[] whole = [ServerService.Descriptor.FullName, EventService.Descriptor.FullName];
        Assert.Equal(
            Contract().Except(whole).Order(StringComparer.Ordinal),
            ModuleTable.All.SelectMany(module => module.Serves).Select(service => service.Descriptor.FullName).Order(StringComparer.Ordinal)
        );
    }

    [Fact]
    public void Table_OfAppIds_HasThoseThatSettingsName()
    {
        Assert.Equal(ServiceNames.WithAppId, ModuleTable.All.Select(module => module.AppId).OfType<string>());
        Assert.Equal(ServiceNames.Subscribing, ModuleTable.All.Where(module => module.Subscribes).Select(module => module.AppId));
    }

    private static IEnumerable<string> Contract() =>
        typeof(AccessRule)
            .Assembly.GetTypes()
            .Select(type => type.GetProperty("Descriptor", BindingFlags.Public | BindingFlags.Static)?.GetValue(null))
            .OfType<ServiceDescriptor>()
            .Select(service => service.FullName);
}
