using EarlyWarning.Host.Modules;

namespace EarlyWarning.EndToEnd.Tests.Starting;

public sealed class ModuleTableTests
{
    [Fact]
    public void Table_OfServices_HasEachOnceAndAfterWhatItNeeds()
    {
        var before = new HashSet<string>(StringComparer.Ordinal);
        Assert.All(ModuleTable.All, module =>
        {
            Assert.Empty(module.Needs.Except(before));
            Assert.True(before.Add(module.Name), module.Name);
        });
    }
}
